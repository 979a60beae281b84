import { fileURLToPath } from 'node:url';
import { defineService } from '@dinhdanh/kit';
import type { BackgroundWork } from '@dinhdanh/kit';
import { readSubgraph } from '@dinhdanh/schema';
import { followPopulation } from './follow-population.ts';
import { openLoaders } from './loaders.ts';
import { tendRegistrations } from './registration/tend-registrations.ts';
import { resolveCaller } from './resolve-caller.ts';
import { resolvers } from './resolvers.ts';
import type { Context } from './resolvers.ts';
import { openRoom } from './room.ts';
import type { AccountsRoom } from './room.ts';
import { watchCrowds } from './watch-crowds.ts';

/** The pause between two looks at what crowds do. */
const WATCH_SECONDS = 30;

/** Electronic identification accounts (tài khoản định danh điện tử), Decree 69/2024: who may act, and for whom. */
export const service = defineService<AccountsRoom, Context>({
  name: 'accounts',
  typeDefs: readSubgraph('accounts'),
  resolvers,
  migrations: fileURLToPath(new URL('prisma/migrations', import.meta.url)),
  open: openRoom,
  context: (call, room) => ({ ...call, room, ...openLoaders(room.store) }),
  doors: {
    '/resolve-caller': async (body, call, { store, lastUses }) => {
      const resolved = await resolveCaller(body, call, store, store);
      if (!('callers' in resolved)) return resolved;
      for (const caller of resolved.callers) {
        if (caller.actor !== null) lastUses.note(caller.sessionId, call.now);
      }
      return resolved;
    },
  },
  metrics: async ({ messages, registrations }) =>
    `${await messages.numbers.print()}\n${await registrations.numbers.print()}`,
  background: ({ clock, log }, room) => {
    const { store, settings, messages } = room;
    return together([
      followPopulation({ store, settings, clock, log, tellOwner: room.tellOwner }),
      tendRegistrations({ room, clock, log, pollSeconds: settings.pollSeconds }),
      messages.run(),
      room.lastUses.run(clock, log, settings.pollSeconds),
      watchCrowds({
        ...{ codes: store.codes, signIns: store.sessions, registrations: store.registrations, clock, log },
        watchSeconds: Math.max(WATCH_SECONDS, settings.messagePollSeconds),
      }),
    ]);
  },
});

function together(works: readonly BackgroundWork[]): BackgroundWork {
  return { stop: async () => void (await Promise.all(works.map((work) => work.stop()))) };
}

export type { KnownApplicant } from './matching/applicant.ts';
export type {
  AskedConsenter,
  KnownCaller,
  KnownConsenter,
  ResolvedCaller,
  ResolvedCallers,
} from './resolve-caller.ts';
export type { AccountsSettings } from './config.ts';
export { showsOutbox } from './config.ts';
