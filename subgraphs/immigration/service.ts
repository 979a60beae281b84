import { fileURLToPath } from 'node:url';
import { defineService } from '@dinhdanh/kit';
import { readSubgraph } from '@dinhdanh/schema';
import { openLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';
import type { Context } from './resolvers.ts';
import { openStore } from './store.ts';
import type { ImmigrationStore } from './store.ts';

/**
 * The national database on immigration (cơ sở dữ liệu quốc gia về xuất nhập cảnh), Law 49/2019/QH14 and Law
 * 47/2014/QH13: passports of everybody, and who foreigners are.
 */
export const service = defineService<ImmigrationStore, Context>({
  name: 'immigration',
  typeDefs: readSubgraph('immigration'),
  resolvers,
  migrations: fileURLToPath(new URL('prisma/migrations', import.meta.url)),
  open: openStore,
  context: (call, store) => ({ ...call, store, ...openLoaders(call, store) }),
});
