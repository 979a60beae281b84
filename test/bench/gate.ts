/**
 * What the access log's gate adds to a profile: two gateways before the same services, one that writes its entry before
 * each answer and one whose gate was taken out, in turns, so that the machine's other work falls on both. Everything is
 * started as `npm start` does, with a server that waits for its disk. Run by `npm run bench -- gate`; writes
 * `results/gate.json`; exit code 1 where the promise is not kept.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { Worker } from 'node:worker_threads';
import { SEED_TODAY } from '@dinhdanh/people';
import { startSystem } from '@dinhdanh/start';
import { signIn } from '../harness/client.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { SYSTEM_OPTIONS } from '../harness/system-options.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { PROFILE } from '../faults/profile-query.ts';
import { median } from './closed-loop.ts';
import type { Measured } from './closed-loop.ts';
import type { ClientOrder } from './gate-client.ts';

const CALLERS = 64;
const ROUNDS = 14;
const SECONDS = 3;
const WARM_SECONDS = 3;
const PROMISED_RATIO = 1.15;
const PEOPLE = ['level2', 'guardian', 'fleet', 'oldRecords'] as const;

/** What a gateway without a gate has instead of the access log. */
const noLog = {
  append: (entries: readonly unknown[]) =>
    Promise.resolve(entries.map((_, index) => ({ origin: 'none', index, leafHash: '' }))),
  remember: () => undefined,
  isAway: () => false,
  unwritten: () => 0,
  close: () => Promise.resolve(),
};

const folders = new TemporaryFolders();
const dataFolder = await folders.make();
const system = await startSystem({
  ...SYSTEM_OPTIONS,
  today: SEED_TODAY,
  databaseSettings: [],
  webRoot: null,
  // Reconciliation would find every answer of the gateway without a gate, and have its hands full of alerts.
  accessLog: { reconcileSeconds: 3_600, graceSeconds: 3_600 },
  dataFolder,
});
const { services, citizens } = system.demo;
const front = { url: system.url ?? '', services, databaseUrls: system.databaseUrls, dataFolder };
const settings = { requestsPerMinute: 10_000_000, deadlineMs: 30_000 };
const gated = await startGatewayUnderTest(front, { settings });
const open = await startGatewayUnderTest(front, { settings, accessLog: noLog });
const client = new Worker(new URL('gate-client.ts', import.meta.url));
const rounds: { on: Measured[]; off: Measured[] } = { on: [], off: [] };
try {
  const tokens: string[] = [];
  for (const key of PEOPLE) {
    const person = citizens[key];
    if (person !== undefined) tokens.push(await signIn(gated.url, person));
  }
  const run = (which: 'on' | 'off', seconds: number): Promise<Measured> =>
    ask({
      url: which === 'on' ? gated.url : open.url,
      isLogged: which === 'on',
      tokens,
      query: PROFILE,
      callers: CALLERS,
      seconds,
    });
  await run('on', WARM_SECONDS);
  await run('off', WARM_SECONDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = round % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const);
    for (const which of order) rounds[which].push(await run(which, SECONDS));
  }
  await report();
} finally {
  await client.terminate();
  await gated.stop();
  await open.stop();
  await system.stop();
  await folders.remove();
}

function ask(order: ClientOrder): Promise<Measured> {
  return new Promise((resolve, reject) => {
    client.once('message', ({ measured, failure }: { measured?: Measured; failure?: string }) => {
      if (measured === undefined) reject(new Error(failure));
      else resolve(measured);
    });
    // A port between threads has no origin to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    client.postMessage(order);
  });
}

async function report(): Promise<void> {
  const p50 = (which: 'on' | 'off'): number => median(rounds[which].map(({ p50Ms }) => p50Ms));
  const ratios = rounds.on.map(({ p50Ms }, round) => p50Ms / (rounds.off[round]?.p50Ms ?? Number.NaN));
  // Who comes first in a round is slower on a machine that is warming up; half the rounds begin with each, so that their
  // geometric mean takes neither side.
  const ratio = Math.exp(ratios.reduce((sum, one) => sum + Math.log(one), 0) / ratios.length);
  const kept = ratio <= PROMISED_RATIO;
  const result = {
    at: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    load: loadavg().map((load) => Number(load.toFixed(2))),
    promised: { callers: CALLERS, p50Ratio: PROMISED_RATIO },
    medians: {
      gateOnP50Ms: Number(p50('on').toFixed(2)),
      gateOffP50Ms: Number(p50('off').toFixed(2)),
      ratio: Number(ratio.toFixed(3)),
      ratioOfMedians: Number((p50('on') / p50('off')).toFixed(3)),
      ratioOfEachRound: ratios.map((one) => Number(one.toFixed(3))),
    },
    kept,
    rounds,
  };
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('gate.json', folder), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(
    `${CALLERS} connections: p50 ${p50('on').toFixed(1)} ms with the gate, ${p50('off').toFixed(1)} without: ` +
      `${ratio.toFixed(3)} times (promised: ${PROMISED_RATIO})\n`,
  );
  if (!kept) process.exitCode = 1;
}
