import { account } from './account.ts';
import { dayOf } from './calendar.ts';
import { drivingLicences } from './driving-licences.ts';
import { foreigner } from './foreigner.ts';
import { type Household, household, householdIndexOf, type Resident, type World } from './household.ts';
import { immigration } from './immigration.ts';
import { healthInsurance, socialInsurance } from './insurance.ts';
import { MOST_PEOPLE } from './numbers.ts';
import { population } from './population.ts';
import { seedOf } from './prng.ts';
import type { SyntheticPerson } from './records.ts';
import { type Garage, garage } from './vehicles.ts';

/** The day that counts as today unless told otherwise: fixed, so that the same seed gives the same bytes. */
export const SEED_TODAY = '2026-11-21';
/** The seed unless told otherwise. */
export const DEFAULT_SEED = 'dinhdanh';

/** What decides the people: equal options give equal bytes. */
export interface PeopleOptions {
  readonly seed?: string;
  /** ISO date. */
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

function worldOf({ seed = DEFAULT_SEED, today = SEED_TODAY }: PeopleOptions): World {
  return { seed: seedOf(seed), today: dayOf(today) };
}

/** A citizen whose records are computed when they are asked for, each time anew: ask once and keep it. */
class Citizen implements SyntheticPerson {
  readonly kind = 'CITIZEN';
  readonly #world: World;
  readonly #home: Household;
  readonly #person: Resident;
  #garage: Garage | undefined;

  constructor(world: World, home: Household, person: Resident) {
    this.#world = world;
    this.#home = home;
    this.#person = person;
  }

  get index(): number {
    return this.#person.index;
  }

  get account(): SyntheticPerson['account'] {
    return account(this.#world, this.#home, this.#person);
  }

  get population(): SyntheticPerson['population'] {
    return population(this.#world, this.#home, this.#person);
  }

  get immigration(): SyntheticPerson['immigration'] {
    return immigration(this.#world, this.#person);
  }

  get drivingLicences(): SyntheticPerson['drivingLicences'] {
    return drivingLicences(this.#world, this.#home, this.#person);
  }

  get vehicles(): SyntheticPerson['vehicles'] {
    return this.#parked().vehicles;
  }

  get retainedPlates(): SyntheticPerson['retainedPlates'] {
    return this.#parked().retainedPlates;
  }

  get socialInsurance(): SyntheticPerson['socialInsurance'] {
    return socialInsurance(this.#world, this.#home, this.#person);
  }

  get healthInsurance(): SyntheticPerson['healthInsurance'] {
    return healthInsurance(this.#world, this.#home, this.#person);
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
    this.#garage ??= garage(this.#world, this.#home, this.#person);
    return this.#garage;
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
    yield foreigner(world, position - count);
}
