/**
 * Whether the time of an answer tells if a number has an account: numbers that somebody has and numbers that nobody has, in turn,
 * asked of accounts in a process of its own. As a control the same with two milliseconds planted where the number is known, which
 * has to be found. Run by `npm run bench -- timing`; writes `results/timing.json`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { service } from '@dinhdanh/accounts';
import { systemClock } from '@dinhdanh/kit';
import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import { runSql, ServiceClient } from '@dinhdanh/kit/testing';
import { freePort } from '@dinhdanh/start';
import type { AccountsOrder } from '../accounts/crashes/accounts-order.ts';
import { addPerson, attempt, from } from '../accounts/service-under-test.ts';
import { Random } from '../experiments/access-log/random.ts';
import { KillableProcess } from '../harness/crashes/killable-process.ts';
import { openServiceDatabases } from '../harness/service-database.ts';
import { compareSamples } from './two-samples.ts';

const PLANTED_MS = 2;
/** What is told apart at this level counts as told. */
const LEVEL = 0.001;

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '600' } } });
const pairs = Number(values.pairs);
const random = new Random('timing');
const dice = (): number => random.next();
const callerKey = Buffer.alloc(32, 7);

type Ask = (client: ServiceClient, number: string, turn: number) => Promise<ServiceAnswer>;

/** What a stranger can ask about a number, each time from a place of its own. */
const ways: Readonly<Record<string, Ask>> = {
  'sign-in': (client, username, turn) =>
    attempt(client, { username, password: 'Wrong#Pass123' }, from(`sign-in ${turn}`)),
  activation: (client, username, turn) =>
    client.ask(
      'mutation($input: ActivateAccountInput!) { activateAccount(input: $input) { token } }',
      { input: { username, password: 'Wrong#Pass123', passcode: '739146', device: 'phone' } },
      from(`activation ${turn}`),
    ),
  beginning: (client, personalNumber, turn) =>
    client.ask(
      'mutation($input: StartRegistrationInput!) { startRegistration(input: $input) { token } }',
      { input: { kind: 'CITIZEN', personalNumber, phone: `09${String(30_000_000 + turn)}` } },
      from(`beginning ${turn}`),
    ),
};

const databases = await openServiceDatabases();
const databaseUrl = await databases.create('timing');
await service.migrate(databaseUrl);
const port = await freePort();
const child = new KillableProcess<AccountsOrder>(
  new URL('../accounts/crashes/accounts-child.ts', import.meta.url).pathname,
  { port, databaseUrl, callerKey: callerKey.toString('base64url'), early: null },
);
try {
  await child.start();
  const origin = `http://127.0.0.1:${port}`;
  const client = new ServiceClient({ origin, name: 'accounts' }, callerKey, systemClock);
  let turn = 0;
  const rows = [];
  for (const [way, ask] of Object.entries(ways)) {
    for (const plantedMs of [0, PLANTED_MS]) {
      const row = await compareKnown(client, { way, ask, plantedMs, from: (turn += 1) });
      rows.push(row);
      process.stdout.write(`${JSON.stringify(row)}\n`);
    }
  }
  await report(rows);
} finally {
  await child.kill();
  await databases.stop();
}

interface Comparison {
  readonly way: string;
  readonly ask: Ask;
  readonly plantedMs: number;
  /** Which row it is: each has numbers of its own. */
  readonly from: number;
}

async function compareKnown(client: ServiceClient, { way, ask, plantedMs, from: row }: Comparison) {
  const known = Array.from({ length: pairs }, (_, at) => numberOf(row, at, 1));
  for (const number of known)
    await addPerson({ sql: (text, given) => runSql(databaseUrl, text, given) }, { number });
  await runSql(databaseUrl, 'ANALYZE');
  const times = { known: [] as number[], unknown: [] as number[] };
  const time = async (isKnown: boolean, at: number, turn: number): Promise<void> => {
    const number = numberOf(row, at, isKnown ? 1 : 2);
    const began = performance.now();
    const answer = await ask(client, number, row * 1_000_000 + turn);
    if (isKnown && plantedMs > 0) await busy(plantedMs);
    const tookMs = performance.now() - began;
    const [error] = answer.body.errors ?? [];
    if (error !== undefined && error.extensions.code !== 'UNAUTHENTICATED')
      throw new TypeError(JSON.stringify(answer.body));
    // The first of them open connections and compile.
    if (at >= pairs / 10) times[isKnown ? 'known' : 'unknown'].push(tookMs);
  };
  for (let at = 0; at < pairs; at += 1) {
    const first = dice() < 0.5;
    await time(first, at, 2 * at);
    await time(!first, at, 2 * at + 1);
  }
  const { distance, p, medianDifference, interval } = compareSamples(times.unknown, times.known, dice);
  return {
    ...{ way, plantedMs, pairs: times.known.length },
    distance: rounded(distance),
    p: Number(p.toPrecision(3)),
    medianDifferenceMs: rounded(medianDifference),
    intervalMs: interval.map(rounded),
    isTold: p < LEVEL,
  };
}

/** Known and unknown share their first six digits, and no two pairs do more often than slows nobody down. */
function numberOf(row: number, at: number, last: 1 | 2): string {
  return `0${97 + (row % 3)}${String(100 + (at % 900))}${String(row).padStart(2, '0')}${String(Math.floor(at / 900)).padStart(3, '0')}${last}`;
}

/** Sleeping is not exact to a millisecond. */
async function busy(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) await sleep(0);
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}

async function report(rows: readonly Awaited<ReturnType<typeof compareKnown>>[]): Promise<void> {
  const result = {
    at: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    load: loadavg().map((load) => Number(load.toFixed(2))),
    level: LEVEL,
    holds: rows.every(({ isTold, plantedMs }) => isTold === plantedMs > 0),
    rows,
  };
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('timing.json', folder), `${JSON.stringify(result, null, 2)}\n`);
  const isBlind = rows.some(({ isTold, plantedMs }) => plantedMs > 0 && !isTold);
  const isLeaky = rows.some(({ isTold, plantedMs }) => plantedMs === 0 && isTold);
  if (isLeaky) process.stdout.write('time tells a known number\n');
  else if (isBlind)
    process.stdout.write('nothing is shown: a planted leak was not found, the machine is too busy\n');
  else process.stdout.write('time tells no known number, and each planted leak was found\n');
  if (!result.holds) process.exitCode = 1;
}
