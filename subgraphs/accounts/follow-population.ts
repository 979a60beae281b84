import { askForChanges, describeFailure, keepFollowing } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import type { AccountsSettings } from './config.ts';
import { effectsOf } from './population-change.ts';
import type { PopulationChange } from './population-change.ts';
import type { TellOwner } from './life/tell-owner.ts';
import type { AccountsStore } from './store.ts';

/** What following population works with. */
export interface FollowRoom {
  readonly store: Pick<
    AccountsStore,
    'readCursor' | 'applyChanges' | 'sweep' | 'changes' | 'sessions' | 'locks'
  >;
  readonly tellOwner: TellOwner;
  readonly settings: Pick<AccountsSettings, 'gatewayUrl' | 'systemKey' | 'pollSeconds'>;
  readonly clock: Clock;
  readonly log: Log;
}

const SWEEP_EVERY_MS = 3_600_000;
/** Sessions and counters are kept so long after they have ended. */
const KEPT_MS = 30 * 86_400_000;
/** How an account was used is kept five years (Decree 69/2024, art. 28). */
const HISTORY_KEPT_MS = 5 * 365.25 * 86_400_000;

/**
 * Keeps relations true: asks the gateway for population's changes as a system caller, applies them, waits, asks again.
 * A failure doubles the wait up to a minute; nothing is lost, since the cursor moves with what was applied.
 */
export function followPopulation(room: FollowRoom): BackgroundWork {
  const { store, settings, clock, log } = room;
  return keepFollowing({
    follow: async (ending) => {
      const late = await store.locks.markLate(clock());
      if (late > 0) log.error('ACCOUNTS_LOCK_REQUEST_LATE', { count: late });
      return followOnce(room, ending);
    },
    sweep: async (now) => {
      await store.sweep(new Date(now.getTime() - KEPT_MS));
      await store.sessions.sweep(new Date(now.getTime() - HISTORY_KEPT_MS));
      await store.changes.tellTimedEnds(clock());
    },
    sweepEveryMs: SWEEP_EVERY_MS,
    pollSeconds: settings.pollSeconds,
    clock,
    failed: (error, count) => log.warn('ACCOUNTS_CHANGES_FAILED', { ...describeFailure(error), count }),
  });
}

/** Reads one page and applies it. Tells whether there is more to read at once. */
export async function followOnce(room: FollowRoom, ending: AbortSignal): Promise<boolean> {
  const gatewayUrl = room.settings.gatewayUrl();
  const { systemKey } = room.settings;
  if (gatewayUrl === null || systemKey === null) return false;
  const from = await room.store.readCursor();
  const page = await askForChanges<PopulationChange>(
    { root: 'populationChanges', source: 'population', after: from },
    { name: 'accounts', gatewayUrl, systemKey, now: room.clock(), ending },
  );
  const to = page.pageInfo.endCursor;
  if (page.nodes.length === 0 || to === null) return false;
  const { applied, contradicted } = await room.store.applyChanges(
    from,
    to,
    page.nodes.flatMap(effectsOf),
    room.tellOwner,
  );
  if (applied) room.log.info('ACCOUNTS_CHANGES_APPLIED', { count: page.nodes.length });
  if (contradicted > 0) room.log.error('ACCOUNTS_CHANGES_CONTRADICTED', { count: contradicted });
  // Another process that was faster has moved the cursor: read it anew.
  return page.pageInfo.hasNextPage || !applied;
}
