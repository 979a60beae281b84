/**
 * What limits, policy, tokens, access log and telemetry add to a profile: six gateways, each a process of its own with one
 * thing more switched on than the one before, asked in turns on a core of its own. The first has none of them, and is the
 * gateway all the same: its HTTP server, reading, preparing, planning, running and writing. Beside them engine and upstream
 * client alone behind node:http. The registries answer from memory, the log is the real one on a real database. All are asked
 * at the same rate: as fast as each could, one would wait for the log and another would not, and a gateway that waits takes
 * more for each request. Measured is the processor time of the gateway's own process for each request.
 * `npm run bench -- switched-on [--sittings N] [--rounds N] [--requests N] [--rate N] [--only a,b] [--profile folder] [--beside worktree]`:
 * writes `results/switched-on.json`; exit code 1 where the promise is not kept.
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
import { askAll, measureRound } from './switched-on/drive.ts';
import type { Contestant, Round } from './switched-on/drive.ts';
import { benchPeople, replayServices } from './switched-on/replayed-services.ts';
import { pinned, stayOn } from './pinned.ts';
import { told } from './switched-on/told.ts';
import { BASE, has, variants } from './switched-on/variants.ts';
import type { GatewayOrder, Variant } from './switched-on/variants.ts';

const PROMISED_RATIO = 1.33;
/** The gateways have a core of their own in turns; callers, registries, log and database share the other. */
const GATEWAY_CORE = 0;
const OTHER_CORE = 1;
/** Times a round may be begun anew, where the machine is so busy that requests fail. */
const ROUND_TRIES = 8;

const { values } = parseArgs({
  options: {
    sittings: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '14' },
    requests: { type: 'string', default: '350' },
    warm: { type: 'string', default: '6000' },
    callers: { type: 'string', default: '50' },
    rate: { type: 'string', default: '700' },
    people: { type: 'string', default: '2000' },
    only: { type: 'string', default: variants.join(',') },
    profile: { type: 'string' },
    beside: { type: 'string' },
  },
});
const chosen = variants.filter((name) => values.only.split(',').includes(name));

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
const drive = { everybody, callers: Number(values.callers), perSecond: Number(values.rate) };
const contestants: Contestant[] = [];
const rounds = new Map<string, Round[]>();
try {
  for (let sitting = 0; sitting < Number(values.sittings); sitting += 1) await sit();
  await report();
} finally {
  for (const { child } of contestants) await end(child);
  await replayed.stop();
  await collector.stop();
  await system.stop();
  await folders.remove();
}

/** Each gateway by a new process: what the luck of one process is worth is more than what most of this costs. */
async function sit(): Promise<void> {
  for (const variant of chosen) {
    contestants.push(await open(variant, import.meta.dirname, variant));
    if (values.beside === undefined) continue;
    contestants.push(await open(variant, resolve(values.beside, 'test/bench'), besideOf(variant)));
  }
  await sameAnswers();
  // Everybody several times: answers are kept by then, and code compiled.
  const batches = Math.ceil(Number(values.warm) / Number(values.requests));
  for (let batch = 0; batch < batches; batch += 1) for (const each of contestants) await measure(each);
  for (const { child, name } of contestants) await profile(child, name);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const contestant of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const measured = rounds.get(contestant.name) ?? [];
      measured.push(await measure(contestant));
      rounds.set(contestant.name, measured);
    }
  }
  for (const { child, name } of contestants) await profile(child, name);
  for (const { child } of contestants.splice(0)) await end(child);
}

async function open(variant: Variant, folder: string, name: string): Promise<Contestant> {
  const child = pinned(join(folder, 'switched-on/gateway.ts'), GATEWAY_CORE);
  const order: GatewayOrder = { variant, services, dataFolder, collector: collector.endpoint };
  child.send(order);
  const { url } = await told<{ url: string }>(child);
  return { name, variant, url, child };
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

/** What is not asked for is not measured against what is: each gateway must tell everybody the same. */
async function sameAnswers(): Promise<void> {
  const some = everybody.filter((_, place) => place % 97 === 0);
  let first: readonly string[] | undefined;
  for (const each of contestants) {
    const data = (await askAll(each, some)).map(dataOf);
    first ??= data;
    if (data.some((one) => one.includes('"fullName":null'))) throw new TypeError('nobody is told of');
    if (data.some((one, at) => one !== first?.[at])) throw new TypeError('the answers differ');
  }
}

function dataOf(text: string): string {
  return JSON.stringify((JSON.parse(text) as { data: unknown }).data);
}

async function measure(contestant: Contestant): Promise<Round> {
  const answers = Number(values.requests);
  for (let tries = 1; ; tries += 1) {
    try {
      const from = (turn += answers) % everybody.length;
      return await measureRound(contestant, drive, { answers, from });
    } catch (failure) {
      if (tries === ROUND_TRIES) throw failure;
      process.stderr.write(`${contestant.name}: a round begun anew\n`);
      await sleep(5_000);
    }
  }
}

async function report(): Promise<void> {
  const each = (name: string): number[] => (rounds.get(name) ?? []).map(({ cpuMsEach }) => cpuMsEach);
  const base = each(BASE);
  const rows = chosen.map((name) => {
    const ratios = each(name).map((cpuMs, round) => cpuMs / (base[round] ?? Number.NaN));
    return {
      switchedOn: name,
      cpuMsEach: rounded(median(each(name))),
      ratio: rounded(median(ratios)),
      cpuMsOfEachRound: each(name).map((cpuMs) => rounded(cpuMs)),
      ratioOfEachRound: ratios.map((ratio) => rounded(ratio)),
      busy: rounded(median((rounds.get(name) ?? []).map(({ busy }) => busy))),
      p50Ms: rounded(median((rounds.get(name) ?? []).map(({ p50Ms }) => p50Ms))),
      requests: (rounds.get(name) ?? []).reduce((sum, { answered }) => sum + answered, 0),
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
    perSecond: drive.perSecond,
    connections: drive.callers,
    sittings: Number(values.sittings),
    promised: { ratio: PROMISED_RATIO },
    kept,
    ratio: whole,
    added,
    spansCollected: collector.spans.length,
    rows,
  };
  process.stdout.write('| switched on | CPU ms a request | × nothing | busy |\n|---|---:|---:|---:|\n');
  for (const { switchedOn, cpuMsEach, ratio, busy } of rows)
    process.stdout.write(`| ${switchedOn} | ${cpuMsEach} | ${ratio} | ${busy} |\n`);
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
