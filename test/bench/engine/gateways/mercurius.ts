/** Mercurius with its gateway plugin: Federation 1, so it reads the subgraphs itself. */
import { createRequire, registerHooks } from 'node:module';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { FastifyPluginAsync } from 'fastify';
import { tellPort } from '../orders.ts';
import { takeOrder } from './order.ts';

const { services } = await takeOrder();
// It prints documents with types in the place of names, which the printer of graphql 16.15 no longer takes.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.replace(/^graphql(?=$|\/)/, 'graphql-of-mercurius'), context),
});
// Its types name a default export that its CommonJS does not have.
const mercuriusGateway = createRequire(import.meta.url)('@mercuriusjs/gateway') as FastifyPluginAsync<
  Record<string, unknown>
>;
const app = fastify();
await app.register(mercuriusGateway, {
  jit: 1,
  gateway: {
    services: Object.entries(services).map(([name, url]) => ({ name, url: `${url}/graphql` })),
  },
});
await app.listen({ port: 0, host: '127.0.0.1' });
tellPort((app.server.address() as AddressInfo).port);
