import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second (proc(5), sysconf(_SC_CLK_TCK)). */
const MS_A_TICK = 10;

/** A process, as its `stat` tells of it. */
export interface LivingProcess {
  /** The number of its parent. */
  readonly parent: number;
  /** Processor time of all its threads and of its children that have ended and were waited for, in milliseconds. */
  readonly cpuMs: number;
}

/** All that live on this machine, by their numbers. */
export function readProcesses(): ReadonlyMap<number, LivingProcess> {
  const all = new Map<number, LivingProcess>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      all.set(Number(name), parseStat(readFileSync(`/proc/${name}/stat`, 'utf8')));
    } catch {
      // It has ended meanwhile.
    }
  }
  return all;
}

/** Reads the text of a `stat` (proc(5): fields 4 and 14 to 17). */
export function parseStat(stat: string): LivingProcess {
  // The command may hold spaces and brackets; what follows it begins with field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), cpuMs: ticks * MS_A_TICK };
}

/** The children of a process, theirs, and so on; without those left out and what is below them. */
export function descendantsOf(
  pid: number,
  all: ReadonlyMap<number, LivingProcess>,
  leftOut: ReadonlySet<number> = new Set(),
): readonly number[] {
  const children = [...all].filter(([child, { parent }]) => parent === pid && !leftOut.has(child));
  return children.flatMap(([child]) => [child, ...descendantsOf(child, all, leftOut)]);
}
