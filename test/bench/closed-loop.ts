/** So many callers at once, each of whom asks again as soon as they are answered. */
export interface ClosedLoop {
  readonly callers: number;
  readonly seconds: number;
  readonly work: () => Promise<unknown>;
}

/** What came of it. */
export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of this process, not of the database's. */
  readonly cpuMicrosEach: number;
}

/** Runs a closed loop. A call that fails ends it. */
export async function measure({ callers, seconds, work }: ClosedLoop): Promise<Measured> {
  const waits: number[] = [];
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const end = begin + seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let at = performance.now(); at < end; at = performance.now()) {
        await work();
        waits.push(performance.now() - at);
      }
    }),
  );
  const tookMs = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  const sorted = waits.toSorted((one, other) => one - other);
  const at = (share: number): number => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));
  return {
    perSecond: Math.round((waits.length * 1000) / tookMs),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    cpuMicrosEach: Math.round((user + system) / Math.max(1, waits.length)),
  };
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
