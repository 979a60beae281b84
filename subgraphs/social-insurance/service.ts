import { fileURLToPath } from 'node:url';
import { defineService } from '@dinhdanh/kit';
import { readSubgraph } from '@dinhdanh/schema';
import { openLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';
import type { Context } from './resolvers.ts';
import { openStore } from './store.ts';
import type { InsuranceStore } from './store.ts';

/** The insurance registry (cơ sở dữ liệu quốc gia về bảo hiểm): social insurance, Law 41/2024/QH15; health insurance, Law 51/2024/QH15. */
export const service = defineService<InsuranceStore, Context>({
  name: 'social-insurance',
  typeDefs: readSubgraph('social-insurance'),
  resolvers,
  migrations: fileURLToPath(new URL('prisma/migrations', import.meta.url)),
  open: openStore,
  context: (call, store) => ({ ...call, store, ...openLoaders(call, store) }),
});
