import type { OpenOrder } from './wire-orders.ts';

/** One of the things that are measured. */
export interface Workload {
  readonly letter: string;
  readonly title: string;
  readonly dataset: OpenOrder['dataset'];
  readonly requests: OpenOrder['requests'];
  readonly delayMs: number;
  readonly connections: number;
  /** Names in {@link contestants}; the first is held against the others: they must answer as it does. */
  readonly gateways: readonly string[];
  /** Whether every round gets a process of its own, which has seen none of the requests. */
  readonly fresh: boolean;
}

const PEERS = ['ours', 'apollo', 'hive', 'hive-rust'] as const;
const ALL = ['floor', 'floor-undici', ...PEERS] as const;

/** What is measured, in the order in which it is. */
export const workloads: readonly Workload[] = [
  {
    letter: 'a',
    title: 'our profile query, another person each time',
    dataset: 'profile',
    requests: 'profile',
    delayMs: 0,
    connections: 50,
    gateways: ALL,
    fresh: false,
  },
  {
    letter: 'b',
    title: 'a wide catalogue query',
    dataset: 'catalogue',
    requests: 'wide',
    delayMs: 0,
    connections: 50,
    gateways: [...ALL, 'mercurius'],
    fresh: false,
  },
  {
    letter: 'c',
    title: 'a tiny query',
    dataset: 'catalogue',
    requests: 'tiny',
    delayMs: 0,
    connections: 50,
    gateways: ALL,
    fresh: false,
  },
  {
    letter: 'd',
    title: '(a) with subgraphs that take 20 ms, 200 connections',
    dataset: 'profile',
    requests: 'profile',
    delayMs: 20,
    connections: 200,
    gateways: ['floor', ...PEERS],
    fresh: false,
  },
  {
    letter: 'e',
    title: 'cold plans: no two documents alike',
    dataset: 'profile',
    requests: 'cold',
    delayMs: 0,
    connections: 50,
    gateways: PEERS,
    fresh: true,
  },
];

/** A program that takes part, and the variant of it. */
export interface Contestant {
  readonly file: string;
  readonly variant: string;
  /** Whether it is run from the checkout that this one is held against. */
  readonly isBefore?: true;
}

/** Take part, where there is another checkout, in every workload that those of this one take part in. */
export const BEFORE = { floor: 'floor-before', ours: 'ours-before' } as const;

/** Who takes part, by name. */
export const contestants: Readonly<Record<string, Contestant>> = {
  floor: { file: 'floor.ts', variant: 'upstream' },
  'floor-undici': { file: 'floor.ts', variant: 'undici' },
  ours: { file: 'ours.ts', variant: '' },
  apollo: { file: 'apollo.ts', variant: '' },
  hive: { file: 'hive.ts', variant: 'js' },
  'hive-rust': { file: 'hive.ts', variant: 'rust' },
  mercurius: { file: 'mercurius.ts', variant: '' },
  [BEFORE.floor]: { file: 'floor.ts', variant: 'upstream', isBefore: true },
  [BEFORE.ours]: { file: 'ours.ts', variant: '', isBefore: true },
};
