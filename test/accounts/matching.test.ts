import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { matchIdentity } from '@dinhdanh/accounts/matching';
import type { IdentityMatch } from '@dinhdanh/accounts/matching';
import type { RunningGateway } from '@dinhdanh/gateway';
import { matchDocuments, signSystemToken, systemClock } from '@dinhdanh/kit';
import { runSql } from '@dinhdanh/kit/testing';
import { KeyFolder } from '@dinhdanh/start';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { noGate } from '../access-log/no-gate.ts';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import { startFaultProxy } from '../harness/fault-proxy.ts';
import type { FaultProxy } from '../harness/fault-proxy.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { persona } from '../harness/told-people.ts';

const system = inject('system');
const { citizens, staff } = readDemo(system.dataFolder);
const record = persona('level2').records.population ?? expect.unreachable('a citizen of the cast');
/** A number of the right form that nobody has. */
const NOBODYS = '099288888888';
const cleanUp: (() => Promise<unknown>)[] = [];
let systemKey: Buffer;

beforeAll(async () => {
  systemKey = await new KeyFolder(system.dataFolder).key('accounts.system');
});
afterAll(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step();
});

const declaredOf = (personalNumber: string) => ({
  personalNumber,
  fullName: record.fullName,
  dateOfBirth: record.dateOfBirth,
  sex: record.sex as 'MALE' | 'FEMALE',
  nationality: ['VNM'],
});

/** A registration as one is stored once its applicant has declared who they are; gives its id. */
async function register(personalNumber: string, state = 'OPEN'): Promise<string> {
  const id = randomUUID();
  const identity = JSON.stringify({ ...declaredOf(personalNumber), nationality: 'VNM' });
  await runSql(
    system.databaseUrls.accounts ?? '',
    `INSERT INTO registrations (id, code, state, kind, channel, level, personal_number, phone, identity, started_at, expires_at,
       received_at, activate_by)
     VALUES ($1, $1, $2::registration_state, 'CITIZEN', 'APP', 1, $3, '+84900000000', $4::jsonb, now(), now() + '1 day', now(), now())`,
    [id, state, personalNumber, identity],
  );
  return id;
}

type Declared = ReturnType<typeof declaredOf>;

/** Has a declaration compared as accounts does. */
const match = (id: string, declared: Declared, url = system.url): Promise<IdentityMatch> =>
  matchIdentity(
    { settings: { gatewayUrl: () => url, systemKey }, clock: systemClock },
    id,
    { kind: 'CITIZEN', declared },
    new AbortController().signal,
  );

/** What accounts shows the gateway: on behalf of a registration, or by its key alone. */
function tokenOf(applicant?: string): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: 'accounts', sub: 'accounts', aud: 'gateway', iat, exp: iat + 30, jti: randomUUID() };
  return signSystemToken({ ...claims, ...(applicant === undefined ? {} : { applicant }) }, systemKey);
}

const MATCH = matchDocuments.matchCitizen.text;
const askRaw = (id: string | undefined, declared: Declared, url = system.url): Promise<Answer> =>
  ask(url, MATCH, { token: tokenOf(id), variables: { declared } });

const codesOf = ({ errors }: Answer): string[] => errors.map(({ extensions }) => extensions.code);

