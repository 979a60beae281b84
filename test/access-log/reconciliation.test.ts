import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningGateway } from '@dinhdanh/gateway';
import { systemClock } from '@dinhdanh/kit';
import { RecordingLog, runSql, ServiceClient } from '@dinhdanh/kit/testing';
import { KeyFolder } from '@dinhdanh/start';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { PROFILE, REGISTRIES } from '../faults/profile-query.ts';
import { ask, readDemo, signIn } from '../harness/client.ts';
import { startFaultProxy } from '../harness/fault-proxy.ts';
import type { Fault, FaultProxy } from '../harness/fault-proxy.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { persona } from '../harness/told-people.ts';
import { callerOf } from '../registries/registry-under-test.ts';
import { subjectOfPersona } from '../registries/registry-records.ts';
import { noGate } from './no-gate.ts';

const system = inject('system');
const { citizens, staff } = readDemo(system.dataFolder);
const patienceMs = 90_000;

interface AlertRow extends Record<string, unknown> {
  readonly request: string;
  readonly service: string;
}

/** The alerts of these requests: `request service`, sorted. */
async function alertsOf(requests: readonly string[]): Promise<string[]> {
  const rows = await runSql<AlertRow>(
    system.databaseUrls['access-log'] ?? '',
    `SELECT request_id AS request, service FROM alerts WHERE kind = 'SERVED_NOT_LOGGED' AND request_id = ANY ($1)`,
    [requests],
  );
  return rows.map(({ request, service }) => `${request} ${service}`).toSorted();
}

/** Waits until so many alerts of these requests are there, or patience is out. */
async function awaitAlerts(requests: readonly string[], count: number): Promise<string[]> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = await alertsOf(requests);
    if (found.length >= count || performance.now() > end) return found;
    await sleep(200);
  }
}

const cleanUp: (() => Promise<void>)[] = [];
const tokens = new Map<string, string>();
const tokenOf = (who: string): string => tokens.get(who) ?? expect.unreachable('signed in');
const requestOf = (extensions: Readonly<Record<string, unknown>>): string => String(extensions['requestId']);

beforeAll(async () => {
  for (const who of ['level1', 'level2', 'guardian']) {
    tokens.set(
      who,
      await signIn(system.url, citizens[who] ?? expect.unreachable('in demo.json'), who === 'level2'),
    );
  }
  tokens.set('auditor', await signIn(system.url, staff['auditor'] ?? expect.unreachable('in demo.json')));
});

afterAll(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step();
});

async function openGateway(given: Parameters<typeof startGatewayUnderTest>[1]): Promise<RunningGateway> {
  const gateway = await startGatewayUnderTest(system, given);
  cleanUp.push(gateway.stop);
  return gateway;
}

/** What an honest day brings: who asks what, and whether they wait for the answer. */
const requests: readonly { who: string; query: string; hangsUp?: boolean }[] = [
  { who: 'level2', query: PROFILE },
  {
    who: 'level2',
    query: '{ me { level dependants { relation person { fullName } } } person { vehicles { plate } } }',
  },
  { who: 'level2', query: '{ accessHistory(first: 3) { nodes { index } } }' },
  { who: 'level1', query: PROFILE },
  { who: 'level1', query: '{ me { status } person { fullName drivingLicences { source { database } } } }' },
  { who: 'guardian', query: '{ me { dependants { person { fullName healthInsurance { number } } } } }' },
  { who: 'guardian', query: '{ person { ... on Citizen { religion } } }' },
  { who: 'auditor', query: '{ accessLog(first: 3) { nodes { index } } }' },
  { who: 'auditor', query: '{ me { kind staffRole } person { fullName } }' },
  { who: 'level2', query: PROFILE, hangsUp: true },
  { who: 'guardian', query: '{ me { linkedDocuments { kind document { __typename } } } }', hangsUp: true },
];

const faults: readonly Fault[] = [
  { kind: 'none' },
  { kind: 'down' },
  { kind: 'none' },
  { kind: 'truncate', afterBytes: 220 },
  { kind: 'latency', ms: 80 },
  { kind: 'blackhole' },
];

