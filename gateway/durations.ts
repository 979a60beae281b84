import type { Registry } from 'prom-client';

/** What a histogram is made with; `buckets` are upper bounds, rising. */
export interface DurationsOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly buckets: readonly number[];
  readonly registers: readonly Registry[];
}

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** By bucket, the last for what is beyond all bounds; not yet added up. */
  readonly counts: Float64Array;
  sum: number;
}

interface Sample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/**
 * A histogram of Prometheus whose observing is an addition: that of prom-client checks and sorts labels each time, which
 * cost as much as a stage. Its labels are codes and names of services, so there is an end to its series.
 */
export class Durations {
  readonly name: string;
  readonly help: string;
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly #labelNames: readonly string[];
  readonly #buckets: readonly number[];
  /** By the first label, then by the second: one key made of both would be a new text each time. */
  readonly #series = new Map<string, Map<string, Series>>();

  constructor({ name, help, labelNames, buckets, registers }: DurationsOptions) {
    this.name = name;
    this.help = help;
    this.#labelNames = labelNames;
    this.#buckets = buckets;
    // It is asked for its name and samples alone.
    for (const registry of registers) registry.registerMetric(this as never);
  }

  /** Counts one value, under the values of its labels in the order of their names: at most two. */
  observe(value: number, first = '', second = ''): void {
    const series = this.#series.get(first)?.get(second) ?? this.#begin(first, second);
    let at = 0;
    while (at < this.#buckets.length && value > (this.#buckets[at] ?? 0)) at += 1;
    series.counts[at] = (series.counts[at] ?? 0) + 1;
    series.sum += value;
  }

  /** Its samples, as prom-client prints them. */
  get(): Promise<object> {
    const { name, help, type, aggregator } = this;
    const values = [...this.#series.values()].flatMap((ofFirst) =>
      [...ofFirst.values()].flatMap((series) => this.#samplesOf(series)),
    );
    return Promise.resolve({ name, help, type, aggregator, values });
  }

  /** Forgets all that was observed. */
  reset(): void {
    this.#series.clear();
  }

  #begin(first: string, second: string): Series {
    const values = [first, second];
    const labels = Object.fromEntries(this.#labelNames.map((name, at) => [name, values[at] ?? '']));
    const series = { labels, counts: new Float64Array(this.#buckets.length + 1), sum: 0 };
    const ofFirst = this.#series.get(first) ?? new Map<string, Series>();
    this.#series.set(first, ofFirst.set(second, series));
    return series;
  }

  #samplesOf({ labels, counts, sum }: Series): Sample[] {
    let below = 0;
    const samples: Sample[] = [...counts].map((count, at) => {
      below += count;
      const le = this.#buckets[at] ?? '+Inf';
      return { metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: below };
    });
    samples.push({ metricName: `${this.name}_sum`, labels, value: sum });
    samples.push({ metricName: `${this.name}_count`, labels, value: below });
    return samples;
  }
}
