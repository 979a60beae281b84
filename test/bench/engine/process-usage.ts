import { readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second (proc(5), sysconf(_SC_CLK_TCK)). */
const MS_A_TICK = 10;

/** What a process has used since it began. */
export interface ProcessUsage {
  /** utime + stime of all its threads, in milliseconds. */
  readonly cpuMs: number;
  /** VmHWM: the most memory it ever held, in kB. */
  readonly peakKb: number;
}

/** Reads it from /proc. @throws where there is no such process */
export function readUsage(pid: number): ProcessUsage {
  return {
    cpuMs: parseCpuMs(readFileSync(`/proc/${pid}/stat`, 'utf8')),
    peakKb: parsePeakKb(readFileSync(`/proc/${pid}/status`, 'utf8')),
  };
}

/** Processor time of a process from the text of its `stat` (proc(5): fields 14 and 15), in milliseconds. */
export function parseCpuMs(stat: string): number {
  // The command may hold spaces and brackets; what follows it begins with field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_A_TICK;
}

/** Peak resident memory from the text of a process's `status`, in kB; NaN where it does not say. */
export function parsePeakKb(status: string): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN);
}
