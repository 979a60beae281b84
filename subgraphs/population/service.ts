import { fileURLToPath } from 'node:url';
import { defineService } from '@dinhdanh/kit';
import { readSubgraph } from '@dinhdanh/schema';
import { openLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';
import type { Context } from './resolvers.ts';
import { openStore } from './store.ts';
import { tellExpiries } from './tell-expiries.ts';
import type { PopulationStore } from './store.ts';

/**
 * The national population database (cơ sở dữ liệu quốc gia về dân cư) and the identity card database of the Ministry of
 * Public Security, Law 26/2023/QH15. Answers for citizens; foreigners are known to immigration.
 */
export const service = defineService<PopulationStore, Context>({
  name: 'population',
  typeDefs: readSubgraph('population'),
  resolvers,
  migrations: fileURLToPath(new URL('prisma/migrations', import.meta.url)),
  open: openStore,
  context: (call, store) => ({ ...call, store, ...openLoaders(call, store) }),
  background: ({ clock, log }, store) => tellExpiries({ store, clock, log }),
});
