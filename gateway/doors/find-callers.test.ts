import { setImmediate as turn } from 'node:timers/promises';
import { AppError, sessionIdOf, SESSIONS_A_CALL } from '@dinhdanh/kit';
import type { LogEvent } from '@dinhdanh/kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Caller } from '../caller.ts';
import { refusal } from '../upstream/answer.ts';
import type { UpstreamAnswer } from '../upstream/answer.ts';
import { openFindCallers } from './find-callers.ts';

const NOW = new Date('2026-11-22T03:00:00Z');
const LATER = NOW.getTime() + 5_000;

/** What accounts answers of a session: whose it is stands in its token. */
const resolved = (session: string): Record<string, unknown> =>
  session === 'nobody'
    ? { actor: null }
    : {
        ...{
          actor: { kind: 'person', id: `owner of ${session}` },
          sessionId: sessionIdOf(session),
          level: 2,
        },
        ...{ status: 'ACTIVE', passcodeUntil: null, guardianRequired: false, self: null, dependants: [] },
      };

const whole = (sessions: readonly string[]): unknown => sessions.map(resolved);

/** A look-up before an accounts that answers as it is told to, after so many turns. */
function setScene(callersOf: (sessions: readonly string[]) => unknown = whole, pause = () => turn()) {
  const calls: (readonly string[])[] = [];
  const alarms: LogEvent[] = [];
  let failing: UpstreamAnswer | null = null;
  const { find } = openFindCallers({
    key: Buffer.alloc(32, 1),
    clock: () => NOW,
    log: { error: (event) => void alarms.push(event) },
    upstream: {
      post: async (_, { body }) => {
        const { sessions } = JSON.parse(String(body)) as { sessions: string[] };
        calls.push(sessions);
        await pause();
        const json = { callers: callersOf(sessions) };
        return failing ?? { ok: true, json, isPlain: true, isTaken: false, headers: {} };
      },
      stateOf: () => 'closed',
      states: () => ({}),
      close: () => Promise.resolve(),
    },
  });
  return {
    calls,
    alarms,
    fail: (answer: UpstreamAnswer) => (failing = answer),
    find: (session: string, deadlineAt = LATER): Promise<Caller> =>
      find(session, { requestId: `for ${session}`, deadlineAt }),
  };
}

const codeOf = (caller: Promise<Caller>): Promise<string> =>
  caller.then(
    ({ id }) => id,
    (failure: unknown) => (failure instanceof AppError ? failure.code : 'no refusal'),
  );

describe('who asks', () => {
  test('is looked up in one call for all who ask within a turn, and in another for those of the next', async () => {
    const { find, calls } = setScene();
    const first = ['a', 'b', 'nobody'].map((session) => find(session));
    // Another piece of work of the same turn.
    await Promise.resolve();
    first.push(find('a'));
    await turn();
    const second = [find('c')];
    const callers = await Promise.all([...first, ...second]);
    expect(calls).toEqual([['a', 'b', 'nobody', 'a'], ['c']]);
    expect(callers.map(({ id, kind }) => (kind === 'anonymous' ? null : id))).toEqual([
      ...['owner of a', 'owner of b', null, 'owner of a', 'owner of c'],
    ]);
  });

  test('whatever is asked when and answered when, each is told of their own session', async () => {
    const asked = fc.record({ session: fc.stringMatching(/^[a-e]$/), turns: fc.nat({ max: 2 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(asked, { maxLength: 30 }),
        fc.infiniteStream(fc.nat(3)),
        async (all, pauses) => {
          const { find } = setScene(whole, async () => {
            for (let left = pauses.next().value ?? 0; left > 0; left -= 1) await turn();
          });
          const found: Promise<string>[] = [];
          for (const { session, turns } of all) {
            for (let left = turns; left > 0; left -= 1) await turn();
            found.push(find(session).then(({ id }) => id));
          }
          expect(await Promise.all(found)).toEqual(all.map(({ session }) => `owner of ${session}`));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('is looked up in several calls where more ask at once than accounts takes', async () => {
    const { find, calls } = setScene();
    const sessions = Array.from({ length: 2 * SESSIONS_A_CALL + 1 }, (_, at) => `s${at}`);
    const callers = await Promise.all(sessions.map((session) => find(session)));
    expect(calls.map(({ length }) => length)).toEqual([SESSIONS_A_CALL, SESSIONS_A_CALL, 1]);
    expect(callers.map(({ id }) => id)).toEqual(sessions.map((session) => `owner of ${session}`));
  });
});

describe('nobody is taken for another', () => {
  test.each<[string, (sessions: readonly string[]) => unknown, readonly string[]]>([
    ['two are exchanged', ([a = '', b = '', c = '']) => [b, a, c].map(resolved), ['a', 'b']],
    ['one is told of twice', ([a = '', , c = '']) => [a, a, c].map(resolved), ['b']],
    ['one is left out', ([a = '', b = '']) => [a, b].map(resolved), ['a', 'b', 'c']],
    ['one is too many', (sessions) => [...sessions, 'd'].map(resolved), ['a', 'b', 'c']],
    ['one is no object', ([a = '', b = '']) => [resolved(a), resolved(b), 'c'], ['c']],
    [
      'one has no session',
      ([a = '', b = '', c = '']) => [...[resolved(a), { ...resolved(b), sessionId: undefined }, resolved(c)]],
      ['b'],
    ],
    [
      'one has no actor',
      ([a = '', b = '', c = '']) => [...[resolved(a), { ...resolved(b), actor: undefined }, resolved(c)]],
      ['b'],
    ],
    ['there is none', () => undefined, ['a', 'b', 'c']],
  ])('where %s: whoever cannot be told apart is refused, with an alarm', async (_, callersOf, wrong) => {
    const { find, alarms } = setScene(callersOf);
    const sessions = ['a', 'b', 'c'];
    expect(await Promise.all(sessions.map((session) => codeOf(find(session))))).toEqual(
      sessions.map((session) => (wrong.includes(session) ? 'SOURCE_INVALID' : `owner of ${session}`)),
    );
    expect(alarms).toEqual(wrong.map(() => 'GATEWAY_SOURCE_INVALID'));
  });
});

test('an answer of another form than agreed is the fault of one request alone', async () => {
  const { find } = setScene(([a = '', b = '']) => [{ ...resolved(a), dependants: undefined }, resolved(b)]);
  expect(await Promise.all([codeOf(find('a')), codeOf(find('b'))])).toEqual(['no refusal', 'owner of b']);
});

describe('where accounts is not there', () => {
  test('all who ask are refused', async () => {
    const { find, fail } = setScene();
    fail(refusal('connect'));
    expect(await Promise.all([codeOf(find('a')), codeOf(find('b'))])).toEqual([
      ...['SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE'],
    ]);
  });

  test('each waits until their own deadline, and those who can wait longer are told', async () => {
    const answered = Promise.withResolvers<void>();
    const { find } = setScene(whole, () => answered.promise);
    const [soon, later] = [codeOf(find('a', NOW.getTime() + 20)), codeOf(find('b'))];
    expect(await soon).toBe('SOURCE_UNAVAILABLE');
    answered.resolve();
    expect(await later).toBe('owner of b');
  });
});
