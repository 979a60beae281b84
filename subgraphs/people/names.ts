import tables from './data/names.json' with { type: 'json' };
import { plainCapitals, swapTonePlacement } from './name-key.ts';
import { type Stream, type Weighted, weighted } from './prng.ts';

interface EthnicNames {
  readonly surnames?: Weighted<string>;
  readonly male?: Weighted<string>;
  readonly female?: Weighted<string>;
  readonly clans?: Weighted<string>;
}

const surnames = {
  north: weighted(tables.surnames.north),
  central: weighted(tables.surnames.central),
  south: weighted(tables.surnames.south),
};
const given = { male: weighted(tables.given.male), female: weighted(tables.given.female) };
const middle = { male: weighted(tables.middle.male), female: weighted(tables.middle.female) };
const ethnic = new Map<string, EthnicNames>(
  Object.entries(tables.byEthnicity as unknown as Record<string, Record<string, Record<string, number>>>).map(
    ([group, lists]) => [
      group,
      Object.fromEntries(Object.entries(lists).map(([list, weights]) => [list, weighted(weights)])),
    ],
  ),
);

/** A surname usual in the region, or among the ethnic group; empty where the group's names have none. */
export function surname(stream: Stream, region: keyof typeof surnames, ethnicity: string): string {
  const group = ethnic.get(ethnicity);
  if (group === undefined) return surnames[region].draw(stream);
  return group.surnames?.draw(stream) ?? '';
}

/** "Thị" and "Văn" by the birth year: usual before 1975, rare now. */
function traditionalShare(male: boolean, birthYear: number): number {
  if (birthYear < 1975) return male ? 0.45 : 0.8;
  if (birthYear < 1995) return male ? 0.25 : 0.45;
  return male ? 0.08 : 0.15;
}

/** Full name: surname, middle names, given name; the number of words follows the sample (82.7 % have three). */
export function fullName(
  stream: Stream,
  family: string,
  person: { readonly male: boolean; readonly birthYear: number; readonly ethnicity: string },
): string {
  const sex = person.male ? 'male' : 'female';
  const group = ethnic.get(person.ethnicity);
  const own = group?.[sex];
  if (own !== undefined) {
    const name = own.draw(stream);
    if (family !== '') return `${family} ${name}`;
    return group?.clans === undefined ? name : `${name} ${group.clans.draw(stream)}`;
  }
  const words = stream.unit();
  const last = given[sex].draw(stream);
  if (words < 0.0115) return `${family} ${last}`;
  const traditional = stream.chance(traditionalShare(person.male, person.birthYear));
  let first = traditional ? (person.male ? 'Văn' : 'Thị') : middle[sex].draw(stream);
  if (first === last) first = person.male ? 'Văn' : 'Thị';
  if (words < 0.841) return `${family} ${first} ${last}`;
  let second = middle[sex].draw(stream);
  if (second === last || second === first) second = person.male ? 'Xuân' : 'Ngọc';
  return `${family} ${first} ${second} ${last}`;
}

/** How often a registry other than population wrote the name differently. */
export const NAME_DEFECTS = { tonePlacement: 0.01, diacriticsLost: 0.007, spacing: 0.003 } as const;

/** One name in twenty has a syllable with two tone placements: one in five of them is written the other way. */
const SWAPPED = 0.2;

/** The name as a registry has it: mostly as in the population register, at times with one of the known faults. */
export function nameAsStored(stream: Stream, name: string): string {
  const draw = stream.unit();
  if (draw >= SWAPPED) return name;
  if (draw >= NAME_DEFECTS.diacriticsLost + NAME_DEFECTS.spacing) return swapTonePlacement(name);
  if (draw < NAME_DEFECTS.diacriticsLost)
    return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
  const words = name.split(' ');
  return stream.chance(0.5) ? words.join('  ') : [...words.slice(1), words[0]].join(' ');
}

/** The name on a driving licence: one in five stands in capitals without marks, as old printers wrote it. */
export function nameOnLicence(stream: Stream, name: string): string {
  return stream.chance(0.2) ? plainCapitals(name) : nameAsStored(stream, name);
}
