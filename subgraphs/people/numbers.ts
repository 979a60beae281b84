import { mix, permute, type Seed } from './prng.ts';

// Every number is a counter (the person's or vehicle's own index) sent through a keyed permutation, so that it is
// unique without a table. Low values are left free: they belong to the people of cast.json, written by hand.

/** The most people one seed can have before numbers would repeat: three prefixes of 999,000 numbers each. */
export const MOST_PEOPLE = 2_997_000;

const digits = (value: number, width: number): string => String(value).padStart(width, '0');

/**
 * A personal number (số định danh cá nhân): prefix 097–099, which no province was given; century and sex; year of
 * birth; six digits of 001000 and more (000000–000999 belong to the cast). Unique for any sex and year of one index.
 */
export function personalNumber(seed: Seed, index: number, male: boolean, birthYear: number): string {
  const prefix = 97 + (index % 3);
  const century = Math.floor(birthYear / 100 - 19) * 2 + (male ? 0 : 1);
  const group = prefix * 1000 + century * 100 + (birthYear % 100);
  const tail = 1000 + permute(mix(seed.a ^ Math.imul(group, 0x9e3779b1)), 999, 1000, Math.floor(index / 3));
  return `0${prefix}${century}${digits(birthYear % 100, 2)}${digits(tail, 6)}`;
}

/** A foreigner's ID number: opaque; ours has 12 digits, prefix 097–099 and a fourth digit of 9, which no citizen has. */
export function foreignerNumber(seed: Seed, index: number): string {
  const tail = 10_000 + permute(mix(seed.b ^ 0x11), 9999, 10_000, index);
  return `0${97 + (index % 3)}9${digits(tail, 8)}`;
}

/** An old identity card number (CMND, 9 digits) with a first pair of 97–99, which no province was given. */
export function oldIdNumber(seed: Seed, index: number): string {
  return `${97 + (index % 3)}${digits(1000 + permute(mix(seed.b ^ (0x22 + (index % 3) * 256)), 9999, 1000, Math.floor(index / 3)), 7)}`;
}

/** A passport number of a citizen, series X (not in use); `nth` 0 or 1 is the person's older or newer passport. */
export function passportNumber(seed: Seed, index: number, nth: number): string {
  return `X${digits(1000 + permute(mix(seed.b ^ 0x33), 9999, 1000, index * 2 + nth), 7)}`;
}

/** A licence number (số GPLX): 12 digits, province pair 97–99, a 1, the year of passing and seven digits. */
export function licenceNumber(seed: Seed, index: number, nth: number, passYear: number): string {
  const tail = 1000 + permute(mix(seed.b ^ 0x44), 9999, 1000, index * 2 + nth);
  return `${97 + (index % 3)}1${digits(passYear % 100, 2)}${digits(tail, 7)}`;
}

/** A social insurance number (mã số BHXH): ten digits, first pair 97–99. */
export function socialNumber(seed: Seed, index: number): string {
  return `${97 + (index % 3)}${digits(10_000 + permute(mix(seed.b ^ 0x55), 9999, 10_000, index), 8)}`;
}

/** Eight digits that no other vehicle of the seed has: the tail of chassis and engine numbers. */
export function vehicleSerial(seed: Seed, vehicle: number, purpose: number): string {
  return digits(10_000 + permute(mix(seed.b ^ (0x60 + purpose)), 9999, 10_000, vehicle), 8);
}

/** A plausible number that needs not be unique (certificates, files, decisions), of that many digits. */
export function serial(word: number, width: number): string {
  return digits(word % 10 ** width, width);
}
