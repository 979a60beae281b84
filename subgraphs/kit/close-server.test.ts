import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { closeServer } from './close-server.ts';

/** A server that answers after a while; and a client that asked once and keeps its connection. */
async function underWay(
  answerMs: number,
): Promise<{ server: FastifyInstance; heard: () => string; gone: Promise<unknown> }> {
  const server = Fastify({ forceCloseConnections: 'idle' });
  server.get('/', async () => {
    await sleep(answerMs);
    return 'answer';
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.server.closeAllConnections());
  const client = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  let heard = '';
  client.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  client.on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
  await once(server.server, 'request');
  return { server, heard: () => heard, gone: once(client, 'close') };
}

test('a server that closes answers what is under way and then lets go of a connection its client keeps', async () => {
  const { server, heard, gone } = await underWay(150);
  const startedAt = performance.now();
  await closeServer(server);
  await gone;
  expect(heard()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*answer$/);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test('what takes longer than it is given is cut off', async () => {
  const { server, heard, gone } = await underWay(10_000);
  const startedAt = performance.now();
  await closeServer(server, 100);
  await gone;
  expect(heard()).toBe('');
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
