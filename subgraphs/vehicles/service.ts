import { fileURLToPath } from 'node:url';
import { defineService } from '@dinhdanh/kit';
import { readSubgraph } from '@dinhdanh/schema';
import { openLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';
import type { Context } from './resolvers.ts';
import { openStore } from './store.ts';
import type { VehicleStore } from './store.ts';

/** The vehicle registry (cơ sở dữ liệu đăng ký xe) of the traffic police, Circular 79/2024/TT-BCA. */
export const service = defineService<VehicleStore, Context>({
  name: 'vehicles',
  typeDefs: readSubgraph('vehicles'),
  resolvers,
  migrations: fileURLToPath(new URL('prisma/migrations', import.meta.url)),
  open: openStore,
  context: (call, store) => ({ ...call, store, ...openLoaders(call, store) }),
});
