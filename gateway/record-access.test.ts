import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, sessionIdOf } from '@dinhdanh/kit';
import { describe, expect, test } from 'vitest';
import type { AppendEntries } from './gateway.ts';
import { ORIGIN } from './fixtures/fake-log.ts';
import type { LoggedEntry } from './fixtures/fake-log.ts';
import { SELF, sessions, setScene, systemToken, WARD } from './fixtures/scene.ts';
import type { Answer, Scene } from './fixtures/scene.ts';

const PROFILE = '{ person { fullName sex ageOver(years: 18) } }';

/** What matters of entries. */
const told = (entries: readonly LoggedEntry[]): unknown[] =>
  entries.map(({ event, claims, sources, refusal }) => ({ event, claims, sources, refusal }));

/** Whether every answer with data has an entry of its request that says so: what the gate is for. */
function unlogged({ extensions, data }: Answer, { log }: Pick<Scene, 'log'>): boolean {
  const { requestId } = extensions as { requestId: string };
  const hasData =
    JSON.stringify(data ?? null).includes(':') && !/^\{("\w+":null,?)+\}$/.test(JSON.stringify(data));
  return hasData && !log.entries.some((entry) => entry.requestId === requestId && entry.refusal === null);
}

describe('what is released is written down first', () => {
  test('the entry names who, whose, which claims and which sources; the answer says where it stands', async () => {
    const scene = await setScene();
    const answer = await scene.ask(PROFILE, { headers: { 'dinhdanh-device': 'phone-1' } });
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({ person: { fullName: 'NGUYỄN VĂN AN', sex: 'MALE', ageOver: true } });
    expect(answer.extensions).toMatchObject({
      accessReceipt: { origin: ORIGIN, index: 0, leafHash: Buffer.alloc(32, 0).toString('base64') },
    });
    expect(scene.log.entries).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        event: 'intent',
        actor: { kind: 'person', number: SELF, session: sessionIdOf(sessions.person) },
        subjects: [SELF],
        purpose: 'own_data',
        legalBasis: 'Law 91/2025/QH15, art. 4',
        consentId: null,
        caseId: null,
        claims: ['age.over(years:18)', 'identity.basic'],
        sources: ['population'],
        refusal: null,
        operationHash: expect.stringMatching(/^[\w-]{43}$/),
        policyVersion: expect.stringMatching(/^\d+-[a-p]{24}$/),
        requestId: answer.extensions['requestId'],
        level: 2,
        completes: null,
        detail: {
          fields: ['Person.ageOver', 'Person.fullName', 'Person.sex'],
          address: expect.stringMatching(/^[\w-]{22}$/),
          device: 'phone-1',
        },
      },
    ]);
    expect(JSON.stringify(scene.log.entries)).not.toContain('NGUYỄN');
  });

  test('not a byte of the answer leaves before the log has it on disk', async () => {
    const scene = await setScene();
    let isWritten = false;
    scene.log.delayMs = 150;
    scene.log.onAppend = () => (isWritten = true);
    const response = fetch(`${scene.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${sessions.person}` },
      body: JSON.stringify({ query: PROFILE }),
    }).then(() => isWritten);
    expect(await response).toBe(true);
  });

  test('what a guardian reads of wards and what of themself are told apart', async () => {
    const scene = await setScene();
    const session = sessions.guardian;
    await scene.ask('{ me { dependants { person { fullName } } } }', { session });
    await scene.ask('{ person { fullName } me { dependants { person { sex } } } }', { session });
    expect(scene.log.entries.map(({ actor, subjects, sources }) => ({ actor, subjects, sources }))).toEqual([
      {
        actor: { kind: 'representative', number: SELF, session: sessionIdOf(sessions.guardian) },
        subjects: [WARD],
        sources: ['accounts', 'population'],
      },
      {
        actor: { kind: 'person', number: SELF, session: sessionIdOf(sessions.guardian) },
        subjects: [SELF],
        sources: ['accounts', 'population'],
      },
      {
        actor: { kind: 'representative', number: SELF, session: sessionIdOf(sessions.guardian) },
        subjects: [WARD],
        sources: ['accounts', 'population'],
      },
    ]);
  });

  test('a mutation that answers with data is written down like a query', async () => {
    const scene = await setScene();
    await scene.ask('mutation { lockAccount(reason: OWNER_REQUEST) { status } }');
    expect(told(scene.log.entries)).toEqual([
      { event: 'intent', claims: ['account.status'], sources: ['accounts'], refusal: null },
    ]);
  });

  test('what touches nobody’s record writes nothing: signing in and out, the schema, strangers', async () => {
    const scene = await setScene();
    const input = { username: 'a', password: 'b' };
    const signIn = 'mutation($input: SignInInput!) { signIn(input: $input) { token } }';
    expect((await scene.ask(signIn, { session: null, variables: { input } })).status).toBe(200);
    expect((await scene.ask('mutation { signOut }')).data).toEqual({ signOut: true });
    expect((await scene.ask('{ __schema { queryType { name } } }')).errors).toEqual([]);
    expect((await scene.ask(PROFILE, { session: null })).status).toBe(401);
    expect(scene.log.calls).toEqual([]);
  });

  test('the operation’s hash tells operations apart and gives no literal of theirs away', async () => {
    const scene = await setScene();
    for (const years of [18, 60]) await scene.ask(`{ person { ageOver(years: ${years}) } }`);
    await scene.ask('{ person { sex } }');
    const [one, other, third] = scene.log.entries.map(({ operationHash }) => operationHash);
    expect(one).toBe(other);
    expect(third).not.toBe(one);
  });
});

