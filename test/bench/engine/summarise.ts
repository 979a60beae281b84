import { BUSY_ENOUGH } from './busy-enough.ts';
import { median } from './percentile.ts';
import type { GatewayRun } from './run-workload.ts';
import type { Workload } from './workloads.ts';

/** Figures of one gateway: medians over the rounds, and the peak over all. */
export interface Figures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsEach: number;
  readonly peakMb: number;
}

/** One row of a result. */
export interface Row extends Figures {
  readonly gateway: string;
  /** Least share of its core that the gateway used in a round. */
  readonly busy: number;
  readonly askedEach: number;
  readonly answered: number;
  /** Each figure divided by ours; null where we did not take part. */
  readonly toOurs: Figures | null;
  /** Why the row is not to be counted; empty for one that counts. */
  readonly flaws: readonly string[];
}

/** Makes the rows of one workload from what was measured. */
export function summarise(workload: Pick<Workload, 'delayMs'>, runs: readonly GatewayRun[]): readonly Row[] {
  const figures = runs.map((run) => ({ run, figures: figuresOf(run) }));
  const ours = figures.find(({ run }) => run.gateway === 'ours')?.figures;
  return figures.map(({ run, figures: own }) => ({
    gateway: run.gateway,
    ...own,
    busy: Math.min(...run.rounds.map(({ busy }) => busy)),
    askedEach: median(run.rounds.map(({ askedEach }) => askedEach)),
    answered: run.rounds.reduce((sum, { answered }) => sum + answered, 0),
    toOurs: ours === undefined ? null : ratios(own, ours),
    flaws: flawsOf(workload, run),
  }));
}

function figuresOf({ rounds }: GatewayRun): Figures {
  const middle = (of: 'perSecond' | 'p50Ms' | 'p99Ms' | 'cpuMsEach'): number =>
    median(rounds.map((round) => round[of]));
  return {
    perSecond: middle('perSecond'),
    p50Ms: middle('p50Ms'),
    p99Ms: middle('p99Ms'),
    cpuMsEach: middle('cpuMsEach'),
    peakMb: Math.max(...rounds.map(({ peakKb }) => peakKb)) / 1024,
  };
}

function ratios(one: Figures, ours: Figures): Figures {
  return {
    perSecond: one.perSecond / ours.perSecond,
    p50Ms: one.p50Ms / ours.p50Ms,
    p99Ms: one.p99Ms / ours.p99Ms,
    cpuMsEach: one.cpuMsEach / ours.cpuMsEach,
    peakMb: one.peakMb / ours.peakMb,
  };
}

function flawsOf({ delayMs }: Pick<Workload, 'delayMs'>, { checked, rounds }: GatewayRun): readonly string[] {
  const sum = (of: 'wrong' | 'unknown'): number => rounds.reduce((all, round) => all + round[of], 0);
  // Where the subgraphs are slow, it is they who set the pace: the processor time for each request still holds.
  const isIdle = delayMs === 0 && rounds.some(({ busy }) => busy < BUSY_ENOUGH);
  return [
    ...(checked.sameAnswer ? [] : ['answers otherwise']),
    ...(sum('wrong') === 0 ? [] : [`${sum('wrong')} wrong answers`]),
    ...(sum('unknown') === 0 ? [] : [`${sum('unknown')} requests that could not be replayed`]),
    ...(isIdle ? ['core not busy'] : []),
  ];
}
