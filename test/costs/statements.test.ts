import { serviceNames, startSystem } from '@dinhdanh/start';
import type { System } from '@dinhdanh/start';
import type { RunningGateway } from '@dinhdanh/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, at, signIn } from '../harness/client.ts';
import type { Answer } from '../harness/client.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { untilQuiet } from '../harness/service-database.ts';
import { SYSTEM_OPTIONS } from '../harness/system-options.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { countCosts, prepareCounting } from './count-costs.ts';
import type { Costs, CountedSystem } from './count-costs.ts';
import { profileRequests, WHOLE } from './profile-requests.ts';

// A system of its own: what other tests ask must not be counted. Accounts is told of no gateway, so it looks for no
// changes meanwhile.
const folders = new TemporaryFolders();
const requests = profileRequests();
let system: System;
let gateway: RunningGateway;
let counted: CountedSystem;

beforeAll(async () => {
  const dataFolder = await folders.make();
  system = await startSystem({
    ...SYSTEM_OPTIONS,
    ...{ dataFolder, people: 20, roles: new Set(serviceNames) },
    // Nor for messages or registrations: nothing is put in.
    accounts: { pollSeconds: 3_600, messagePollSeconds: 3_600 },
  });
  const { services } = system.demo;
  const { databaseUrls } = system;
  const front = { url: '', services, databaseUrls, dataFolder };
  gateway = await startGatewayUnderTest(front, { settings: SYSTEM_OPTIONS.gateway ?? {} });
  counted = { gatewayUrl: gateway.url, databaseUrls };
  await prepareCounting(counted);
});
afterAll(async () => {
  await gateway.stop();
  await system.stop();
  await folders.remove();
});

const tokens = new Map<string, string>();

/** A session of a persona, opened once; what signing in leaves to be done afterwards has been done. */
async function signedIn(name: string): Promise<string> {
  const known = tokens.get(name);
  if (known !== undefined) return known;
  const token = await signIn(gateway.url, system.demo.citizens[name] ?? expect.unreachable(name));
  await untilQuiet(system.databaseUrls.accounts ?? expect.unreachable('a database each'));
  tokens.set(name, token);
  return token;
}

async function costsOf(
  persona: string,
  query: string,
): Promise<{ readonly answer: Answer; readonly costs: Costs }> {
  const token = await signedIn(persona);
  let answer: Answer | undefined;
  const costs = await countCosts(counted, async () => {
    answer = await ask(gateway.url, query, { token });
  });
  expect(answer?.errors).toEqual([]);
  return { answer: answer ?? expect.unreachable(), costs };
}

/** What one request may cost, whatever it asks: a table is read once, what was served is written once. */
function expectFlat({ statements, calls }: Costs, callsToAccounts = 1): void {
  const { accounts, 'access-log': accessLog, ...registries } = statements;
  expect(calls['accounts']).toBe(callsToAccounts);
  // The log's own upkeep goes on meanwhile; of the request, it is told once and writes once.
  expect(calls['access-log-append']).toBe(1);
  expect(accessLog?.inserts['entries']).toBe(1);
  expect(accounts).toBeDefined();
  for (const [registry, { total, byTable }] of Object.entries(registries)) {
    expect(calls[registry], `calls of ${registry}`).toBe(1);
    expect(Math.max(...Object.values(byTable)), `statements of ${registry}: ${JSON.stringify(byTable)}`).toBe(
      1,
    );
    expect(byTable['served'], registry).toBe(1);
    // One a table and no more: no transaction is opened for reading.
    expect(total, registry).toBe(Object.keys(byTable).length);
  }
  const asked = Object.keys(registries).concat('access-log-append', 'accounts');
  expect(Object.keys(calls).toSorted()).toEqual(asked.toSorted());
}

describe('a request for a profile costs one statement a table, one call a registry and one look-up of the caller', () => {
  it.each([...requests])('%s', async (_name, query) => {
    const { costs } = await costsOf('level2', query);
    expectFlat(costs);
    expect(costs.statements['accounts']?.total).toBe(1);
  });
});

describe('a profile costs the same with 100 vehicles as with one', () => {
  it.each(['vehicles', WHOLE])('%s', async (name) => {
    const query = requests.get(name) ?? expect.unreachable(name);
    const few = await costsOf('level2', query);
    const many = await costsOf('fleet', query);
    const vehicles = ({ answer }: typeof few) => at(answer.data, 'person', 'vehicles') as readonly unknown[];
    expect(vehicles(many).length).toBeGreaterThanOrEqual(100);
    expect(vehicles(few).length).toBeLessThan(5);
    expectFlat(many.costs);
    expect(many.costs.calls).toEqual(few.costs.calls);
    expect(many.costs.statements['vehicles']).toEqual(few.costs.statements['vehicles']);
  });
});

describe('a guardian reads several persons and documents in one request', () => {
  it('at one statement a table and one call a registry', async () => {
    const { answer, costs } = await costsOf(
      'guardian',
      `{ me {
        dependants { person { fullName permanentResidence { text } healthInsurance { number } } }
        linkedDocuments { document { __typename } }
      } }`,
    );
    expect((at(answer.data, 'me', 'dependants') as readonly unknown[]).length).toBeGreaterThan(1);
    expectFlat(costs, 2);
  });
});
