import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second (proc(5), sysconf(_SC_CLK_TCK)). */
const MS_A_TICK = 10;

/**
 * Processor time of processes with all their descendants, those that have ended among them, in milliseconds by name. A
 * descendant that is itself named counts for itself alone.
 */
export function readProcessTimes(processes: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const all = readAll();
  const named = new Set(processes.values());
  const treeTicks = (pid: number): number => {
    const own = all.get(pid);
    if (own === undefined) return 0;
    const children = [...all].filter(([child, { parent }]) => parent === pid && !named.has(child));
    return own.ticks + children.reduce((sum, [child]) => sum + treeTicks(child), 0);
  };
  return new Map([...processes].map(([name, pid]) => [name, treeTicks(pid) * MS_A_TICK]));
}

interface ProcessTime {
  readonly parent: number;
  /** Its own and those of its children that were waited for: fields 14 to 17 of `stat`. */
  readonly ticks: number;
}

function readAll(): ReadonlyMap<number, ProcessTime> {
  const all = new Map<number, ProcessTime>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The command may hold spaces and brackets; what follows it begins with field 3.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      all.set(Number(name), { parent: Number(fields[1]), ticks });
    } catch {
      // It has ended meanwhile.
    }
  }
  return all;
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
