import { addYears, ageOn, type Day, iso, yearOf } from './calendar.ts';
import weightRows from './data/household-weights.json' with { type: 'json' };
import { type Commune, houseAddress, PROVINCE_DRAW, type Province } from './geography.ts';
import { compose, type Member, type Role, SIZE_COUNTS } from './household-shape.ts';
import { fullName, surname } from './names.ts';
import { oldIdNumber, personalNumber } from './numbers.ts';
import { ENTITY, mix, permute, type Seed, Stream, Weighted } from './prng.ts';

/** Households and people of one block: sizes are dealt out whole, so a person's index gives the household at once. */
export const BLOCK = { households: 1000, people: 3600 } as const;

const shapesBySize = new Map<number, Weighted<{ shape: string; bin: number }>>(
  Object.keys(SIZE_COUNTS).map((text) => {
    const size = Number(text);
    const rows = weightRows as readonly (
      | readonly [number, string, number, number]
      | readonly (string | number)[]
    )[];
    const own = rows.filter((row) => row[0] === size);
    return [
      size,
      new Weighted(
        own.map((row) => [{ shape: String(row[1]), bin: Number(row[2]) }, Number(row[3])] as const),
      ),
    ];
  }),
);
const SIZES: readonly number[] = Object.entries(SIZE_COUNTS).flatMap(([size, count]) =>
  Array<number>(count).fill(Number(size)),
);

/** What every registry's record of one person starts from: the truth that the registers copy, well or badly. */
export interface Resident {
  readonly index: number;
  readonly place: number;
  readonly role: Role;
  readonly male: boolean;
  readonly birth: Day;
  readonly age: number;
  /** ISO date, or the year alone where the old record has no more. */
  readonly dateOfBirth: string;
  readonly fullName: string;
  readonly ethnicity: string;
  readonly personalNumber: string;
  /** The number before a correction of sex or birth year, else null. */
  readonly cancelledNumber: string | null;
  readonly oldIdNumber: string | null;
  readonly deceased: boolean;
}

/** People who live under one roof, with the place they live in. */
export interface Household {
  readonly index: number;
  readonly first: number;
  readonly province: Province;
  readonly commune: Commune;
  readonly detail: string;
  readonly shape: string;
  readonly members: readonly Resident[];
}

/** What the recipe needs to know: the seed and the day that counts as today. */
export interface World {
  readonly seed: Seed;
  readonly today: Day;
}

interface Block {
  readonly seed: Seed;
  readonly number: number;
  /** First person of each household inside the block, and 3,600 at the end. */
  readonly starts: Uint16Array;
}

function blockOf(seed: Seed, number: number): Block {
  const starts = new Uint16Array(BLOCK.households + 1);
  const key = mix(seed.a ^ Math.imul(number + 1, 0x9e3779b1));
  for (let place = 0; place < BLOCK.households; place += 1)
    starts[place + 1] = (starts[place] as number) + (SIZES[permute(key, 40, 25, place)] as number);
  return { seed, number, starts };
}

// One block is remembered: neighbours are asked for one after the other, and a block is dealt in microseconds.
let latest: Block | undefined;

function blockFor(seed: Seed, number: number): Block {
  if (latest?.number !== number || latest.seed.text !== seed.text) latest = blockOf(seed, number);
  return latest;
}

/** The household a person of this index belongs to. */
export function householdIndexOf(seed: Seed, person: number): number {
  const block = blockFor(seed, Math.floor(person / BLOCK.people));
  const within = person % BLOCK.people;
  let low = 0;
  let high = BLOCK.households - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((block.starts[middle] as number) <= within) low = middle;
    else high = middle - 1;
  }
  return block.number * BLOCK.households + low;
}

// Provinces go round in golden-ratio steps: their shares come out exact even in a small seed.
const GOLDEN = 0.6180339887498949;

function provinceOf(seed: Seed, household: number): Province {
  return PROVINCE_DRAW.at(((household + 1) * GOLDEN + (seed.a >>> 0) / 0x1_0000_0000) % 1);
}

