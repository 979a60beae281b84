import { fileURLToPath } from 'node:url';
import { defineService } from '@dinhdanh/kit';
import type { BackgroundWork } from '@dinhdanh/kit';
import { readSubgraph } from '@dinhdanh/schema';
import { checkConsent } from './citizen/check-consent.ts';
import { followAccounts } from './citizen/follow-accounts.ts';
import { sweepArtifacts } from './provider/sweep-artifacts.ts';
import { resolvers } from './resolvers.ts';
import type { Context } from './resolvers.ts';
import { keepDemoParties } from './parties/keep-demo-parties.ts';
import { openRoom } from './room.ts';
import type { SharingRoom } from './room.ts';
import { passThrough } from './serve-passed.ts';

/** Sharing (chia sẻ dữ liệu): relying parties ask, people decide, and what they granted is enforced (Law 91/2025, arts. 9–10). */
export const service = defineService<SharingRoom, Context>({
  name: 'sharing',
  typeDefs: readSubgraph('sharing'),
  resolvers,
  migrations: fileURLToPath(new URL('prisma/migrations', import.meta.url)),
  open: openRoom,
  context: (call, room) => ({ ...call, room }),
  doors: { '/check-consent': (body, call, { store }) => checkConsent(body, call, store.consents) },
  passThrough,
  background: ({ clock, log }, room) => {
    const demo = { parties: room.settings.demoParties, store: room.store.parties, clock, log };
    return together([keepDemoParties(demo), sweepArtifacts(room), followAccounts(room)]);
  },
});

/** Several things that a service does besides answering, ended together. */
function together(works: readonly BackgroundWork[]): BackgroundWork {
  return {
    stop: async () => {
      await Promise.all(works.map((work) => work.stop()));
    },
  };
}

export type { CheckedConsent } from './citizen/check-consent.ts';
export type { DemoParty, SharingSettings } from './settings.ts';
