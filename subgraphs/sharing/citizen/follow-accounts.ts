import { askForChanges, describeFailure, keepFollowing } from '@dinhdanh/kit';
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

const ROOT = 'accountsChanges';
const SWEEP_EVERY_MS = 30_000;

/**
 * Keeps consents true: writes down what has run out, and asks the gateway for changes of accounts as a system caller, applies
 * them, waits, asks again. The gateway looks at the account for every query anyway; this is for the list and the ledger. Relations
 * and deaths come by accounts too, which alone can tell whose number is whose.
 */
export function followAccounts(room: FollowRoom): BackgroundWork {
  const { store, settings, clock, log } = room;
  return keepFollowing({
    follow: (ending) => followOnce(room, ending),
    sweep: async (now) => {
      await store.shares.expire(now);
      await store.consents.expire(now);
    },
    sweepEveryMs: SWEEP_EVERY_MS,
    pollSeconds: settings.pollSeconds,
    clock,
    failed: (error, count) => log.warn('SHARING_CHANGES_FAILED', { ...describeFailure(error), count }),
  });
}

/** Reads one page and applies it. Tells whether there is more to read at once. */
async function followOnce(room: FollowRoom, ending: AbortSignal): Promise<boolean> {
  const gatewayUrl = room.settings.gatewayUrl();
  const { systemKey } = room.settings;
  if (gatewayUrl === null || systemKey === null) return false;
  const now = room.clock();
  const from = await room.store.followed.readCursor(ROOT);
  const page = await askForChanges<AccountChange>(
    { root: ROOT, source: 'accounts', after: from },
    { name: 'sharing', gatewayUrl, systemKey, now, ending },
  );
  const to = page.pageInfo.endCursor;
  if (page.nodes.length === 0 || to === null) return false;
  const effects = page.nodes.flatMap(effectsOf);
  const changed = await room.store.followed.apply({ root: ROOT, from, to }, effects, now);
  if (changed !== null) room.log.info('SHARING_CHANGES_APPLIED', { count: changed });
  // Another process that was faster has moved the cursor: read it anew.
  return page.pageInfo.hasNextPage || changed === null;
}
