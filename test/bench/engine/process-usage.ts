import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second (proc(5), sysconf(_SC_CLK_TCK)). */
const MS_A_TICK = 10;

/** What a process has used since it began, with all its descendants: a gateway may plan in a process of its own. */
export interface ProcessUsage {
  /** utime + stime of all threads, of those also that have ended, in milliseconds. */
  readonly cpuMs: number;
  /**
   * VmHWM: the most memory each ever held, in kB, added up, of descendants without pages of files (RssFile): they run the same
   * program, which is in memory once. Their highest moments need not be the same, so it may be more than they held at any one.
   */
  readonly peakKb: number;
}

/** Reads it from /proc. @throws where there is no such process */
export function readUsage(pid: number): ProcessUsage {
  const own = readOne(pid);
  const all = new Map([[pid, own]]);
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && Number(name) !== pid) addLiving(all, Number(name));
  }
  const family = [...all.values()].filter((one) => descends(one.pid, pid, all));
  return {
    cpuMs: family.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakKb: own.peakKb + family.reduce((sum, { pid: one, ownKb }) => sum + (one === pid ? 0 : ownKb), 0),
  };
}

interface OneUsage extends ProcessUsage {
  readonly pid: number;
  readonly parent: number;
  /** The peak without pages of files, in kB. */
  readonly ownKb: number;
}

function readOne(pid: number): OneUsage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const peakKb = parsePeakKb(status);
  return {
    pid,
    parent: parseParent(stat),
    cpuMs: parseCpuMs(stat),
    peakKb,
    ownKb: peakKb - parseFileKb(status),
  };
}

function addLiving(all: Map<number, OneUsage>, pid: number): void {
  try {
    const one = readOne(pid);
    // Threads of the kernel hold no memory of their own.
    if (!Number.isNaN(one.peakKb)) all.set(pid, one);
  } catch {
    // It has ended meanwhile.
  }
}

function descends(pid: number, ancestor: number, all: ReadonlyMap<number, OneUsage>): boolean {
  for (let at: number | undefined = pid; at !== undefined; at = all.get(at)?.parent) {
    if (at === ancestor) return true;
  }
  return false;
}

/** The fields of a `stat` from the third on: the command before them may hold spaces and brackets (proc(5)). */
function fieldsOf(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The parent of a process from the text of its `stat` (field 4). */
export function parseParent(stat: string): number {
  return Number(fieldsOf(stat)[1]);
}

/** Processor time of a process and of its children that have ended, from the text of its `stat` (fields 14 to 17), in milliseconds. */
export function parseCpuMs(stat: string): number {
  const ticks = fieldsOf(stat).slice(11, 15);
  return ticks.reduce((sum, field) => sum + Number(field), 0) * MS_A_TICK;
}

/** Peak resident memory from the text of a process's `status`, in kB; NaN where it does not say. */
export function parsePeakKb(status: string): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN);
}

/** Resident pages of files from the text of a process's `status`, in kB; NaN where it does not say. */
export function parseFileKb(status: string): number {
  return Number(/^RssFile:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN);
}
