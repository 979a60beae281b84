import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@dinhdanh/kit';
import type { LogEvent } from '@dinhdanh/kit';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openFakeLog, ORIGIN } from '../fixtures/fake-log.ts';
import type { FakeLog } from '../fixtures/fake-log.ts';
import type { AppendEntry } from '../record/entry.ts';
import { createUpstream } from '../upstream/upstream.ts';
import { APPEND_SERVICE, openAppendEntries } from './append-entry.ts';
import type { AppendEntries } from './append-entry.ts';

/** A busy machine takes its time. */
const SOON = { timeout: 15_000 };

/** A door before a fake log. */
interface Door {
  readonly log: FakeLog;
  readonly door: AppendEntries;
  readonly events: LogEvent[];
  lost: number;
  readonly append: (...numbers: number[]) => ReturnType<AppendEntries['append']>;
}

async function openDoor(callMs = 10_000): Promise<Door> {
  const key = randomBytes(32);
  const log = await openFakeLog(key);
  const events: LogEvent[] = [];
  const upstream = createUpstream({
    services: { [APPEND_SERVICE]: log.url },
    limits: { fairTimeMs: 0 },
    onEvent: () => undefined,
  });
  const tell = (event: LogEvent): void => void events.push(event);
  const door = openAppendEntries({
    upstream,
    key: () => key,
    clock: () => new Date(),
    log: { info: tell, warn: tell, error: tell },
    callMs,
    onLost: (count) => (scene.lost += count),
  });
  const scene: Door = {
    log,
    door,
    events,
    lost: 0,
    append: (...numbers) =>
      door.append(
        numbers.map((number) => entry(number)),
        Date.now() + 2_000,
      ),
  };
  onTestFinished(async () => {
    await door.close();
    await upstream.close();
    await log.stop();
  });
  return scene;
}

function entry(number: number, given: Partial<AppendEntry> = {}): AppendEntry {
  return {
    time: '2026-11-21T03:04:05.678Z',
    event: 'intent',
    actor: { kind: 'person', number: '097190000011', session: 'sid' },
    subjects: ['097190000011'],
    purpose: 'own_data',
    legalBasis: 'Law 91/2025/QH15, art. 4',
    consentId: null,
    caseId: null,
    claims: ['identity.basic'],
    sources: ['population'],
    refusal: null,
    operationHash: null,
    policyVersion: 'p',
    requestId: `request-${number}`,
    level: 2,
    completes: null,
    ...given,
  };
}

const refusal = (promise: Promise<unknown>): Promise<AppError> =>
  promise.then(
    () => expect.unreachable('written'),
    (failure: unknown) => (failure instanceof AppError ? failure : expect.unreachable(String(failure))),
  );

/** Events of the log's entries by request. */
const written = ({ log }: Door): string[] =>
  log.entries.map(
    ({ requestId, event, refusal: code }) => `${requestId} ${event}${code === null ? '' : ` ${code}`}`,
  );

describe('entries are gathered', () => {
  test('each request learns where its own stand, in their order', async () => {
    const scene = await openDoor();
    const receipts = await Promise.all([scene.append(1), scene.append(2, 3), scene.append(4)]);
    const numbers = [[1], [2, 3], [4]];
    for (const [at, group] of receipts.entries()) {
      expect(group.map(({ origin, index }) => [origin, scene.log.entries[index]?.requestId])).toEqual(
        numbers[at]?.map((number) => [ORIGIN, `request-${number}`]),
      );
    }
  });

  test('a call starts as soon as one of two returns and takes what is queued, at most 256', async () => {
    const scene = await openDoor();
    scene.log.delayMs = 30;
    await Promise.all(Array.from({ length: 600 }, (_, number) => scene.append(number)));
    expect(scene.log.calls).toEqual([1, 1, 256, 256, 86]);
    expect(scene.log.atOnce).toBe(2);
  });

  test('a call holds at most 200 KB, and a request’s entries are never torn apart', async () => {
    const scene = await openDoor();
    scene.log.delayMs = 20;
    const claims = Array.from({ length: 1_000 }, (_, number) => `claim.number${'x'.repeat(20)}${number}`);
    const large = (number: number): AppendEntry => entry(number, { claims });
    await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        scene.door.append([large(number), large(number)], Date.now() + 5_000),
      ),
    );
    expect(scene.log.calls.every((count) => count % 2 === 0 && count * 35_000 < 200_000)).toBe(true);
    expect(scene.log.entries).toHaveLength(40);
  });

  test('an idle gateway makes a call for each, without waiting for more', async () => {
    const scene = await openDoor();
    for (let number = 0; number < 20; number++) await scene.append(number);
    expect(scene.log.calls).toEqual(Array.from({ length: 20 }, () => 1));
  });
});

