/**
 * Registrations for level 1, from a phone number to the decision: card, code, password, comparison, chip and face. Each service is
 * a process of its own on this machine. First each step alone by a batch of applicants, which tells what it costs in every
 * process; then whole registrations by applicants who begin as soon as others are done. Run by `npm run bench -- registrations`,
 * with `--profile <folder>` for processor profiles; writes `results/registrations.json`.
 */
import { fork } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { runSql } from '@dinhdanh/kit/testing';
import { readProcessTimes, spentEach } from './process-times.ts';
import { registrationSteps } from './registrant.ts';
import type { FlowsOrder, FlowsResult, GatherOrder, StepOrder } from './registration-client.ts';
import { measureArgon2 } from './registration-costs.ts';
import { startServicesApart } from './services-apart.ts';
import { countAnew, countsEach, readCounts } from './statement-counts.ts';

const { values } = parseArgs({
  options: {
    profile: { type: 'string' },
    people: { type: 'string', default: '6000' },
    batch: { type: 'string', default: '60' },
    seconds: { type: 'string', default: '12' },
    callers: { type: 'string', default: '2,4,8' },
  },
});
const people = Number(values.people);
const profile =
  values.profile === undefined
    ? {}
    : { profile: { folder: values.profile, of: ['gateway', 'accounts', 'population', 'access-log'] } };

const argon2Ms = await measureArgon2();
const environment = { GATEWAY_TRUSTED_PROXIES: '127.0.0.1' };
const system = await startServicesApart({ people, environment, ...profile });
const client = fork(new URL('registration-client.ts', import.meta.url));
const accountsUrl = system.databaseUrls['accounts'] ?? '';
try {
  const { url, outbox, keysIn } = system;
  await order<number>({ kind: 'gather', url, outbox, keysIn, people, most: 400 });
  await order<FlowsResult>({ kind: 'flows', callers: 4, seconds: 8 });
  await forget();
  const steps = await runSteps(Number(values.batch));
  const flows = [];
  for (const callers of values.callers.split(',').map(Number)) flows.push(await runFlows(callers));
  await report(steps, flows);
} finally {
  client.kill();
  await system.stop();
}

type StepRow = Awaited<ReturnType<typeof runSteps>>[number];
type FlowRow = Awaited<ReturnType<typeof runFlows>>;

/** What each step costs in every process, by a batch that does nothing else meanwhile. */
async function runSteps(most: number) {
  const rows = [];
  for (const step of registrationSteps) {
    const ask = (): Promise<number> => order<number>({ kind: 'step', step, callers: 8, most });
    const { wallMs, cpuMs, statements } = await costOf(ask, Number);
    const row = { wallMs, cpuMs, statements };
    rows.push({ step, ...row });
    process.stdout.write(`${step}: ${JSON.stringify(row)}\n`);
  }
  await forget();
  return rows;
}

async function runFlows(callers: number) {
  const cost = await costOf(
    () => order<FlowsResult>({ kind: 'flows', callers, seconds: Number(values.seconds) }),
    ({ flows }) => flows,
  );
  const { flows, seconds, p50Ms, p95Ms, steps } = cost.result;
  await forget();
  const row = {
    callers,
    registrationsPerSecond: Number((flows / seconds).toFixed(2)),
    registrations: flows,
    ...{ p50Ms, p95Ms, stepP50Ms: steps },
    cpuMsEach: cost.cpuMs,
    statementsEach: cost.statements,
  };
  const servicesMs = cost.cpuMs.services;
  process.stdout.write(
    `${callers} at once: ${row.registrationsPerSecond}/s, p50 ${p50Ms} ms, ${servicesMs} ms of processor each\n`,
  );
  return row;
}

/** Processor time in every process and statements in every database for one of however many the work was for. */
async function costOf<Result>(work: () => Promise<Result>, count: (result: Result) => number) {
  const processes = new Map([...system.processes, ['client', client.pid ?? 0]]);
  await countAnew(accountsUrl);
  const before = readProcessTimes(processes);
  const begin = performance.now();
  const result = await work();
  const times = count(result);
  const wallMs = (performance.now() - begin) / Math.max(1, times);
  const { client: clientMs = 0, ...services } = spentEach(before, readProcessTimes(processes), times);
  const statements = countsEach(await readCounts(accountsUrl), times);
  const sum = Object.values(services).reduce((all, ms) => all + ms, 0);
  const spent = Object.entries(services).filter(([, ms]) => ms >= 0.05);
  const cpuMs = { services: Number(sum.toFixed(2)), client: clientMs, ...Object.fromEntries(spent) };
  return { result, wallMs: Number(wallMs.toFixed(2)), cpuMs, statements };
}

/** Everybody may register again: what was is over, and counts for nothing that is counted. */
async function forget(): Promise<void> {
  await runSql(
    accountsUrl,
    `UPDATE registrations SET state = 'WITHDRAWN', started_at = started_at - interval '2 days'
     WHERE state <> 'WITHDRAWN'`,
  );
  await runSql(accountsUrl, 'TRUNCATE otp_challenges, otp_failures');
}

function order<T>(what: GatherOrder | FlowsOrder | StepOrder): Promise<T> {
  return new Promise((resolve, reject) => {
    client.once('message', (answer: { readonly result?: T; readonly failure?: string }) => {
      if (answer.result === undefined) reject(new TypeError(answer.failure));
      else resolve(answer.result);
    });
    client.send(what);
  });
}

async function report(steps: readonly StepRow[], flows: readonly FlowRow[]): Promise<void> {
  const all = steps.reduce((sum, { cpuMs }) => sum + cpuMs.services, 0);
  const allWallMs = steps.reduce((sum, { wallMs, step }) => sum + (step === 'code' ? 0 : wallMs), 0);
  const shares = steps.map((row) => ({
    ...row,
    shareOfCpu: Number((row.cpuMs.services / all).toFixed(3)),
    // The wait for a message is no work of anybody.
    shareOfWall: row.step === 'code' ? null : Number((row.wallMs / allWallMs).toFixed(3)),
  }));
  const databaseMs = steps.reduce((sum, { cpuMs }) => sum + (cpuMs['postgres' as 'services'] ?? 0), 0);
  const best = Math.max(...flows.map(({ registrationsPerSecond }) => registrationsPerSecond));
  const result = {
    at: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    load: loadavg().map((load) => Number(load.toFixed(2))),
    people,
    bestRegistrationsPerSecond: best,
    cpuMsEach: Number(all.toFixed(2)),
    argon2: { computations: 1, msEach: argon2Ms, shareOfCpu: Number((argon2Ms / all).toFixed(3)) },
    database: { msEach: Number(databaseMs.toFixed(2)), shareOfCpu: Number((databaseMs / all).toFixed(3)) },
    steps: shares,
    flows,
  };
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('registrations.json', folder), `${JSON.stringify(result, null, 2)}\n`);
  for (const { step, shareOfCpu, shareOfWall } of shares)
    process.stdout.write(`${step}: ${shareOfCpu} of the processor, ${shareOfWall ?? '-'} of the time\n`);
  process.stdout.write(`best: ${best} registrations/s, ${result.cpuMsEach} ms of processor each\n`);
}
