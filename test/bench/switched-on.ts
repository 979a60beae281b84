/**
 * What limits, policy, tokens, access log and telemetry add to a profile: six gateways, each a process of its own with one
 * thing more switched on than the one before, asked in turns on a core of its own. The first has none of them, and is the gateway all the same: its
 * HTTP server, reading, preparing, planning, running and writing. Beside them engine and upstream client alone behind
 * node:http. The registries answer from memory, the log is the real one on a real database. Measured is the processor time of
 * the gateway's own process for each request. `npm run bench -- switched-on [--rounds N] [--requests N] [--only a,b]
 * [--profile folder] [--beside worktree]`: writes `results/switched-on.json`; exit code 1 where the promise is not kept.
 * `--beside` asks the gateways of another worktree in the same rounds, and tells what ours cost by theirs.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SEED_TODAY } from '@dinhdanh/people';
import { KeyFolder, startSystem } from '@dinhdanh/start';
import { SYSTEM_OPTIONS } from '../harness/system-options.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { startCollector } from '../observability/collector.ts';
import { median } from './closed-loop.ts';
import { send } from './keep-alive.ts';
import { benchPeople, replayServices } from './switched-on/replayed-services.ts';
import { pinned, stayOn } from './pinned.ts';
import { PROFILE } from './profile-query.ts';
import { BASE, has, variants } from './switched-on/variants.ts';
import type { GatewayOrder, GatewayState, Variant } from './switched-on/variants.ts';

const PROMISED_RATIO = 1.33;
/** The gateways have a core of their own in turns; callers, registries, log and database share the other. */
const GATEWAY_CORE = 0;
const OTHER_CORE = 1;
/** Times a round may be begun anew, where the machine is so busy that requests fail. */
const ROUND_TRIES = 8;
const BODY = JSON.stringify({ query: PROFILE });

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '12' },
    requests: { type: 'string', default: '2000' },
    warm: { type: 'string', default: '6000' },
    callers: { type: 'string', default: '50' },
    people: { type: 'string', default: '2000' },
    only: { type: 'string', default: variants.join(',') },
    profile: { type: 'string' },
    beside: { type: 'string' },
  },
});
const chosen = variants.filter((name) => values.only.split(',').includes(name));

/** One gateway: of this worktree, or, by a name of its own, of the one beside it. */
interface Contestant {
  readonly name: string;
  readonly variant: Variant;
  readonly url: string;
  readonly child: ChildProcess;
}

/** What one round of one gateway came to. */
interface Round {
  readonly cpuMs: number;
  readonly requests: number;
  readonly p50Ms: number;
}

stayOn(OTHER_CORE);

/** Whose turn it is to ask. */
let turn = 0;
const folders = new TemporaryFolders();
const dataFolder = await folders.make();
// A database that waits for its disk, as the log's promise is about it.
const system = await startSystem({
  ...SYSTEM_OPTIONS,
  today: SEED_TODAY,
  roles: new Set(['access-log']),
  databaseSettings: [],
  webRoot: null,
  people: 1,
  gatewayUrl: 'http://127.0.0.1:9',
  accessLog: { reconcileSeconds: 3_600, graceSeconds: 3_600 },
  dataFolder,
});
const collector = await startCollector();
const keys = new KeyFolder(dataFolder);
const named = ['population', 'immigration', 'driving-licences', 'vehicles', 'social-insurance'];
const keyOf = new Map<string, Buffer>();
for (const name of named) keyOf.set(name, await keys.key(`${name}.caller`));
const everybody = benchPeople(Number(values.people));
const replayed = await replayServices(everybody, (service) => keyOf.get(service) ?? missing());
const services = { ...replayed.services, 'access-log': system.demo.services['access-log'] ?? '' };
const contestants: Contestant[] = [];
try {
  for (const variant of chosen) {
    contestants.push(await open(variant, import.meta.dirname, variant));
    if (values.beside === undefined) continue;
    contestants.push(await open(variant, resolve(values.beside, 'test/bench'), besideOf(variant)));
  }
  await sameAnswers();
  const rounds = new Map<string, Round[]>(contestants.map(({ name }) => [name, []]));
  // Everybody several times: answers are kept by then, and code compiled.
  const batches = Math.ceil(Number(values.warm) / Number(values.requests));
  for (let batch = 0; batch < batches; batch += 1) for (const each of contestants) await measure(each);
  for (const { child, name } of contestants) await profile(child, name);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const contestant of round % 2 === 0 ? contestants : contestants.toReversed()) {
      rounds.get(contestant.name)?.push(await measure(contestant));
    }
  }
  for (const { child, name } of contestants) await profile(child, name);
  await report(rounds);
} finally {
  for (const { child } of contestants) await end(child);
  await replayed.stop();
  await collector.stop();
  await system.stop();
  await folders.remove();
}

async function open(variant: Variant, folder: string, name: string): Promise<Contestant> {
  const child = pinned(join(folder, 'switched-on/gateway.ts'), GATEWAY_CORE);
  const order: GatewayOrder = { variant, services, dataFolder, collector: collector.endpoint };
  child.send(order);
  const { url } = await told<{ url: string }>(child);
  return { name, variant, url, child };
}

