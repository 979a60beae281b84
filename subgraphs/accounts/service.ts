import { fileURLToPath } from 'node:url';
import { defineService } from '@dinhdanh/kit';
import { readSubgraph } from '@dinhdanh/schema';
import { followPopulation } from './follow-population.ts';
import { openLoaders } from './loaders.ts';
import { resolveCaller } from './resolve-caller.ts';
import { resolvers } from './resolvers.ts';
import type { Context } from './resolvers.ts';
import { openRoom } from './room.ts';
import type { AccountsRoom } from './room.ts';

/** Electronic identification accounts (tài khoản định danh điện tử), Decree 69/2024: who may act, and for whom. */
export const service = defineService<AccountsRoom, Context>({
  name: 'accounts',
  typeDefs: readSubgraph('accounts'),
  resolvers,
  migrations: fileURLToPath(new URL('prisma/migrations', import.meta.url)),
  open: openRoom,
  context: (call, room) => ({ ...call, room, ...openLoaders(room.store) }),
  doors: {
    '/resolve-caller': (body, call, { store, applicants }) => resolveCaller(body, call, store, applicants),
  },
  background: ({ clock, log }, { store, settings }) => followPopulation({ store, settings, clock, log }),
});

export type { KnownApplicant } from './matching/applicant.ts';
export type { AskedConsenter, KnownCaller, KnownConsenter, ResolvedCaller } from './resolve-caller.ts';
