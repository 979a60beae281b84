import { fileURLToPath } from 'node:url';
import { defineService } from '@dinhdanh/kit';
import { readSubgraph } from '@dinhdanh/schema';
import { openLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';
import type { Context } from './resolvers.ts';
import { openStore } from './store.ts';
import type { LicenceStore } from './store.ts';

/** The driving licence registry (cơ sở dữ liệu giấy phép lái xe) of the traffic police, Law 36/2024/QH15. */
export const service = defineService<LicenceStore, Context>({
  name: 'driving-licences',
  typeDefs: readSubgraph('driving-licences'),
  resolvers,
  migrations: fileURLToPath(new URL('prisma/migrations', import.meta.url)),
  open: openStore,
  context: (call, store) => ({ ...call, store, ...openLoaders(call, store) }),
});