describe('a declaration compared on behalf of a registration', () => {
  it('R28 R98: is told how far it matches, by which database, when', async () => {
    const before = Date.now();
    const matched = await match(await register(record.personalNumber), declaredOf(record.personalNumber));
    expect(matched).toMatchObject({
      level: 'FULL',
      differing: [],
      source: 'Cơ sở dữ liệu quốc gia về dân cư',
    });
    expect(matched.at.getTime()).toBeGreaterThanOrEqual(before - 1000);
    const other = { ...declaredOf(record.personalNumber), dateOfBirth: '1901-01-01' };
    expect(await match(await register(record.personalNumber), other)).toMatchObject({
      level: 'PARTIAL',
      differing: ['DATE_OF_BIRTH'],
    });
    expect(await match(await register(NOBODYS), declaredOf(NOBODYS))).toMatchObject({ level: 'NONE' });
  });

  it('no byte of the answer is a value of the record', async () => {
    const wrong = {
      ...declaredOf(record.personalNumber),
      dateOfBirth: '1901-01-01',
      sex: 'UNSPECIFIED' as 'MALE',
    };
    const { text, errors } = await askRaw(await register(record.personalNumber), wrong);
    expect(errors).toEqual([]);
    const values = new Set<string>();
    const collect = (value: unknown): void => {
      if (typeof value === 'string' && value.length > 3) values.add(value);
      if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part);
    };
    collect(record);
    expect(values.size).toBeGreaterThan(20);
    expect([...values].filter((value) => text.includes(value))).toEqual([]);
  });

  it('is refused for a number that the registration does not declare, and for one that is withdrawn or none', async () => {
    const declared = declaredOf(record.personalNumber);
    for (const id of [
      await register(NOBODYS),
      await register(record.personalNumber, 'WITHDRAWN'),
      await register(record.personalNumber, 'ACTIVATED'),
      randomUUID(),
    ])
      await expect(match(id, declared)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });

  it('is refused to accounts by its key alone, and to its owner', async () => {
    const declared = declaredOf(record.personalNumber);
    expect(codesOf(await askRaw(undefined, declared))).toEqual(['NOT_PERMITTED']);
    const token = await signIn(system.url, citizens['level2'] ?? expect.unreachable('in demo.json'));
    expect(codesOf(await ask(system.url, MATCH, { token, variables: { declared } }))).toEqual([
      'NOT_PERMITTED',
    ]);
  });

  it('is all that the applicant is told: a profile is refused before a registry is asked', async () => {
    const id = await register(record.personalNumber);
    const asked = '{ person { fullName personalNumber identityCard { cardNumber } } me { status } }';
    const answer = await ask(system.url, asked, { token: tokenOf(id) });
    expect(new Set(codesOf(answer))).toEqual(new Set(['NOT_PERMITTED']));
    const served = await runSql(
      system.databaseUrls.population ?? '',
      `SELECT call_id FROM served WHERE call_id LIKE $1`,
      [`${String(answer.extensions['requestId'])}.%`],
    );
    expect(served).toEqual([]);
  });
});

const SEARCH = `query($id: String!) { accessLog(filter: { requestId: $id }) { nodes {
  event claims sources refusal outcome purpose legalBasis subjects actor { kind name id } } } }`;

/** The entries of a request as an auditor sees them, without what tells two persons apart. */
async function entriesOf({ extensions }: Answer): Promise<unknown> {
  const token = await signIn(system.url, staff['auditor'] ?? expect.unreachable('in demo.json'));
  const answer = await ask(system.url, SEARCH, {
    token,
    headers: { 'case-reference': 'KT/match-1' },
    variables: { id: extensions['requestId'] },
  });
  const nodes = at(answer.data, 'accessLog', 'nodes') as { subjects: string[]; actor: { id: string } }[];
  return nodes.map((node) => ({
    ...node,
    subjects: node.subjects.map(({ length }) => length),
    actor: { ...node.actor, id: node.actor.id.length },
    isOwn: node.subjects.includes(node.actor.id),
  }));
}

