import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, describeFailure, SYSTEM_TOKEN_SECONDS, signSystemToken } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import type { SharingSettings } from '../settings.ts';
import type { SharingStore } from '../store.ts';
import { effectsOf } from './account-change.ts';
import type { AccountChange } from './account-change.ts';

/** What following accounts works with. */
export interface FollowRoom {
  readonly store: Pick<SharingStore, 'consents' | 'shares' | 'followed'>;
  readonly settings: Pick<SharingSettings, 'gatewayUrl' | 'systemKey' | 'pollSeconds'>;
  readonly clock: Clock;
  readonly log: Log;
}

interface ChangePage {
  readonly nodes: readonly AccountChange[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const ROOT = 'accountsChanges';
const QUERY = `query AccountsChanges($after: String) {
  accountsChanges(after: $after, first: 100) {
    nodes { cursor at kind keys { role value } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const ASK_TIMEOUT_MS = 10_000;
const LONGEST_BACKOFF_SECONDS = 60;
const SWEEP_EVERY_MS = 30_000;

/**
 * Keeps consents true: writes down what has run out, and asks the gateway for changes of accounts as a system caller, applies
 * them, waits, asks again. The gateway looks at the account for every query anyway; this is for the list and the ledger. Relations
 * and deaths come by accounts too, which alone can tell whose number is whose.
 */
export function followAccounts(room: FollowRoom): BackgroundWork {
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
  const { pollSeconds } = room.settings;
  let failures = 0;
  let sweptAt = 0;
  while (!ending.aborted) {
    try {
      const now = room.clock();
      if (now.getTime() - sweptAt >= SWEEP_EVERY_MS) {
        await room.store.shares.expire(now);
        await room.store.consents.expire(now);
        sweptAt = now.getTime();
      }
      while (!ending.aborted && (await followOnce(room, ending))) failures = 0;
      failures = 0;
    } catch (error) {
      if (ending.aborted) return;
      failures += 1;
      room.log.warn('SHARING_CHANGES_FAILED', { ...describeFailure(error), count: failures });
    }
    const seconds = Math.min(pollSeconds * 2 ** failures, Math.max(LONGEST_BACKOFF_SECONDS, pollSeconds));
    await sleep(seconds * 1000, undefined, { signal: ending }).catch(() => undefined);
  }
}

/** Reads one page and applies it. Tells whether there is more to read at once. */
async function followOnce(room: FollowRoom, ending: AbortSignal): Promise<boolean> {
  const gatewayUrl = room.settings.gatewayUrl();
  const { systemKey } = room.settings;
  if (gatewayUrl === null || systemKey === null) return false;
  const now = room.clock();
  const from = await room.store.followed.readCursor(ROOT);
  const page = await askGateway({ gatewayUrl, systemKey, after: from, now, ending });
  const to = page.pageInfo.endCursor;
  if (page.nodes.length === 0 || to === null) return false;
  const effects = page.nodes.flatMap(effectsOf);
  const changed = await room.store.followed.apply({ root: ROOT, from, to }, effects, now);
  if (changed !== null) room.log.info('SHARING_CHANGES_APPLIED', { count: changed });
  // Another process that was faster has moved the cursor: read it anew.
  return page.pageInfo.hasNextPage || changed === null;
}

async function askGateway(question: {
  gatewayUrl: string;
  systemKey: Buffer;
  after: string | null;
  now: Date;
  ending: AbortSignal;
}): Promise<ChangePage> {
  const iat = Math.floor(question.now.getTime() / 1000);
  const claims = { iss: 'sharing', sub: 'sharing', aud: 'gateway', iat, jti: randomUUID() } as const;
  const token = signSystemToken({ ...claims, exp: iat + SYSTEM_TOKEN_SECONDS }, question.systemKey);
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
  const body = (await answer.json()) as { data?: { accountsChanges?: ChangePage | null } | null };
  const page = body.data?.accountsChanges;
  if (!Array.isArray(page?.nodes) || page.pageInfo === undefined || page.pageInfo === null) {
    throw new AppError('SOURCE_UNAVAILABLE', { source: 'accounts', internal: 'no page of changes' });
  }
  return page;
}
