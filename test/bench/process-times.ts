import { descendantsOf, readProcesses } from './living-processes.ts';

/**
 * Processor time of processes with all their descendants, those that have ended among them, in milliseconds by name. A
 * descendant that is itself named counts for itself alone.
 */
export function readProcessTimes(processes: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const all = readProcesses();
  const named = new Set(processes.values());
  const treeMs = (pid: number): number =>
    [pid, ...descendantsOf(pid, all, named)].reduce((sum, one) => sum + (all.get(one)?.cpuMs ?? 0), 0);
  return new Map([...processes].map(([name, pid]) => [name, treeMs(pid)]));
}

/** What was used between two readings, each divided by so many. */
export function spentEach(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  times: number,
): Record<string, number> {
  return Object.fromEntries(
    [...after].map(([name, ms]) => [
      name,
      Number(((ms - (before.get(name) ?? 0)) / Math.max(1, times)).toFixed(2)),
    ]),
  );
}