describe('the access log', () => {
  it('R98: has an entry of each comparison, the same for a number that nobody has', async () => {
    const told = [];
    for (const number of [record.personalNumber, NOBODYS]) {
      const guess = { ...declaredOf(number), fullName: 'Trần Thị Đoán', dateOfBirth: '1901' };
      const answer = await askRaw(await register(number), guess);
      const { requestId: _, accessReceipt: _receipt, ...rest } = answer.extensions;
      const data = JSON.stringify(answer.data).replace(/"fetchedAt":"[^"]*"/, '');
      told.push({ data, status: answer.status, rest, entries: await entriesOf(answer) });
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.entries).toEqual([
      {
        event: 'READ',
        claims: ['registration.match'],
        sources: ['population'],
        refusal: null,
        outcome: 'RELEASED',
        purpose: 'registration',
        legalBasis: 'Decree 69/2024/NĐ-CP, art. 10',
        subjects: [43],
        actor: { kind: 'APPLICANT', name: null, id: 43 },
        isOwn: false,
      },
    ]);
  });

  it('tells the owner of the number that somebody tried to register with it, as a reading by another', async () => {
    const token = await signIn(system.url, citizens['level2'] ?? expect.unreachable('in demo.json'));
    const history = async (): Promise<Record<string, unknown>[]> => {
      const query = `{ accessHistory(first: 50, others: true) {
        nodes { index mine event outcome claims sources purpose legalBasis actor { kind name } } } }`;
      const { data } = await ask(system.url, query, { token });
      const nodes = at(data, 'accessHistory', 'nodes') as Record<string, unknown>[];
      return nodes.filter(({ purpose }) => purpose === 'registration');
    };
    const before = await history();
    await match(await register(record.personalNumber), declaredOf(record.personalNumber));
    const [newest, ...others] = await history();
    expect(others).toHaveLength(before.length);
    expect(newest).toMatchObject({
      mine: false,
      event: 'READ',
      outcome: 'RELEASED',
      claims: ['registration.match'],
      sources: ['population'],
      legalBasis: 'Decree 69/2024/NĐ-CP, art. 10',
      actor: { kind: 'APPLICANT', name: null },
    });
    const notices = await ask(system.url, '{ accessNotices { nodes { index } } }', { token });
    const shown = at(notices.data, 'accessNotices', 'nodes') as { index: number }[];
    expect(shown.map(({ index }) => index)).toContain(newest?.['index']);
  });

  it('lacks no comparison that a registry has served; a gateway that writes none down raises the alarm', async () => {
    const declared = declaredOf(record.personalNumber);
    const honest = await askRaw(await register(record.personalNumber), declared);
    const gateway = await openGateway({ accessLog: noGate });
    const silent = await askRaw(await register(record.personalNumber), declared, gateway.url);
    expect([codesOf(honest), codesOf(silent)]).toEqual([[], []]);
    const ids = [honest, silent].map(({ extensions }) => String(extensions['requestId']));
    const alarms = async (): Promise<unknown[]> => {
      const rows = await runSql<{ request: string; service: string }>(
        system.databaseUrls['access-log'] ?? '',
        `SELECT request_id AS request, service FROM alerts WHERE kind = 'SERVED_NOT_LOGGED' AND request_id = ANY ($1)`,
        [ids],
      );
      return rows.map(({ request, service }) => [request, service]);
    };
    await expect.poll(alarms, { timeout: 60_000, interval: 500 }).toEqual([[ids[1], 'population']]);
  });
});

async function openGateway(given: Parameters<typeof startGatewayUnderTest>[1]): Promise<RunningGateway> {
  const gateway = await startGatewayUnderTest(system, given);
  cleanUp.push(gateway.stop);
  return gateway;
}

async function openProxy(service: string): Promise<FaultProxy> {
  const proxy = await startFaultProxy(system.services[service] ?? '');
  cleanUp.push(proxy.close);
  return proxy;
}

describe('what is away', () => {
  it.each([
    ['population', { code: 'SOURCE_UNAVAILABLE', detail: { source: 'population' } }],
    ['accounts', { code: 'SOURCE_UNAVAILABLE', detail: { source: 'accounts' } }],
    ['access-log', { code: 'ACCESS_LOG_UNAVAILABLE' }],
  ])('%s: refused with its code, and compared once it is back', async (service, refusal) => {
    const proxy = await openProxy(service);
    const gateway = await openGateway({
      services: { [service]: proxy.url },
      settings: { deadlineMs: 2_000, concurrentRequests: 100 },
    });
    const id = await register(record.personalNumber);
    proxy.set({ kind: 'down' });
    await expect(match(id, declaredOf(record.personalNumber), gateway.url)).rejects.toMatchObject(refusal);
    proxy.set({ kind: 'none' });
    await expect
      .poll(() => match(id, declaredOf(record.personalNumber), gateway.url).catch(() => null), {
        timeout: 30_000,
        interval: 1_500,
      })
      .toMatchObject({ level: 'FULL' });
  });

  it('the gateway itself: refused as worth another try, and what is under way ends when it is told to', async () => {
    const room = { settings: { gatewayUrl: () => 'http://127.0.0.1:1', systemKey }, clock: systemClock };
    const declaration = { kind: 'CITIZEN', declared: declaredOf(NOBODYS) } as const;
    const asked = matchIdentity(room, randomUUID(), declaration, new AbortController().signal);
    await expect(asked).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      detail: { source: 'population' },
    });
    const unknown = { settings: { gatewayUrl: () => null, systemKey }, clock: systemClock };
    await expect(
      matchIdentity(unknown, randomUUID(), declaration, new AbortController().signal),
    ).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    const hole = await openProxy('population');
    hole.set({ kind: 'blackhole' });
    const ending = new AbortController();
    const startedAt = performance.now();
    const waiting = matchIdentity(
      { ...room, settings: { gatewayUrl: () => hole.url, systemKey } },
      randomUUID(),
      declaration,
      ending.signal,
    );
    await Promise.all([
      expect(waiting).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' }),
      sleep(200).then(() => ending.abort()),
    ]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