function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const failed = (code: number | null): void => reject(new TypeError(`a gateway ended with ${code}`));
    child.once('exit', failed);
    child.once('message', (message) => {
      child.off('exit', failed);
      resolve(message as T);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.send('end');
  await gone;
}

/** Begins or ends a profile, where one is asked for. */
async function profile(child: ChildProcess, name: string): Promise<void> {
  if (values.profile === undefined) return;
  const done = told(child);
  child.send({ file: join(values.profile, `${name}.cpuprofile`) });
  await done;
}

async function cpuOf(child: ChildProcess): Promise<number> {
  const answer = told<GatewayState>(child);
  child.send('cpu');
  return (await answer).cpuMicros / 1_000;
}

async function ask({ url, variant }: Contestant, place: number): Promise<string> {
  const person = everybody[place] ?? missing();
  const who = has(variant, 'tokens')
    ? { authorization: `Bearer ${person.session}` }
    : { 'x-subject': person.subject };
  const { status, text } = await send(`${url}/graphql`, {
    headers: { 'content-type': 'application/json', accept: 'application/json', ...who },
    body: BODY,
  });
  if (status !== 200 || text.includes('"errors"'))
    throw new TypeError(`${variant}: ${status} ${text.slice(0, 500)}`);
  return text;
}

/** What is not asked for is not measured against what is: each gateway must tell everybody the same. */
async function sameAnswers(): Promise<void> {
  for (let place = 0; place < everybody.length; place += 97) {
    const [first, ...others] = await Promise.all(contestants.map((one) => ask(one, place).then(dataOf)));
    if (first === undefined || first.includes('"fullName":null')) throw new TypeError('nobody is told of');
    if (others.some((data) => data !== first)) throw new TypeError('the answers differ');
  }
}

function dataOf(text: string): string {
  return JSON.stringify((JSON.parse(text) as { data: unknown }).data);
}

/** One round, by connections that are open: while the others were asked those of this one grew too old to be kept. */
async function measure(contestant: Contestant): Promise<Round> {
  for (let tries = 1; ; tries += 1) {
    try {
      await run(contestant, 2 * Number(values.callers));
      return await run(contestant, Number(values.requests));
    } catch (failure) {
      if (tries === ROUND_TRIES) throw failure;
      process.stderr.write(`${contestant.name}: a round begun anew\n`);
      await sleep(5_000);
    }
  }
}

async function run(contestant: Contestant, requests: number): Promise<Round> {
  const waits: number[] = [];
  const before = await cpuOf(contestant.child);
  let left = requests;
  const callers = await Promise.allSettled(
    Array.from({ length: Number(values.callers) }, async () => {
      while (left > 0) {
        left -= 1;
        const startedAt = performance.now();
        await ask(contestant, turn++ % everybody.length);
        waits.push(performance.now() - startedAt);
      }
    }),
  );
  const failed = callers.find((caller) => caller.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const cpuMs = (await cpuOf(contestant.child)) - before;
  return { cpuMs, requests: waits.length, p50Ms: median(waits) };
}

async function report(rounds: ReadonlyMap<string, readonly Round[]>): Promise<void> {
  const each = (name: string): number[] =>
    (rounds.get(name) ?? []).map(({ cpuMs, requests }) => cpuMs / requests);
  const base = each(BASE);
  const rows = chosen.map((name) => {
    const ratios = each(name).map((cpuMs, round) => cpuMs / (base[round] ?? Number.NaN));
    return {
      switchedOn: name,
      cpuMsEach: rounded(median(each(name))),
      ratio: rounded(median(ratios)),
      ratioOfEachRound: ratios.map((ratio) => rounded(ratio)),
      p50Ms: rounded(median((rounds.get(name) ?? []).map(({ p50Ms }) => p50Ms))),
      requests: (rounds.get(name) ?? []).reduce((sum, { requests }) => sum + requests, 0),
    };
  });
  // Tracing is there with its sampling; what stands before the base is no part of the sum.
  const summed = rows.filter(({ switchedOn }) => has(switchedOn, BASE));
  const added = summed.map(({ switchedOn, ratio }, at) => ({
    by: switchedOn,
    share: rounded(ratio - (summed[at - 1]?.ratio ?? 0)),
  }));
  const whole = rows.at(-1)?.ratio ?? Number.NaN;
  const kept = whole <= PROMISED_RATIO;
  const result = {
    at: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    load: loadavg().map((load) => rounded(load)),
    callers: Number(values.callers),
    promised: { ratio: PROMISED_RATIO },
    kept,
    ratio: whole,
    added,
    spansCollected: collector.spans.length,
    rows,
  };
  process.stdout.write('| switched on | CPU ms a request | × nothing |\n|---|---:|---:|\n');
  for (const { switchedOn, cpuMsEach, ratio } of rows)
    process.stdout.write(`| ${switchedOn} | ${cpuMsEach} | ${ratio} |\n`);
  if (values.beside !== undefined) compare(each);
  if (chosen.length < variants.length || values.profile !== undefined || values.beside !== undefined) return;
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('switched-on.json', folder), `${JSON.stringify(result, null, 2)}\n`);
  if (!kept) process.exitCode = 1;
}

/** What ours cost by those beside them, in rounds next to each other. */
function compare(each: (name: string) => readonly number[]): void {
  for (const name of chosen) {
    const theirs = each(besideOf(name));
    const ratio = median(each(name).map((cpuMs, round) => cpuMs / (theirs[round] ?? Number.NaN)));
    const [ours, beside] = [Math.min(...each(name)), Math.min(...theirs)];
    process.stdout.write(
      `${name}: ${rounded(ratio)} × beside; best rounds ${rounded(ours)} and ${rounded(beside)} ms\n`,
    );
  }
}

function besideOf(variant: Variant): string {
  return `${variant} beside`;
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}

function missing(): never {
  throw new TypeError('not there');
}
