import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { pinned } from '../pinned.ts';
import { order } from './orders.ts';
import { BUSY_ENOUGH } from './busy-enough.ts';
import { contestants } from './workloads.ts';
import type { Workload } from './workloads.ts';
import type { Checked, Measured, Opened, WireOrder } from './wire-orders.ts';
import type { GatewayOrder } from './gateways/order.ts';

/** How a workload is run. */
export interface RunOptions {
  readonly gateways: readonly string[];
  readonly rounds: number;
  /** How often a round is measured at most, where something else kept the gateway from its core. */
  readonly tries: number;
  readonly seconds: number;
  readonly sharing: boolean;
  /** How many different requests are sent at most. */
  readonly requests: number;
  /** The checkout that `…-before` is run from; null where none takes part. */
  readonly against: string | null;
  /** Where each gateway leaves a CPU profile; null for none. */
  readonly profiles: string | null;
  readonly progress: (line: string) => void;
}

/** What came of one gateway. */
export interface GatewayRun {
  readonly gateway: string;
  readonly checked: Checked;
  readonly rounds: readonly Measured[];
}

/** The core of the gateways, and the core of everything else. */
const GATEWAY_CORE = 0;
const WIRE_CORE = 1;
const CHECKING_CONNECTIONS = 32;
/** Before each round: the gateway is under load already when measuring begins. */
const LEAD = { leadSeconds: 1, leadAnswers: 0 };
/** Before the first: what is hot is compiled. */
const WARM_UP = { leadSeconds: 3, leadAnswers: 3_000 };
/** A process that must not have seen the requests warms up on this share of them, which is not measured. */
const FRESH_LEAD_SHARE = 0.1;
/** A process that is left alone ends within this. */
const LONGEST_END_MS = 5_000;
/** Of a load that only warms up. */
const SHORTLY = 0.1;

interface RunningGateway {
  readonly child: ChildProcess;
  readonly port: number;
}

/** Runs one workload over all its gateways: checks that they answer alike, then measures them in turns. */
export async function runWorkload(workload: Workload, options: RunOptions): Promise<readonly GatewayRun[]> {
  const wire = pinned(`${import.meta.dirname}/wire.ts`, WIRE_CORE);
  const running = new Map<string, RunningGateway>();
  try {
    const { dataset, requests, delayMs } = workload;
    const opened = await tell<Opened>(wire, {
      kind: 'open',
      dataset,
      requests,
      delayMs,
      most: options.requests,
    });
    const start = async (gateway: string): Promise<RunningGateway> => {
      const started = await startGateway(gateway, { ...opened, requests, sharing: options.sharing }, options);
      running.set(gateway, started);
      return started;
    };
    const runs = new Map<string, { checked: Checked; rounds: Measured[] }>();
    for (const gateway of options.gateways) {
      const { child, port } = await start(gateway);
      const checked = await tell<Checked>(wire, {
        kind: 'check',
        gateway,
        port,
        connections: CHECKING_CONNECTIONS,
      });
      options.progress(`${gateway}: ${checked.bytes} bytes, same answer: ${checked.sameAnswer}`);
      for (const line of checked.different) options.progress(`  ${line}`);
      runs.set(gateway, { checked, rounds: [] });
      if (workload.fresh) await stop(child);
      else await measure(wire, workload, gateway, { child, port }, WARM_UP, SHORTLY);
    }
    for (let round = 0; round < options.rounds; round += 1) {
      for (const [gateway, { rounds }] of runs) {
        const leadAnswers = Math.floor(opened.requests * FRESH_LEAD_SHARE);
        const lead = workload.fresh ? { leadSeconds: 0, leadAnswers } : LEAD;
        const started = workload.fresh ? await start(gateway) : running.get(gateway);
        if (started === undefined) continue;
        const most = workload.fresh ? { most: opened.requests } : {};
        const measured = await undisturbed(workload.fresh ? 1 : options.tries, () =>
          measure(wire, workload, gateway, started, lead, options.seconds, most),
        );
        rounds.push(measured);
        if (workload.fresh) await stop(started.child);
        options.progress(
          `${workload.letter} ${round + 1}/${options.rounds} ${gateway}: ${measured.perSecond.toFixed(0)}/s, ${measured.cpuMsEach.toFixed(3)} ms, busy ${measured.busy.toFixed(2)}`,
        );
      }
    }
    return [...runs].map(([gateway, run]) => ({ gateway, ...run }));
  } finally {
    for (const { child } of running.values()) await stop(child);
    await stop(wire);
  }
}

/**
 * Measures until the gateway had its core to itself and nothing but replayed answers, so many times at most; else the busiest
 * time stands, whatever it cost.
 */
async function undisturbed(tries: number, once: () => Promise<Measured>): Promise<Measured> {
  const isUndisturbed = ({ busy, unknown }: Measured): boolean => busy >= BUSY_ENOUGH && unknown === 0;
  let best = await once();
  for (let left = tries - 1; left > 0 && !isUndisturbed(best); left -= 1) {
    const again = await once();
    if (isUndisturbed(again) || again.busy > best.busy) best = again;
  }
  return best;
}

function measure(
  wire: ChildProcess,
  { connections }: Workload,
  gateway: string,
  { child, port }: RunningGateway,
  lead: typeof LEAD,
  seconds: number,
  most: { most?: number } = {},
): Promise<Measured> {
  const pid = child.pid ?? Number.NaN;
  return tell<Measured>(wire, {
    kind: 'load',
    gateway,
    port,
    pid,
    connections,
    ...lead,
    seconds,
    from: 0,
    ...most,
  });
}

async function startGateway(
  name: string,
  given: Omit<GatewayOrder, 'variant'>,
  { against, profiles }: Pick<RunOptions, 'against' | 'profiles'>,
): Promise<RunningGateway> {
  const contestant = contestants[name];
  if (contestant === undefined) throw new Error(`no gateway ${name}`);
  const { supergraph, services, requests, sharing } = given;
  const folder = contestant.isBefore ? `${against}/test/bench/engine` : import.meta.dirname;
  const profiling =
    profiles === null
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}.cpuprofile`];
  const child = pinned(`${folder}/gateways/${contestant.file}`, GATEWAY_CORE, profiling);
  const port = await order<number>(child, {
    supergraph,
    services,
    requests,
    sharing,
    variant: contestant.variant,
  });
  return { child, port };
}

function tell<Told>(wire: ChildProcess, given: WireOrder): Promise<Told> {
  return order<Told>(wire, given);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  // It then ends by itself, with time to write its profile.
  child.disconnect();
  const killing = setTimeout(() => child.kill('SIGKILL'), LONGEST_END_MS);
  await gone;
  clearTimeout(killing);
}
