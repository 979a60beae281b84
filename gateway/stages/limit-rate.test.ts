import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { createRateLimits } from '../rate-limits.ts';
import type { RateLimitOptions } from '../rate-limits.ts';
import { limitRate, limitSession } from './limit-rate.ts';

const many = { requests: 1_000, perSeconds: 1 };
const limitsOf = (options: Partial<RateLimitOptions>): ReturnType<typeof createRateLimits> =>
  createRateLimits({
    perAddress: many,
    perSession: many,
    perSharing: many,
    perParty: many,
    streams: { most: 1_000, perAddress: 1_000 },
    concurrent: 1_000,
    ending: { concurrent: 1_000, perAddress: many, perSession: many },
    ...options,
  });

test('a source has its share of requests, then 429 with the time to wait, then its share again', async () => {
  const limits = limitsOf({ perAddress: { requests: 3, perSeconds: 1 } });
  for (let i = 0; i < 3; i++) await limits.countAddress('one');
  await expect(async () => limits.countAddress('one')).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    status: 429,
    detail: { reason: 'ADDRESS_RATE', retryAfterSeconds: 1 },
  });
  await limits.countAddress('another');
  await sleep(1_050);
  await limits.countAddress('one');
});

test('a session has its share whatever addresses it comes from', async () => {
  const limits = limitsOf({ perSession: { requests: 2, perSeconds: 60 } });
  const exchange = { caller: { sessionId: 'session' } };
  await limitSession(exchange, limits);
  await limitSession(exchange, limits);
  await expect(async () => limitSession(exchange, limits)).rejects.toMatchObject({
    detail: { reason: 'SESSION_RATE' },
  });
  await limitSession({ caller: { sessionId: null } }, limits);
  await limitSession({}, limits);
});

test('addresses and sessions are counted apart', async () => {
  const one = { requests: 1, perSeconds: 60 };
  const limits = limitsOf({ perAddress: one, perSession: one });
  await limits.countAddress('same');
  await limits.countSession('same');
});

function refusalOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (refused) {
    return refused;
  }
}

test('a full gateway refuses with 503 at once, and a place given back twice is one place', () => {
  const limits = limitsOf({ concurrent: 2 });
  const leave = limits.enter();
  limits.enter();
  expect(refusalOf(limits.enter)).toMatchObject({
    code: 'RATE_LIMITED',
    status: 503,
    detail: { reason: 'GATEWAY_BUSY', retryAfterSeconds: 1 },
  });
  leave();
  leave();
  limits.enter();
  expect(() => limits.enter()).toThrow();
});

/** A server whose answers wait until told, each request through the stage. */
async function slowServer(
  limits: ReturnType<typeof createRateLimits>,
): Promise<{ url: string; answer: () => void }> {
  const waiting: (() => void)[] = [];
  const server = createServer((_request, response) => {
    const exchange: Parameters<typeof limitRate>[0] = {
      reply: { raw: response } as FastifyReply,
      address: 'one',
    };
    void Promise.resolve(limitRate(exchange, limits)).then(() => {
      if (exchange.overLimit === undefined) waiting.push(() => response.end('ok'));
      else response.writeHead(exchange.overLimit.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = (): void => {
    for (const end of waiting.splice(0)) end();
  };
  return { url, answer };
}

test('a place is held until the answer is out, and given back where the client goes away', async () => {
  const limits = limitsOf({ concurrent: 2 });
  const { url, answer } = await slowServer(limits);
  const client = new AbortController();
  const held = fetch(url);
  const left = fetch(url, { signal: client.signal }).catch(() => 'gone');
  await expect.poll(() => limits.underWay()).toBe(2);
  expect((await fetch(url)).status).toBe(503);

  client.abort();
  expect(await left).toBe('gone');
  await expect.poll(() => limits.underWay()).toBe(1);
  answer();
  expect((await held).status).toBe(200);
  await expect.poll(() => limits.underWay()).toBe(0);
});

test('streams have places of their own: so many from one source, so many in all, each given back once', () => {
  const limits = limitsOf({ streams: { most: 3, perAddress: 2 } });
  const leave = limits.enterStream('one');
  limits.enterStream('one');
  expect(() => limits.enterStream('one')).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ reason: 'STREAMS' }) }),
  );
  limits.enterStream('another');
  expect(() => limits.enterStream('third')).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ reason: 'GATEWAY_BUSY' }) }),
  );
  leave();
  leave();
  limits.enterStream('third');
  expect(() => limits.enterStream('fourth')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
});

test('a relying party is counted by what it began, and looking counts nothing', async () => {
  const limits = limitsOf({ perParty: { requests: 2, perSeconds: 60 } });
  for (let i = 0; i < 5; i++) await limits.mayPush('party');
  await limits.countPushed('party');
  await limits.countPushed('party');
  await expect(async () => limits.mayPush('party')).rejects.toMatchObject({
    detail: { reason: 'PARTY_RATE' },
  });
  await limits.mayPush('another');
});
