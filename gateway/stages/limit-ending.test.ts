import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sessions, setScene } from '../fixtures/scene.ts';
import type { Answer, Scene } from '../fixtures/scene.ts';

const REVOKE = 'mutation { revokeConsent(id: "consent-1") { state } }';
const READ = '{ person { fullName } }';

const reasonOf = ({ status, errors: [error] }: Answer): unknown[] => [status, error?.extensions['reason']];

/** Reads that stay under way until told. */
async function fill(scene: Scene, count: number): Promise<() => Promise<void>> {
  scene.population.delayMs = 60_000;
  const client = new AbortController();
  const { signal } = client;
  const reads = Array.from({ length: count }, () =>
    scene.ask(READ, { session: sessions.guardian, signal }).catch(() => null),
  );
  await expect.poll(() => scene.population.calls.length).toBe(count);
  return async () => {
    client.abort();
    await Promise.all(reads);
  };
}

test('a gateway that is full of readers still takes a withdrawal, and nothing else that only names one', async () => {
  const scene = await setScene({ settings: { concurrentRequests: 3, deadlineMs: 60_000 } });
  const leave = await fill(scene, 3);
  const others = [
    READ,
    `# revokeConsent
    ${READ}`,
    'mutation revokeConsent { signOut }',
    `mutation { revokeConsent(id: "consent-1") { state } signOut }`,
  ];
  for (const other of others) expect(reasonOf(await scene.ask(other))).toEqual([503, 'GATEWAY_BUSY']);
  const { data, errors } = await scene.ask(REVOKE);
  expect({ data, errors }).toEqual({ data: { revokeConsent: { state: 'REVOKED' } }, errors: [] });
  expect((await scene.ask('mutation { lockAccount(reason: LOST_DEVICE) { status } }')).errors).toEqual([]);
  await leave();
});

test('a source and a session that have had their share may still withdraw, so often and no oftener', async () => {
  const scene = await setScene({ settings: { requestsPerMinute: 2, endingPerMinute: 2 } });
  await scene.ask(READ);
  await scene.ask(READ);
  expect(reasonOf(await scene.ask(READ))).toEqual([429, 'ADDRESS_RATE']);
  expect((await scene.ask(REVOKE)).errors).toEqual([]);
  // What only names one has had its part of it all the same: it was read.
  expect(reasonOf(await scene.ask(`# revokeConsent\n${READ}`))).toEqual([429, 'ADDRESS_RATE']);
  expect(reasonOf(await scene.ask(REVOKE))).toEqual([429, 'ADDRESS_RATE']);
});

test('a session that has had its share may withdraw from an address that has not', async () => {
  const scene = await setScene({
    settings: { requestsPerMinute: 3, endingPerMinute: 1, trustedProxies: ['127.0.0.1'] },
  });
  const from = (address: string): { headers: { 'x-forwarded-for': string } } => ({
    headers: { 'x-forwarded-for': address },
  });
  for (let i = 0; i < 3; i++) await scene.ask(READ, from('192.0.2.1'));
  expect(reasonOf(await scene.ask(READ, from('192.0.2.2')))).toEqual([429, 'SESSION_RATE']);
  expect((await scene.ask(REVOKE, from('192.0.2.2'))).errors).toEqual([]);
  expect(reasonOf(await scene.ask(REVOKE, from('192.0.2.3')))).toEqual([429, 'SESSION_RATE']);
});

test('a withdrawal is tried although what came of readers has closed the way to its services, and has more time', async () => {
  const scene = await setScene({ settings: { deadlineMs: 400 } });
  scene.accounts.broken = true;
  for (let i = 0; i < 8; i++) await scene.ask(READ);
  scene.accounts.broken = false;
  const refused = await scene.ask(READ);
  expect(refused.errors[0]?.extensions).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  expect((await scene.ask(REVOKE)).errors).toEqual([]);
  scene.accounts.delayMs = 600;
  const before = performance.now();
  expect((await scene.ask(REVOKE)).errors).toEqual([]);
  expect(performance.now() - before).toBeGreaterThan(500);
});

test('places for withdrawals are given back, and are no more than so many', async () => {
  const scene = await setScene({
    settings: { concurrentRequests: 1, endingRequests: 2, deadlineMs: 60_000 },
  });
  const leave = await fill(scene, 1);
  scene.accounts.delayMs = 300;
  const asked = Array.from({ length: 5 }, () => scene.ask(REVOKE));
  const refusals = (await Promise.all(asked)).filter(({ status }) => status === 503);
  expect(refusals).toHaveLength(3);
  scene.accounts.delayMs = 0;
  for (let i = 0; i < 5; i++) {
    // A place is given back when the answer has been sent, which is told after the client has it.
    await sleep(20);
    expect((await scene.ask(REVOKE)).errors).toEqual([]);
  }
  await leave();
});
