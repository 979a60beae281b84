import { account } from './account.ts';
import { addYears, dayOf } from './calendar.ts';
import { drivingLicences } from './driving-licences.ts';
import { foreigner } from './foreigner.ts';
import { type Household, household, householdIndexOf, type Resident, type World } from './household.ts';
import { immigration } from './immigration.ts';
import { healthInsurance, socialInsurance } from './insurance.ts';
import { MOST_PEOPLE } from './numbers.ts';
import { population } from './population.ts';
import { seedOf } from './prng.ts';
import type { SyntheticPerson } from './records.ts';
import { SEED_TODAY, yearsLater } from './seed-day.ts';
import { tellLater } from './tell-later.ts';
import { type Garage, garage } from './vehicles.ts';

/** The seed unless told otherwise. */
export const DEFAULT_SEED = 'dinhdanh';

/** What decides the people: equal options give equal bytes. */
export interface PeopleOptions {
  readonly seed?: string;
  /**
   * ISO date. Whole years after {@link SEED_TODAY} make nobody older: the people are drawn as of its first year and told as
   * many years later, so that in any year as many cards are in force and as many children are children.
   */
  readonly today?: string;
}

/** Which people of a seeding to give. */
export interface PeopleRange extends PeopleOptions {
  /** Citizens in the whole seeding (at most 2,997,000); foreigners, one for each 1,000 of them, come on top. */
  readonly count: number;
  /** First position, 0 by default. */
  readonly from?: number;
  /** Position after the last, `totalPeople(count)` by default. */
  readonly to?: number;
}

/** Citizens and foreigners of a seeding together. */
export function totalPeople(count: number): number {
  return count + Math.ceil(count / 1000);
}

/** The world people are drawn in, and how many years later they are told. */
interface ToldWorld extends World {
  readonly years: number;
}

function worldOf({ seed = DEFAULT_SEED, today = SEED_TODAY }: PeopleOptions): ToldWorld {
  const years = yearsLater(today);
  return { seed: seedOf(seed), today: addYears(dayOf(today), -years), years };
}

/** A citizen whose records are computed when they are asked for, each time anew: ask once and keep it. */
class Citizen implements SyntheticPerson {
  readonly kind = 'CITIZEN';
  readonly #world: ToldWorld;
  readonly #home: Household;
  readonly #person: Resident;
  #garage: Garage | undefined;

  constructor(world: ToldWorld, home: Household, person: Resident) {
    this.#world = world;
    this.#home = home;
    this.#person = person;
  }

  get index(): number {
    return this.#person.index;
  }

  get account(): SyntheticPerson['account'] {
    return this.#told(account(this.#world, this.#home, this.#person));
  }

  get population(): SyntheticPerson['population'] {
    return this.#told(population(this.#world, this.#home, this.#person));
  }

  get immigration(): SyntheticPerson['immigration'] {
    return this.#told(immigration(this.#world, this.#person));
  }

  get drivingLicences(): SyntheticPerson['drivingLicences'] {
    return this.#told(drivingLicences(this.#world, this.#home, this.#person));
  }

  get vehicles(): SyntheticPerson['vehicles'] {
    return this.#parked().vehicles;
  }

  get retainedPlates(): SyntheticPerson['retainedPlates'] {
    return this.#parked().retainedPlates;
  }

  get socialInsurance(): SyntheticPerson['socialInsurance'] {
    return this.#told(socialInsurance(this.#world, this.#home, this.#person));
  }

  get healthInsurance(): SyntheticPerson['healthInsurance'] {
    return this.#told(healthInsurance(this.#world, this.#home, this.#person));
  }

  /** Every record, for printing and hashing. */
  toJSON(): SyntheticPerson {
    const { index, kind, account: own, population: citizen, immigration: border } = this;
    return {
      index,
      kind,
      account: own,
      population: citizen,
      immigration: border,
      drivingLicences: this.drivingLicences,
      vehicles: this.vehicles,
      retainedPlates: this.retainedPlates,
      socialInsurance: this.socialInsurance,
      healthInsurance: this.healthInsurance,
    };
  }

  #parked(): Garage {
    this.#garage ??= this.#told(garage(this.#world, this.#home, this.#person));
    return this.#garage;
  }

  #told<Told>(record: Told): Told {
    return tellLater(record, this.#world.years);
  }
}

/** The people of one household, rebuilt from the seed alone. */
export function peopleOfHousehold(index: number, options: PeopleOptions = {}): SyntheticPerson[] {
  const world = worldOf(options);
  const home = household(world, index);
  return home.members.map((person) => new Citizen(world, home, person));
}

/**
 * The people of a seeding in their order, one at a time: citizens household by household, then foreigners. Pure: the
 * same options give the same bytes, any range alone gives what the whole stream gives. A household that the last
 * citizen cuts is cut: its records still name the members who are not seeded.
 */
export function* people({
  count,
  from = 0,
  to = totalPeople(count),
  ...options
}: PeopleRange): Generator<SyntheticPerson> {
  if (count > MOST_PEOPLE)
    throw new RangeError(`at most ${MOST_PEOPLE} people can be seeded with distinct numbers`);
  const world = worldOf(options);
  const lastCitizen = Math.min(to, count);
  for (let position = from; position < lastCitizen; ) {
    const home = household(world, householdIndexOf(world.seed, position));
    for (const person of home.members.slice(position - home.first)) {
      if (position >= lastCitizen) break;
      yield new Citizen(world, home, person);
      position += 1;
    }
  }
  for (let position = Math.max(from, count); position < Math.min(to, totalPeople(count)); position += 1)
    yield tellLater(foreigner(world, position - count), world.years);
}
