import { castPeopleOn } from './cast.ts';
import { people } from './recipe.ts';
import type { SyntheticPerson } from './records.ts';

/** How many are drawn besides the cast, from which word, and as of which day (`YYYY-MM-DD`). */
export interface Everybody {
  readonly people: number;
  readonly seed: string;
  readonly today: string;
}

/** Everybody a database is seeded with: the cast as of that day, then the people drawn. */
export function* everybody({ people: count, seed, today }: Everybody): Generator<SyntheticPerson> {
  yield* castPeopleOn(today);
  yield* people({ count, seed, today });
}