describe('a log that fails', () => {
  test('says how long to wait, and nothing is released', async () => {
    const scene = await openDoor();
    scene.log.mood = 'full';
    const failure = await refusal(scene.append(1));
    expect([failure.code, failure.status, failure.detail.retryAfterSeconds]).toEqual([
      'ACCESS_LOG_UNAVAILABLE',
      503,
      9,
    ]);
  });

  test('a connection that breaks is tried once more, and nothing is written twice', async () => {
    const scene = await openDoor();
    await scene.append(1);
    scene.log.mood = 'breaks-after-writing';
    scene.log.onAppend = () => {
      if (scene.log.calls.length >= 3) scene.log.mood = 'well';
    };
    await scene.append(2);
    expect(written(scene)).toEqual(['request-1 intent', 'request-2 intent']);
    expect(scene.log.calls).toHaveLength(3);
  });

  test('one that never answers is waited for no longer than the request has time', async () => {
    const scene = await openDoor(5_000);
    scene.log.mood = 'hangs';
    const startedAt = performance.now();
    const failure = await refusal(scene.door.append([entry(1)], Date.now() + 100));
    expect(failure.code).toBe('ACCESS_LOG_UNAVAILABLE');
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    scene.log.mood = 'well';
  });

  test('a refused entry refuses its own request alone, and is an alarm', async () => {
    const scene = await openDoor();
    scene.log.mood = 'picky';
    expect((await refusal(scene.append(1))).code).toBe('ACCESS_LOG_UNAVAILABLE');
    expect(scene.events).toContain('GATEWAY_ENTRY_REFUSED');
    expect(scene.door.unwritten()).toBe(0);
  });

  test.each(['full', 'hangs', 'lies', 'breaks', 'breaks-after-writing'] as const)(
    'one (%s) that fails for a while is told later what was asked meanwhile, and that nothing of it was released',
    async (mood) => {
      const scene = await openDoor(mood === 'hangs' ? 500 : 10_000);
      scene.log.mood = mood;
      await refusal(scene.append(1));
      await refusal(scene.append(2));
      expect(scene.door.unwritten()).toBeGreaterThan(0);
      scene.log.mood = 'well';
      await expect.poll(() => scene.door.unwritten(), SOON).toBe(0);
      await expect.poll(() => written(scene).length, SOON).toBe(4);
      // The gateway cannot know what the log had written, so each stands as intended and then as not delivered.
      expect(written(scene).toSorted()).toEqual([
        'request-1 aborted',
        'request-1 intent',
        'request-2 aborted',
        'request-2 intent',
      ]);
      for (const { completes, requestId } of scene.log.entries.filter(({ event }) => event === 'aborted'))
        expect(scene.log.entries[completes ?? -1]).toMatchObject({ event: 'intent', requestId });
    },
  );

  test('one that cannot be reached is told later that sources were asked, and nothing was released', async () => {
    const scene = await openDoor();
    const { url } = scene.log;
    await scene.log.stop();
    const entries = [entry(1), entry(1, { event: 'denied', refusal: 'PASSCODE_REQUIRED' })];
    await refusal(scene.door.append(entries, Date.now() + 1_000));
    expect(scene.door.unwritten()).toBe(2);
    expect(scene.door.isAway()).toBe(false);
    await scene.log.start(url);
    await expect.poll(() => scene.door.unwritten(), SOON).toBe(0);
    expect(written(scene)).toEqual([
      'request-1 denied ACCESS_LOG_UNAVAILABLE',
      'request-1 denied PASSCODE_REQUIRED',
    ]);
    expect(scene.log.entries[0]).toMatchObject({ claims: [], sources: ['population'] });
  });

  test('what was still queued when its time ran out is written as withheld', async () => {
    const scene = await openDoor(600);
    scene.log.mood = 'hangs';
    const first = [refusal(scene.append(1)), refusal(scene.append(2))];
    const late = await refusal(scene.door.append([entry(3)], Date.now() + 50));
    expect(late.detail.internal).toBe('too late');
    await Promise.all(first);
    scene.log.mood = 'well';
    await expect.poll(() => scene.door.unwritten(), SOON).toBe(0);
    expect(written(scene)).toContain('request-3 denied ACCESS_LOG_UNAVAILABLE');
    expect(written(scene)).not.toContain('request-3 intent');
  });

  test('what came too late for its request, though it was written, is completed as not delivered', async () => {
    const scene = await openDoor(2_000);
    scene.log.delayMs = 200;
    await refusal(scene.door.append([entry(1)], Date.now() + 50));
    await expect.poll(() => written(scene), SOON).toEqual(['request-1 intent', 'request-1 aborted']);
    expect(scene.log.entries[1]).toMatchObject({
      completes: 0,
      completesOrigin: ORIGIN,
      claims: ['identity.basic'],
    });
  });
});

describe('a log that is away', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  test('is known to be after five failures, until a call finds it well', async () => {
    const scene = await openDoor();
    scene.log.mood = 'full';
    for (let number = 0; number < 5; number++) await refusal(scene.append(number));
    expect(scene.door.isAway()).toBe(true);
    const calls = scene.log.calls.length;
    await refusal(scene.append(9));
    expect(scene.log.calls).toHaveLength(calls);
    scene.log.mood = 'well';
    vi.setSystemTime(Date.now() + 1_100);
    await sleep(0);
    await scene.append(10);
    expect(scene.door.isAway()).toBe(false);
  });

  test('costs no more memory than set aside for it: what is given up is counted and an alarm', async () => {
    const scene = await openDoor();
    scene.log.mood = 'full';
    for (let number = 0; number < 6; number++) await refusal(scene.append(number));
    const many = Array.from({ length: 11_000 }, (_, number) => scene.append(number).catch(() => undefined));
    await Promise.all(many);
    expect(scene.door.unwritten()).toBeLessThanOrEqual(10_000);
    expect(scene.lost).toBeGreaterThanOrEqual(1_000);
    expect(scene.events).toContain('GATEWAY_ENTRIES_LOST');
  });
});

test('a gateway that stops writes what is left, if the log is there', async () => {
  const scene = await openDoor();
  scene.log.mood = 'full';
  await refusal(scene.append(1));
  scene.log.mood = 'well';
  await scene.door.close();
  expect(written(scene)[0]).toBe('request-1 intent');
  expect(scene.lost).toBe(0);
  expect((await refusal(scene.append(2))).detail.internal).toBe('gateway stops');
});
