/**
 * Hive Gateway: variant `js` plans and executes by stitching with compiled resolvers (`--jit`), `rust` by its planner in
 * Rust. The HTTP server is the one its own command starts.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGatewayRuntime } from '@graphql-hive/gateway';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { useJIT } from '@graphql-mesh/plugin-jit';
import { SUBJECT_HEADER } from '../dataset.ts';
import { tellPort } from '../orders.ts';
import { takeOrder } from './order.ts';

const { supergraph, variant, sharing, requests } = await takeOrder();
const isPersonal = requests === 'profile' || requests === 'cold';
const runtime = createGatewayRuntime({
  supergraph,
  logging: false,
  graphiql: false,
  landingPage: false,
  inboundInflightRequestDeduplication: sharing,
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: sharing } } },
  ...(isPersonal
    ? {
        propagateHeaders: {
          fromClientToSubgraphs: ({ request }: { request: Request }) => ({
            [SUBJECT_HEADER]: request.headers.get(SUBJECT_HEADER) ?? '',
          }),
        },
      }
    : {}),
  ...(variant === 'rust' ? { unifiedGraphHandler } : { plugins: () => [useJIT()] }),
} as Parameters<typeof createGatewayRuntime>[0]);
// oxlint-disable-next-line typescript/no-misused-promises -- the runtime is a request listener, as its command uses it
const server = createServer(runtime);
server.listen(0, '127.0.0.1', () => tellPort((server.address() as AddressInfo).port));
