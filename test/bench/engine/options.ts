import { parseArgs } from 'node:util';

/** What a run of the bench measures. */
export interface BenchOptions {
  /** Letters. */
  readonly workloads: readonly string[];
  /** Names; null for all that a workload has. */
  readonly gateways: readonly string[] | null;
  readonly rounds: number;
  /** How often a round is measured at most, where something else kept a gateway from its core. */
  readonly tries: number;
  readonly seconds: number;
  readonly sharing: boolean;
  /** How many different requests are sent at most: fewer for a short run. */
  readonly requests: number;
  /** Name of the file in `results/`, without its ending. */
  readonly out: string;
  /** Another checkout, whose gateways `ours-before` and `floor-before` take part; null for none. */
  readonly against: string | null;
  /** Where each gateway leaves a CPU profile; null for none. */
  readonly profiles: string | null;
}

/**
 * Reads `--workload a,b --gateways ours,apollo --rounds 3 --tries 4 --seconds 10 --sharing on --requests 3000 --out name
 * --against ../before --profiles /a/folder`.
 *
 * @throws for other words
 */
export function parseOptions(words: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      workload: { type: 'string', default: 'a,b,c,d,e' },
      gateways: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      tries: { type: 'string', default: '4' },
      seconds: { type: 'string', default: '8' },
      sharing: { type: 'string', default: 'off' },
      requests: { type: 'string', default: '3000' },
      out: { type: 'string' },
      against: { type: 'string' },
      profiles: { type: 'string' },
    },
  });
  const sharing = values.sharing === 'on';
  return {
    workloads: values.workload.split(','),
    gateways: values.gateways?.split(',') ?? null,
    rounds: Number(values.rounds),
    tries: Number(values.tries),
    seconds: Number(values.seconds),
    sharing,
    requests: Number(values.requests),
    out: values.out ?? (sharing ? 'engine-sharing' : 'engine'),
    against: values.against ?? null,
    profiles: values.profiles ?? null,
  };
}