describe('what is refused is written down too', () => {
  test('by policy: one entry a code, beside that of what was released', async () => {
    const scene = await setScene();
    const answer = await scene.ask('{ person { fullName ... on Citizen { religion deathDate } } }');
    expect(answer.errors.map(({ extensions }) => extensions.code).toSorted()).toEqual([
      'NOT_PERMITTED',
      'PASSCODE_REQUIRED',
    ]);
    expect(told(scene.log.entries)).toEqual([
      { event: 'intent', claims: ['identity.basic'], sources: ['population'], refusal: null },
      {
        event: 'denied',
        claims: ['identity.kind', 'sensitive.religion'],
        sources: [],
        refusal: 'PASSCODE_REQUIRED',
      },
      { event: 'denied', claims: expect.any(Array), sources: [], refusal: 'NOT_PERMITTED' },
    ]);
  });

  test('all of it: no source is asked, and there is no receipt', async () => {
    const scene = await setScene();
    const answer = await scene.ask(PROFILE, { session: sessions.locked });
    expect(answer.extensions['accessReceipt']).toBeUndefined();
    expect(scene.population.calls).toEqual([]);
    expect(told(scene.log.entries)).toEqual([
      {
        event: 'denied',
        claims: ['age.over(years:18)', 'identity.basic'],
        sources: [],
        refusal: 'ACCOUNT_LOCKED',
      },
    ]);
  });

  test('by a source that is down: it was asked, and nothing was released', async () => {
    const scene = await setScene();
    scene.population.broken = true;
    await scene.ask(PROFILE);
    expect(told(scene.log.entries)).toEqual([
      { event: 'denied', claims: [], sources: ['population'], refusal: 'SOURCE_UNAVAILABLE' },
    ]);
  });

  test('in part: what the source that is down would have brought is not among the claims, the source is', async () => {
    const scene = await setScene();
    scene.population.broken = true;
    await scene.ask('{ me { status } person { fullName } }');
    expect(told(scene.log.entries)).toEqual([
      { event: 'intent', claims: ['account.status'], sources: ['accounts', 'population'], refusal: null },
    ]);
  });
});

describe('our own services', () => {
  const CHANGES = '{ populationChanges { nodes { cursor kind } pageInfo { hasNextPage } } }';

  test('a page of changes is written down, an empty one is not', async () => {
    const scene = await setScene();
    const headers = (): Record<string, string> => ({ authorization: `Bearer ${systemToken()}` });
    expect((await scene.ask(CHANGES, { session: null, headers: headers() })).errors).toEqual([]);
    expect(scene.log.entries).toEqual([]);
    scene.changes.push({ cursor: '1', kind: 'PERSON_CORRECTED' });
    await scene.ask(CHANGES, { session: null, headers: headers() });
    expect(scene.log.entries).toMatchObject([
      {
        event: 'intent',
        actor: { kind: 'system', id: 'accounts', session: null },
        subjects: [],
        claims: ['system.changes'],
        sources: ['population'],
        purpose: 'registry_changes',
      },
    ]);
  });
});

