import { readFileSync } from 'node:fs';
import { descendantsOf, readProcesses } from '../living-processes.ts';

/** What a process has used since it began, with all its descendants: a gateway may plan in a process of its own. */
export interface ProcessUsage {
  /** Of all threads, of those also that have ended, in milliseconds. */
  readonly cpuMs: number;
  /**
   * VmHWM: the most memory each ever held, in kB, added up, of descendants without pages of files (RssFile): they run the same
   * program, which is in memory once. Their highest moments need not be the same, so it may be more than they held at any one.
   */
  readonly peakKb: number;
}

/** Reads it from /proc. @throws where there is no such process */
export function readUsage(pid: number): ProcessUsage {
  const peakKb = parsePeakKb(readStatus(pid));
  const all = readProcesses();
  const descendants = descendantsOf(pid, all);
  return {
    cpuMs: [pid, ...descendants].reduce((sum, one) => sum + (all.get(one)?.cpuMs ?? 0), 0),
    peakKb: descendants.reduce((sum, one) => sum + readOwnKb(one), peakKb),
  };
}

function readStatus(pid: number): string {
  return readFileSync(`/proc/${pid}/status`, 'utf8');
}

function readOwnKb(pid: number): number {
  try {
    const status = readStatus(pid);
    const ownKb = parsePeakKb(status) - parseFileKb(status);
    // One that has ended and was not waited for holds none.
    return Number.isNaN(ownKb) ? 0 : ownKb;
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}

/** Peak resident memory from the text of a process's `status`, in kB; NaN where it does not say. */
export function parsePeakKb(status: string): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN);
}

/** Resident pages of files from the text of a process's `status`, in kB; NaN where it does not say. */
export function parseFileKb(status: string): number {
  return Number(/^RssFile:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN);
}