function birthDay(stream: Stream, today: Day, age: number): Day {
  const latestBirth = addYears(today, -age);
  const day = latestBirth - stream.below(365);
  return ageOn(day, today) === age ? day : latestBirth;
}

function yearOnly(stream: Stream, age: number): boolean {
  return age >= 50 && stream.chance(age >= 70 ? 0.044 : 0.003);
}

function deceased(stream: Stream, age: number): boolean {
  return age >= 40 && stream.chance(age >= 70 ? 0.011 : 0.0014);
}

function surnameFor(
  stream: Stream,
  member: Member,
  members: readonly Member[],
  own: string,
  wife: string,
): string {
  if (member.role === 'S' || member.role === 'H') {
    const husband = members[0]?.male === true;
    if (member.role === 'H') return husband || members[1]?.role !== 'S' ? own : wife;
    return husband ? wife : own;
  }
  if (member.role === 'C') return stream.chance(0.97) ? own : wife;
  if (member.role === 'P') return member.male ? headSurname(members, own, wife) : '';
  return headSurname(members, own, wife);
}

function headSurname(members: readonly Member[], own: string, wife: string): string {
  return members[0]?.male === true || members[1]?.role !== 'S' ? own : wife;
}

function residentOf(
  world: World,
  home: { first: number; province: Province; ethnicity: string; own: string; wife: string },
  members: readonly Member[],
  place: number,
): Resident {
  const { seed, today } = world;
  const member = members[place] as Member;
  const index = home.first + place;
  const stream = new Stream(seed, ENTITY.person, index);
  const birth = birthDay(stream, today, member.age);
  const vague = yearOnly(stream, member.age);
  const birthYear = yearOf(birth);
  const correction = stream.unit();
  const hadOldCard = birthYear < 2000 && stream.chance(0.7);
  const names = new Stream(seed, ENTITY.name, index);
  const family =
    surnameFor(names, member, members, home.own, home.wife) ||
    surname(names, home.province.region, home.ethnicity);
  return {
    index,
    place,
    role: member.role,
    male: member.male,
    birth,
    age: member.age,
    dateOfBirth: vague ? String(birthYear) : iso(birth),
    fullName: fullName(names, family, { male: member.male, birthYear, ethnicity: home.ethnicity }),
    ethnicity: home.ethnicity,
    personalNumber: personalNumber(seed, index, member.male, birthYear),
    cancelledNumber:
      correction < 0.0005 ? wrongNumber(seed, index, member.male, birthYear, correction) : null,
    oldIdNumber: hadOldCard ? oldIdNumber(seed, index) : null,
    deceased: deceased(stream, member.age),
  };
}

function wrongNumber(seed: Seed, index: number, male: boolean, birthYear: number, draw: number): string {
  return draw < 0.00015
    ? personalNumber(seed, index, !male, birthYear)
    : personalNumber(seed, index, male, draw < 0.0003 ? birthYear - 1 : Math.min(birthYear + 1, 2026));
}

/** One household, rebuilt from nothing but the seed, the day and its index. */
export function household(world: World, index: number): Household {
  const { seed } = world;
  const block = blockFor(seed, Math.floor(index / BLOCK.households));
  const within = index % BLOCK.households;
  const start = block.starts[within] as number;
  const size = (block.starts[within + 1] as number) - start;
  const stream = new Stream(seed, ENTITY.household, index);
  const { shape, bin } = (shapesBySize.get(size) as Weighted<{ shape: string; bin: number }>).draw(stream);
  const members = compose(stream, shape, bin);
  const province = provinceOf(seed, index);
  const commune = province.draw.draw(stream);
  const ethnicity = stream.chance(province.minorityShare) ? province.minorities.draw(stream) : 'Kinh';
  const own = surname(stream, province.region, ethnicity);
  const wife = surname(stream, province.region, ethnicity);
  const first = block.number * BLOCK.people + start;
  const home = { first, province, ethnicity, own, wife };
  return {
    index,
    first,
    province,
    commune,
    detail: houseAddress(stream, commune),
    shape,
    members: members.map((_, place) => residentOf(world, home, members, place)),
  };
}