describe('auditors', () => {
  const SEARCH = '{ accessLog { pageInfo { hasNextPage } nodes { index claims caseId } } }';
  const session = sessions.auditor;

  test('name a case, or are told that they must; the attempt is written down', async () => {
    const scene = await setScene();
    const answer = await scene.ask(SEARCH, { session });
    expect(answer.errors[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      reason: 'CASE_REQUIRED',
      field: 'case-reference',
    });
    expect(scene.log.asked).toEqual([]);
    expect(scene.log.entries).toMatchObject([
      {
        event: 'denied',
        refusal: 'BAD_USER_INPUT',
        caseId: null,
        claims: ['access.audit', 'access.history'],
      },
    ]);
  });

  test('read the log under it: the case travels in the token and stands in the entry, with whom they looked for', async () => {
    const scene = await setScene();
    const pseudonym = 'A'.repeat(43);
    scene.log.searched = `${pseudonym},not-a-pseudonym`;
    const headers = { 'case-reference': 'TT/2026-0042' };
    const answer = await scene.ask(SEARCH, { session, headers });
    expect(answer.errors).toEqual([]);
    expect(scene.log.asked[0]).toMatchObject({
      case: 'TT/2026-0042',
      act: { kind: 'auditor' },
      subjects: [],
    });
    expect(scene.log.entries).toMatchObject([
      {
        event: 'audit-read',
        actor: { kind: 'auditor', id: 'staff-auditor' },
        caseId: 'TT/2026-0042',
        pseudonyms: [pseudonym],
        subjects: [],
        purpose: 'audit_complaint',
        sources: ['access-log'],
      },
    ]);
    expect(answer.headers.get('access-subjects')).toBeNull();
    expect(answer.headers.get('access-reason')).toBeNull();
  });

  test.each(['a', '-abc', 'a b c', '097190000011', `x${'1'.repeat(64)}`])(
    'a case named %j is refused before anything is done',
    async (reference) => {
      const scene = await setScene();
      const { status, errors } = await scene.ask(SEARCH, {
        session,
        headers: { 'case-reference': reference },
      });
      expect([status, errors[0]?.extensions['reason']]).toEqual([400, 'CASE_INVALID']);
      expect(scene.log.calls).toEqual([]);
    },
  );

  test('read nobody’s data, and others read no log', async () => {
    const scene = await setScene();
    const headers = { 'case-reference': 'TT-1' };
    const denied = async (query: string, who: string): Promise<string[]> =>
      (await scene.ask(query, { session: who, headers })).errors.map(({ extensions }) => extensions.code);
    expect(await denied(PROFILE, sessions.auditor)).toEqual(['NOT_PERMITTED']);
    expect(await denied('{ accessHistory { nodes { index } } }', sessions.auditor)).toEqual([
      'NOT_PERMITTED',
    ]);
    for (const who of [sessions.person, sessions.officer])
      expect(await denied(SEARCH, who)).toEqual(['NOT_PERMITTED']);
    expect(await denied('{ accessHistory { nodes { index } } }', sessions.person)).toEqual([]);
    expect(await denied('{ accessHistory { nodes { caseId } } }', sessions.person)).toEqual([
      'NOT_PERMITTED',
    ]);
    // What no auditor or officer sends is no case.
    expect(scene.log.entries.filter(({ caseId }) => caseId !== null).map(({ actor }) => actor)).toMatchObject(
      Array.from({ length: 3 }, () => ({ id: expect.stringMatching(/^staff-/) })),
    );
  });
});

describe('while the log is known to be away', () => {
  const away: AppendEntries = {
    append: () => Promise.reject(new AppError('ACCESS_LOG_UNAVAILABLE')),
    remember: () => undefined,
    isAway: () => true,
    unwritten: () => 0,
    close: () => Promise.resolve(),
  };

  test('nothing is read, but what ends the reading of others is done, and told of by no word', async () => {
    const scene = await setScene({ accessLog: away });
    expect((await scene.ask(PROFILE)).status).toBe(503);
    expect(scene.population.calls).toEqual([]);
    const locking = 'mutation { lockAccount(reason: OWNER_REQUEST) { status } }';
    const answer = await scene.ask(locking);
    expect([answer.status, answer.data ?? null]).toEqual([503, null]);
    expect(scene.accounts.calls).toHaveLength(1);
    const both = `mutation { lockAccount(reason: OWNER_REQUEST) { status } confirmPasscode(passcode: "402917") { expiresAt } }`;
    expect((await scene.ask(both)).status).toBe(503);
    expect(scene.accounts.calls).toHaveLength(1);
  });
});

describe('a gateway whose gate was taken out', () => {
  const noGate: AppendEntries = {
    append: () => Promise.resolve([]),
    remember: () => undefined,
    isAway: () => false,
    unwritten: () => 0,
    close: () => Promise.resolve(),
  };

  test('answers without an entry, and this test’s own eyes see it', async () => {
    const [gated, open] = [await setScene(), await setScene({ accessLog: noGate })];
    const answers = [await gated.ask(PROFILE), await open.ask(PROFILE)] as const;
    expect(answers[0].data).toEqual(answers[1].data);
    expect(unlogged(answers[0], gated)).toBe(false);
    expect(unlogged(answers[1], open)).toBe(true);
    expect(answers[1].extensions['accessReceipt']).toBeUndefined();
  });

  test('answers from a log that is away, where the gate refuses', async () => {
    const [gated, open] = [await setScene(), await setScene({ accessLog: noGate })];
    for (const { log } of [gated, open]) log.mood = 'full';
    expect((await gated.ask(PROFILE)).status).toBe(503);
    expect((await open.ask(PROFILE)).status).toBe(200);
    await sleep(10);
    expect(open.log.entries).toEqual([]);
  });
});
