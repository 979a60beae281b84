/**
 * Complete flows of sharing: pushed request, page, claim, approval by passkey, number, token and the relying party's answer, by
 * callers who begin anew as soon as they are done. Each service is a process of its own on this machine. Run by
 * `npm run bench -- share-flows`, with `--profile <folder>` for a processor profile of each service and `--statements` for what
 * the database was asked; writes `results/share-flows.json`.
 */
import { fork } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { readProcessTimes, spentEach } from './process-times.ts';
import { startServicesApart } from './services-apart.ts';
import { castOf } from './share-flow-cast.ts';
import { countAnew, countsEach, readCounts } from './statement-counts.ts';
import type { CountedStatement } from './statement-counts.ts';
import type { CastOrder, RunOrder, RunResult } from './share-flow-client.ts';
import { measureSignatures, SIGNATURES_A_FLOW, signatureMs } from './signature-costs.ts';

const GOAL = 60;
const PARTIES = 8;
const PEOPLE = 96;

const { values } = parseArgs({
  allowNegative: true,
  options: {
    profile: { type: 'string' },
    seconds: { type: 'string', default: '15' },
    warm: { type: 'string', default: '30' },
    callers: { type: 'string', default: '8,16,32' },
    statements: { type: 'boolean', default: false },
    passcode: { type: 'boolean', default: true },
  },
});
const seconds = Number(values.seconds);
const profile =
  values.profile === undefined
    ? {}
    : { profile: { folder: values.profile, of: ['gateway', 'sharing', 'accounts', 'access-log'] } };

const signatures = await measureSignatures();
const system = await startServicesApart({ people: 400, ...profile });
const client = fork(new URL('share-flow-client.ts', import.meta.url));
try {
  await order<number>({
    kind: 'cast',
    ...system,
    ...(await castOf(system, { parties: PARTIES, people: PEOPLE })),
  });
  await order<RunResult>({ kind: 'run', callers: 8, seconds: Number(values.warm), byPasskey: true });
  const passkey = [];
  for (const callers of values.callers.split(',').map(Number)) passkey.push(await run(callers, true));
  await report(passkey, values.passcode ? [await run(8, false)] : []);
} finally {
  client.kill();
  await system.stop();
}

type Row = Awaited<ReturnType<typeof run>>;

async function run(callers: number, byPasskey: boolean) {
  const processes = new Map([...system.processes, ['client', client.pid ?? 0]]);
  const anyDatabase = system.databaseUrls['access-log'] ?? '';
  await countAnew(anyDatabase);
  const before = readProcessTimes(processes);
  const { flows, measured, p95Ms, steps } = await order<RunResult>({
    kind: 'run',
    callers,
    seconds,
    byPasskey,
  });
  const { client: clientMs = 0, ...services } = spentEach(before, readProcessTimes(processes), flows);
  const statements = await readCounts(anyDatabase);
  if (values.statements) printStatements(statements, flows);
  const servicesMs = Object.values(services).reduce((sum, ms) => sum + ms, 0);
  const row = {
    callers,
    by: byPasskey ? 'passkey' : 'passcode',
    flowsPerSecond: Number((flows / seconds).toFixed(1)),
    p50Ms: measured.p50Ms,
    p95Ms,
    cpuMsAFlow: { services: Number(servicesMs.toFixed(2)), client: clientMs, ...services },
    shareOfSignatures: Number((signatureMs(signatures) / servicesMs).toFixed(3)),
    statementsAFlow: countsEach(statements, flows),
    stepP50Ms: steps,
  };
  process.stdout.write(
    `${callers} callers by ${row.by}: ${row.flowsPerSecond} flows/s, p50 ${row.p50Ms} ms, p95 ${p95Ms} ms; processor ` +
      `${row.cpuMsAFlow.services} ms a flow in the services (${(row.shareOfSignatures * 100).toFixed(1)} % signatures), ${clientMs} in the client\n`,
  );
  return row;
}

function printStatements(statements: readonly CountedStatement[], flows: number): void {
  for (const { database, query, calls, ms } of statements) {
    const text = query.replaceAll(/\s+/g, ' ').slice(0, 150);
    process.stdout.write(
      `${(calls / flows).toFixed(2)}× ${(ms / calls).toFixed(3)} ms ${database}: ${text}\n`,
    );
  }
}

function order<T>(what: CastOrder | RunOrder): Promise<T> {
  return new Promise((resolve, reject) => {
    client.once('message', (answer: { readonly result?: T; readonly failure?: string }) => {
      if (answer.result === undefined) reject(new TypeError(answer.failure));
      else resolve(answer.result);
    });
    client.send(what);
  });
}

async function report(passkey: readonly Row[], passcode: readonly Row[]): Promise<void> {
  const best = Math.max(...passkey.map(({ flowsPerSecond }) => flowsPerSecond));
  const result = {
    at: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    load: loadavg().map((load) => Number(load.toFixed(2))),
    goal: { flowsPerSecond: GOAL },
    bestFlowsPerSecond: best,
    reached: best >= GOAL,
    signatures: {
      aFlow: SIGNATURES_A_FLOW,
      ...signatures,
      msAFlow: Number(signatureMs(signatures).toFixed(2)),
    },
    passkey,
    passcode,
  };
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('share-flows.json', folder), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`best: ${best} flows/s (goal: ${GOAL})\n`);
}
