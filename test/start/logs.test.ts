import type { Persona } from '@dinhdanh/people';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, readDemo, signIn } from '../harness/client.ts';
import { startFaultProxy } from '../harness/fault-proxy.ts';
import { startLyingRegistry } from '../harness/lying-registry.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { cast, persona, today } from '../harness/told-people.ts';
import { freePorts, StartProcess } from './start-process.ts';

const folders = new TemporaryFolders();
const cleanUp: (() => Promise<unknown>)[] = [];
let dataFolder = '';

beforeAll(async () => {
  dataFolder = await folders.make();
});
afterAll(async () => {
  for (const step of cleanUp.toReversed()) await step();
  await folders.remove();
});

const PROFILE = `{ person { fullName permanentResidence { text } ... on Citizen { phone email }
  passports { number } drivingLicences { number } vehicles { plate } socialInsurance { number } } }`;

/** What is somebody's: names, numbers, telephones, addresses, plates, secrets. */
function personalOf({ account, password, passcode, records }: Persona): string[] {
  const { population } = records;
  const values = [
    account.identifiers?.fullName,
    account.identifiers?.personalNumber,
    account.identifiers?.matchName,
    account.phone,
    account.email,
    password,
    passcode,
    population?.oldIdNumber,
    population?.permanentResidence?.text,
    records.socialInsurance?.number,
    ...(records.immigration?.passports ?? []).map(({ number }) => number),
    ...records.drivingLicences.map(({ number }) => number),
    ...records.vehicles.map(({ plate }) => plate),
  ];
  return values.filter((value) => value !== undefined && value !== null);
}

it('no log line and no error holds anything of a person, whatever goes wrong', async () => {
  const port = await freePorts();
  const url = `http://127.0.0.1:${port}`;
  const vehicles = await startFaultProxy(`http://127.0.0.1:${port + 4}`);
  const licences = await startLyingRegistry(`http://127.0.0.1:${port + 3}`, (truth) => ({
    body: JSON.stringify(truth).replaceAll('"holder":"', '"holder":"x'),
  }));
  cleanUp.push(vehicles.close, licences.close);
  const system = new StartProcess({
    words: ['--people', '20', '--port', String(port)],
    dataFolder,
    environment: {
      DINHDANH_LOG_LEVEL: 'info',
      DINHDANH_PEOPLE_AS_OF: today,
      VEHICLES_URL: vehicles.url,
      DRIVING_LICENCES_URL: licences.url,
      GATEWAY_DEADLINE_MS: '20000',
    },
  });
  await system.ready();
  const person = readDemo(dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json');
  const token = await signIn(url, person);
  vehicles.set({ kind: 'down' });
  const told = [
    await ask(url, PROFILE.replaceAll('vehicles { plate }', 'vehicles { plate } population: nationality'), {
      token,
    }),
    await ask(url, `{ person(number: "${person.username}") { fullName } }`, { token }),
    await ask(url, 'query($input: SignInInput!) { me { level } }', {
      token,
      variables: { input: { username: person.username } },
    }),
    await ask(url, 'mutation($input: SignInInput!) { signIn(input: $input) { token } }', {
      variables: { input: { username: person.username, password: `${person.password}x` } },
    }),
    await ask(
      url,
      `mutation { confirmPasscode(passcode: "${person.passcode.split('').toReversed().join('')}") { expiresAt } }`,
      {
        token,
      },
    ),
  ];
  const { code, out, err } = await system.stop();
  expect(code).toBe(0);
  // The control: there was much to tell.
  for (const event of [
    'SERVICE_STARTED',
    'GATEWAY_REQUEST',
    'GATEWAY_SOURCE_INVALID',
    'GATEWAY_SOURCE_FAILED',
    'ACCOUNTS_SIGN_IN_REFUSED',
  ]) {
    expect(err).toContain(event);
  }
  const lines = `${out}${err}${JSON.stringify(told.flatMap(({ errors }) => errors))}`;
  for (const value of cast.flatMap(personalOf)) expect(lines).not.toContain(value);
  expect(lines).not.toMatch(/\b09[789]\d{9}\b|node_modules|Error: /);
  expect(personalOf(persona('level2')).length).toBeGreaterThan(10);
});
