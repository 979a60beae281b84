import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure, unreachable } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import type { DemoParty } from '../settings.ts';
import { purposes } from './purposes.ts';
import type { PartyStore } from './store.ts';

/** What keeping the demonstration's relying parties works with. */
export interface DemoRoom {
  readonly parties: readonly DemoParty[];
  readonly store: Pick<PartyStore, 'keep'>;
  readonly clock: Clock;
  readonly log: Log;
}

const PAUSE_MS = 1_000;

/**
 * Keeps the demonstration's relying parties as they are given: their addresses change with the port of a start. A database
 * that is away or too busy is asked again until they stand there.
 */
export function keepDemoParties(room: DemoRoom, pauseMs = PAUSE_MS): BackgroundWork {
  const ending = new AbortController();
  const loop = keepAll(room, pauseMs, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await loop;
    },
  };
}

async function keepAll(room: DemoRoom, pauseMs: number, ending: AbortSignal): Promise<void> {
  const { parties, store, clock, log } = room;
  let kept = 0;
  for (let count = 0; kept < parties.length && !ending.aborted; ) {
    try {
      for (const party of parties.slice(kept)) {
        await store.keep(rowOf(party, clock()));
        kept += 1;
      }
    } catch (failure) {
      count += 1;
      log.warn('SHARING_DEMO_PARTIES_FAILED', { ...describeFailure(failure), count });
      await sleep(pauseMs, undefined, { signal: ending }).catch(() => undefined);
    }
  }
}

function rowOf(
  { clientId, organisation, purpose, jwks, ...rest }: DemoParty,
  now: Date,
): Parameters<PartyStore['keep']>[0] {
  const { claims } = purposes.get(purpose.code) ?? unreachable('a desk of an unknown purpose');
  return {
    ...rest,
    id: clientId,
    organisationId: organisation.id,
    legalName: organisation.legalName,
    taxCode: organisation.taxCode,
    sector: organisation.sector,
    registeredBy: organisation.representative ?? 'demonstration',
    registeredAt: now,
    decidedAt: now,
    state: 'APPROVED',
    reason: null,
    ...{ jwks, jwksUri: null },
    purposes: [{ ...purpose, claims }],
  };
}
