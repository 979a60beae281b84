import type { Stream } from './prng.ts';

/** H head, S spouse of the head, C child of the head, P parent of the head, B brother or sister of the head. */
export type Role = 'H' | 'S' | 'C' | 'P' | 'B';

/** One member before names and numbers: the place in the household, age in whole years and sex. */
export interface Member {
  readonly role: Role;
  readonly age: number;
  readonly male: boolean;
}

/** Shapes of a household by its size, head first; `*` stands for as many children as fill the size. */
export const SHAPES: Readonly<Record<number, readonly string[]>> = {
  1: ['H'],
  2: ['HS', 'HC', 'HP', 'HB'],
  3: ['HSC', 'HSP', 'HCC'],
  4: ['HSCC', 'HSCP', 'HCCP'],
  5: ['HSCCC', 'HSCCP', 'HSCPP'],
  6: ['HSCCCC', 'HSCCCP', 'HSCCPP'],
  7: ['HSCCCCP', 'HSCCCPP', 'HSCCPPB'],
  8: ['HSCCCCPP', 'HSCCCPPB'],
  9: ['HSCCCCCPP', 'HSCCCCPPB'],
  10: ['HSCCCCCCPP', 'HSCCCCCPPB'],
};

/** Households of each size in a block of 1,000, which holds 3,600 people. */
export const SIZE_COUNTS: Readonly<Record<number, number>> = {
  1: 100,
  2: 170,
  3: 210,
  4: 270,
  5: 140,
  6: 55,
  7: 33,
  8: 12,
  9: 7,
  10: 3,
};

/** The youngest age of a head of household, in years. */
export const HEAD_FROM = 20;
/** How many five-year bins there are from HEAD_FROM to "80 and more". */
export const HEAD_BINS = 13;

const OLDEST = 101;
const BIRTH_GAP = { least: 19, most: 41 } as const;

/** Whether a shape can have a head in that bin: a person of 70 has no parent at home, a boy of 20 no three children. */
export function possible(shape: string, bin: number): boolean {
  const from = HEAD_FROM + bin * 5;
  const children = shape.split('C').length - 1;
  if (shape.includes('P') && (from < 25 || from > 55)) return false;
  if (children > 0 && (from < 20 + 5 * Math.min(children, 3) || from > 80)) return false;
  return !(children > 3 && from > 55);
}

function ageInBin(stream: Stream, bin: number): number {
  if (bin < HEAD_BINS - 1) return HEAD_FROM + bin * 5 + stream.below(5);
  let age = 80;
  while (age < OLDEST && stream.chance(0.84)) age += 1;
  return age;
}

function maleAt(stream: Stream, age: number): boolean {
  if (age < 15) return stream.chance(0.527);
  return stream.chance(age < 60 ? 0.526 : 0.44);
}

function childAges(stream: Stream, mother: number, youngest: number, count: number): number[] {
  const ages: number[] = [];
  const oldest = Math.max(0, Math.min(youngest - BIRTH_GAP.least, 70));
  const least = Math.max(0, Math.min(mother - BIRTH_GAP.most, oldest));
  for (let tries = 0; ages.length < count && tries < 40; tries += 1) {
    // Two draws lean towards births at 25 to 32.
    const gap = BIRTH_GAP.least + Math.floor((stream.unit() + stream.unit()) * 0.5 * 23);
    const age = Math.min(oldest, Math.max(least, mother - gap));
    if (!ages.includes(age) || tries > 20) ages.push(age);
  }
  while (ages.length < count) ages.push(least);
  return ages.sort((left, right) => right - left);
}

/**
 * The members of one household of this shape with a head in this age bin: spouses at most six years apart,
 * parents at least nineteen years (whole) older than each child.
 */
export function compose(stream: Stream, shape: string, bin: number): Member[] {
  const head = ageInBin(stream, bin);
  const couple = shape.includes('S');
  const headMale = couple ? stream.chance(0.72) : maleAt(stream, head);
  const members: Member[] = [{ role: 'H', age: head, male: headMale }];
  let mother = head;
  let youngest = head;
  if (couple) {
    const age = Math.min(
      OLDEST,
      Math.max(20, head + (headMale ? stream.between(-6, 3) : stream.between(-3, 6))),
    );
    members.push({ role: 'S', age, male: !headMale });
    mother = headMale ? age : head;
    youngest = Math.min(age, head);
  }
  const children = shape.split('C').length - 1;
  for (const age of children === 0 ? [] : childAges(stream, mother, youngest, children))
    members.push({ role: 'C', age, male: maleAt(stream, age) });
  const parents = shape.split('P').length - 1;
  if (parents > 0) {
    const first = Math.min(OLDEST, head + stream.between(BIRTH_GAP.least + 1, 36));
    const firstMale = parents === 2 ? true : stream.chance(0.34);
    members.push({ role: 'P', age: first, male: firstMale });
    if (parents === 2) {
      const second = Math.max(head + BIRTH_GAP.least + 1, Math.min(OLDEST, first + stream.between(-6, 2)));
      members.push({ role: 'P', age: Math.min(second, head + 41), male: false });
    }
  }
  if (shape.includes('B')) {
    const age = Math.max(18, head + stream.between(-8, 8));
    members.push({ role: 'B', age, male: maleAt(stream, age) });
  }
  return members;
}
