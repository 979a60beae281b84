import { EngineRefusal } from '@dinhdanh/gateway/engine';
import { Dice } from './dice.ts';
import { CompositionRefused, federate, type Federation, type Wrap } from './federate.ts';
import { drawOperation } from './random-operation.ts';
import { type Drawn, drawFederation } from './random-supergraph.ts';
import { drawWorld } from './random-world.ts';

/** What cases came to; a case is one operation over data of its own. */
export interface Tally {
  cases: number;
  federations: number;
  /** Drawings that the composer refuses. */
  discarded: number;
  /** Cases that took several requests, and cases whose answer holds an error. */
  severalRequests: number;
  /** Operations, and supergraphs, that the engine refuses because it finds no plan. */
  refused: number;
  refusedFederations: number;
  withErrors: number;
  /** Cases in which all answers of the services were read as bytes. */
  inBytes: number;
  readonly failures: { readonly seed: number; readonly text: string }[];
}

const operationsEach = 3;
const atOnce = 4;
const mishaps = [
  { nulls: 0, errors: 0 },
  { nulls: 5, errors: 0 },
  { nulls: 6, errors: 15 },
  { nulls: 0, errors: 6 },
];

/** A tally of nothing yet. */
export const newTally = (): Tally => ({
  cases: 0,
  federations: 0,
  discarded: 0,
  severalRequests: 0,
  refused: 0,
  refusedFederations: 0,
  withErrors: 0,
  inBytes: 0,
  failures: [],
});

/** Draws services, then data and operations, from one number; compares every answer with the plain server's. */
export async function runFederation(seed: number, tally: Tally, wrap?: Wrap): Promise<void> {
  const dice = new Dice(seed);
  const drawn = drawFederation(dice);
  const federation = await begin(drawn, seed, tally);
  if (!federation) return;
  tally.federations += 1;
  for (let count = 0; count < operationsEach; count += 1) {
    const worldSeed = dice.throw(2 ** 31);
    const mishap = dice.pick(mishaps);
    const operation = drawOperation(dice, federation.engine.schema);
    if (!operation) continue;
    const { query, variables } = operation;
    const fail = (text: string): number =>
      tally.failures.push({ seed, text: `${query}\n${JSON.stringify(variables)}\n${text}` });
    tally.cases += 1;
    try {
      const world = () => drawWorld(new Dice(worldSeed), drawn, mishap);
      const { differences, requests, errors, isInBytes } = await federation.compare(
        world,
        query,
        { ...variables },
        wrap,
      );
      if (differences.length > 0) fail(differences.join('\n'));
      if (requests > 1) tally.severalRequests += 1;
      if (errors > 0) tally.withErrors += 1;
      if (isInBytes) tally.inBytes += 1;
    } catch (error) {
      if (error instanceof EngineRefusal && error.sentence === 'unplannable') tally.refused += 1;
      else fail(describe(error));
    }
  }
  federation.engine.close();
}

/** Draws federations from `first` on until there are so many cases; several at once, for they wait for the planner. */
export async function runCases(
  first: number,
  tally: Tally,
  isDone: () => boolean,
  wrap?: Wrap,
): Promise<void> {
  let seed = first;
  const work = async (): Promise<void> => {
    while (!isDone()) await runFederation(seed++, tally, wrap);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Shares of what is drawn that may be refused for want of a plan. */
const mostRefused = { cases: 0.02, federations: 0.02 };

/** Whether more is refused than may be. */
export function refusesTooMuch({ cases, federations, refused, refusedFederations }: Tally): boolean {
  return refused > cases * mostRefused.cases || refusedFederations > federations * mostRefused.federations;
}

async function begin(drawn: Drawn, seed: number, tally: Tally): Promise<Federation | null> {
  try {
    return await federate(drawn.subgraphs);
  } catch (error) {
    if (error instanceof CompositionRefused) tally.discarded += 1;
    else if (error instanceof TypeError && error.message.startsWith('No plan leads'))
      tally.refusedFederations += 1;
    else tally.failures.push({ seed, text: describe(error) });
    return null;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack ?? error.message}${error.cause instanceof Error ? ` because ${error.cause.message}` : ''}`;
}