async function send(url: string, number: number): Promise<void> {
  const { who, query, hangsUp } = requests[number % requests.length] ?? expect.unreachable('a request');
  const response = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${tokenOf(who)}`,
      ...(who === 'auditor' ? { 'case-reference': 'TT-2026/11' } : {}),
    },
    body: JSON.stringify({ query }),
    ...(hangsUp === true ? { signal: AbortSignal.timeout((number * 7) % 60) } : {}),
  });
  await response.then((answer) => answer.arrayBuffer()).catch(() => undefined);
}

describe('an honest gateway', () => {
  const log = new RecordingLog();
  const honest: string[] = [];

  it('is never blamed: hundreds of requests, answered, denied, with broken registries and clients that hang up', async () => {
    const proxies: FaultProxy[] = [];
    const services: Record<string, string> = {};
    for (const registry of ['vehicles', 'immigration']) {
      const proxy = await startFaultProxy(system.services[registry] ?? '');
      cleanUp.push(proxy.close);
      proxies.push(proxy);
      services[registry] = proxy.url;
    }
    const gateway = await openGateway({
      services,
      log,
      // Well under the grace: what is late on a busy machine is named as missing, and its entry is there in time.
      settings: { deadlineMs: 1_500, requestsPerMinute: 100_000 },
    });
    let next = 0;
    const client = async (): Promise<void> => {
      for (let number = next++; number < 264; number = next++) {
        if (number % 20 === 0)
          for (const proxy of proxies) proxy.set(faults[(number / 20) % faults.length] ?? { kind: 'none' });
        await send(gateway.url, number);
      }
    };
    await Promise.all(Array.from({ length: 6 }, client));
    for (const proxy of proxies) proxy.set({ kind: 'none' });
    for (const { fields } of log.lines) if (fields.requestId !== undefined) honest.push(fields.requestId);
    expect(new Set(honest).size).toBeGreaterThan(240);
    const entries = await runSql<{ outcome: string; count: string }>(
      system.databaseUrls['access-log'] ?? '',
      `SELECT outcome, count(*) FROM entries JOIN facets ON facets.id = facet WHERE request_id = ANY ($1) GROUP BY outcome`,
      [honest],
    );
    expect(entries.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['released', 'refused']));
  });

  it('and one whose gate was taken out is: one alert for each request and each service that was asked', async () => {
    const gateway = await openGateway({ accessLog: noGate });
    const unlogged: string[] = [];
    for (let number = 0; number < 12; number += 1) {
      const { extensions, errors } = await ask(gateway.url, PROFILE, { token: tokenOf('level2') });
      expect(errors).toEqual([]);
      unlogged.push(requestOf(extensions));
    }
    const expected = unlogged
      .flatMap((request) => REGISTRIES.map((registry) => `${request} ${registry}`))
      .toSorted();
    expect(await awaitAlerts(unlogged, expected.length)).toEqual(expected);
    // Whoever was served before them has been judged by now.
    expect(await alertsOf(honest)).toEqual([]);
  });

  it('and so is whoever has a registry’s key, though their token names no claim', async () => {
    const key = await new KeyFolder(system.dataFolder).key('population.caller');
    const client = new ServiceClient(
      { origin: system.services['population'] ?? '', name: 'population' },
      key,
      systemClock,
    );
    const owner = subjectOfPersona(persona('level2'));
    const request = randomUUID();
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { fullName } } }';
    const representations = { r: [{ __typename: 'Citizen', subject: owner.subject }] };
    // A token that names no claim: the registry reads the operation, not the token.
    const { body } = await client.ask(query, representations, {
      ...callerOf(owner),
      claims: [],
      jti: `${request}.0.0`,
    });
    expect(body.errors).toBeUndefined();
    expect(await awaitAlerts([request], 1)).toEqual([`${request} population`]);
  });
});

describe('what services have served', () => {
  const roots = [
    'populationServed',
    'immigrationServed',
    'drivingLicencesServed',
    'vehiclesServed',
    'socialInsuranceServed',
    'accountsServed',
    'accessLogServed',
  ];

  it.each(['level2', 'auditor'])('is not told to %s', async (who) => {
    const query = `{ ${roots.map((root) => `${root} { nodes { callId } }`).join(' ')} }`;
    const answer = await ask(system.url, query, { token: tokenOf(who) });
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(roots.map(() => 'NOT_PERMITTED'));
    expect(JSON.stringify(answer.data)).not.toContain('callId');
  });

  it('is held to the end of every service’s list', async () => {
    const rows = await runSql<{ service: string; late: boolean }>(
      system.databaseUrls['access-log'] ?? '',
      `SELECT service, read_at < now() - interval '2 minutes' AS late FROM served_positions ORDER BY service`,
    );
    expect(rows).toEqual(
      Object.keys(system.services)
        .toSorted()
        .map((service) => ({ service, late: false })),
    );
  });
});
