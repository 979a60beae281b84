import { castPeople } from './cast.ts';
import { people } from './recipe.ts';
import type { SyntheticPerson } from './records.ts';

/** How many are drawn besides the cast, from which word, and as of which day (`YYYY-MM-DD`). */
export interface Everybody {
  readonly people: number;
  readonly seed: string;
  readonly today: string;
}

/** Everybody a database is seeded with: the cast, then the people drawn. */
export function* everybody({ people: count, seed, today }: Everybody): Generator<SyntheticPerson> {
  yield* castPeople;
  yield* people({ count, seed, today });
}
