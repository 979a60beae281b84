import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, describeFailure, SYSTEM_TOKEN_SECONDS, signSystemToken } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import type { AccountsSettings } from './config.ts';
import { effectsOf } from './population-change.ts';
import type { PopulationChange } from './population-change.ts';
import type { AccountsStore } from './store.ts';

/** What following population works with. */
export interface FollowRoom {
  readonly store: Pick<AccountsStore, 'readCursor' | 'applyChanges' | 'sweep' | 'changes'>;
  readonly settings: Pick<AccountsSettings, 'gatewayUrl' | 'systemKey' | 'pollSeconds'>;
  readonly clock: Clock;
  readonly log: Log;
}

interface ChangePage {
  readonly nodes: readonly PopulationChange[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const QUERY = `query PopulationChanges($after: String) {
  populationChanges(after: $after, first: 100) {
    nodes { cursor at kind keys { role value } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const ASK_TIMEOUT_MS = 10_000;
const LONGEST_BACKOFF_SECONDS = 60;
const SWEEP_EVERY_MS = 3_600_000;
/** Sessions and counters are kept so long after they have ended. */
const KEPT_MS = 30 * 86_400_000;

/**
 * Keeps relations true: asks the gateway for population's changes as a system caller, applies them, waits, asks again.
 * A failure doubles the wait up to a minute; nothing is lost, since the cursor moves with what was applied.
 */
export function followPopulation(room: FollowRoom): BackgroundWork {
  const ending = new AbortController();
  const loop = run(room, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await loop;
    },
  };
}

async function run(room: FollowRoom, ending: AbortSignal): Promise<void> {
  let failures = 0;
  let sweptAt = 0;
  while (!ending.aborted) {
    try {
      const now = room.clock().getTime();
      if (now - sweptAt >= SWEEP_EVERY_MS) {
        await room.store.sweep(new Date(now - KEPT_MS));
        await room.store.changes.tellTimedEnds(room.clock());
        sweptAt = now;
      }
      while (!ending.aborted && (await followOnce(room, ending))) failures = 0;
      failures = 0;
    } catch (error) {
      if (ending.aborted) return;
      failures += 1;
      room.log.warn('ACCOUNTS_CHANGES_FAILED', { ...describeFailure(error), count: failures });
    }
    const seconds = Math.min(
      room.settings.pollSeconds * 2 ** failures,
      Math.max(LONGEST_BACKOFF_SECONDS, room.settings.pollSeconds),
    );
    await sleep(seconds * 1000, undefined, { signal: ending }).catch(() => undefined);
  }
}

/** Reads one page and applies it. Tells whether there is more to read at once. */
export async function followOnce(room: FollowRoom, ending: AbortSignal): Promise<boolean> {
  const gatewayUrl = room.settings.gatewayUrl();
  const { systemKey } = room.settings;
  if (gatewayUrl === null || systemKey === null) return false;
  const from = await room.store.readCursor();
  const page = await askGateway({ gatewayUrl, systemKey, after: from, now: room.clock(), ending });
  const to = page.pageInfo.endCursor;
  if (page.nodes.length === 0 || to === null) return false;
  const { applied, contradicted } = await room.store.applyChanges(from, to, page.nodes.flatMap(effectsOf));
  if (applied) room.log.info('ACCOUNTS_CHANGES_APPLIED', { count: page.nodes.length });
  if (contradicted > 0) room.log.error('ACCOUNTS_CHANGES_CONTRADICTED', { count: contradicted });
  // Another process that was faster has moved the cursor: read it anew.
  return page.pageInfo.hasNextPage || !applied;
}

async function askGateway(question: {
  gatewayUrl: string;
  systemKey: Buffer;
  after: string | null;
  now: Date;
  ending: AbortSignal;
}): Promise<ChangePage> {
  const iat = Math.floor(question.now.getTime() / 1000);
  const token = signSystemToken(
    {
      iss: 'accounts',
      sub: 'accounts',
      aud: 'gateway',
      iat,
      exp: iat + SYSTEM_TOKEN_SECONDS,
      jti: randomUUID(),
    },
    question.systemKey,
  );
  const answer = await fetch(`${question.gatewayUrl}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query: QUERY, variables: { after: question.after } }),
    redirect: 'error',
    signal: AbortSignal.any([question.ending, AbortSignal.timeout(ASK_TIMEOUT_MS)]),
  });
  const body = (await answer.json()) as { data?: { populationChanges?: ChangePage | null } | null };
  const page = body.data?.populationChanges;
  if (!Array.isArray(page?.nodes) || page.pageInfo === undefined || page.pageInfo === null) {
    throw new AppError('SOURCE_UNAVAILABLE', { source: 'population', internal: 'no page of changes' });
  }
  return page;
}
