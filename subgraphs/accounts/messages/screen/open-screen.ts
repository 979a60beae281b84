import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeServer } from '@dinhdanh/kit';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { KeptMessages } from '../carriers/development.ts';
import { screenPage } from './screen-page.ts';

/** A screen that listens. */
export interface OpenScreen {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Names of this machine alone: a page of elsewhere that has its own name lead here is not answered. */
const ownHosts = /^(localhost|127\.0\.0\.1|outbox\.localhost)(:\d+)?$/;

/**
 * Opens the screen that stands for people's telephones, on loopback and nowhere else, whatever the service itself listens
 * on: `/` for people, `/messages.json[?to=…]` for programs.
 *
 * @param port 0 takes a free one
 */
export async function openScreen(kept: KeptMessages, port: number): Promise<OpenScreen> {
  const server = Fastify({ logger: false, forceCloseConnections: 'idle' });
  guard(server);
  const style = await readFile(join(import.meta.dirname, 'screen.css'), 'utf8');
  server.get('/screen.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
  server.get('/messages.json', (request) => {
    const { to } = request.query as { to?: unknown };
    return { messages: kept.list(typeof to === 'string' ? to : null) };
  });
  server.get('/', (request, reply) => {
    const { lang } = request.query as { lang?: unknown };
    return reply
      .type('text/html; charset=utf-8')
      .send(screenPage(kept.list(null), lang === 'en' ? 'en' : 'vi'));
  });
  await server.listen({ host: '127.0.0.1', port });
  const [address] = server.addresses();
  const taken = typeof address === 'object' ? address.port : port;
  return { url: `http://localhost:${taken}`, close: () => closeServer(server, 1_000) };
}

function guard(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!ownHosts.test(request.headers.host ?? '')) return reply.code(421).send({ status: 'not here' });
    return undefined;
  });
  server.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy':
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
}
