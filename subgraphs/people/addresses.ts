import { dayOf, iso } from './calendar.ts';
import catalogue from './data/catalogue.json' with { type: 'json' };
import { type Commune, PROVINCE_DRAW, type Province } from './geography.ts';
import type { Stream } from './prng.ts';
import type { Address } from './records.ts';

const TWO_TIERS_FROM = dayOf('2025-07-01');

/** An address in the two tiers in force; `legacy` adds how it stood on papers before July 2025. */
export function addressOf(
  province: Province,
  commune: Commune,
  detail: string | null,
  asOf: number | null,
  legacy: boolean,
): Address {
  const front = detail === null ? '' : `${detail}, `;
  return {
    text: `${front}${commune.name}, ${province.fullName}`,
    provinceCode: province.code,
    provinceName: province.fullName,
    communeCode: commune.code,
    communeName: commune.name,
    detail,
    legacyText: legacy && commune.former !== '' ? `${front}${commune.former}` : null,
    asOf: asOf === null ? null : iso(asOf),
    tier: 'TWO',
  };
}

/** A place of the past as the old record has it: three tiers before July 2025, two since. */
export function pastPlace(province: Province, commune: Commune, day: number): Address {
  if (day >= TWO_TIERS_FROM || commune.former === '') return addressOf(province, commune, null, day, false);
  return {
    text: commune.former,
    provinceCode: province.code,
    provinceName: province.fullName,
    communeCode: null,
    communeName: null,
    detail: null,
    legacyText: commune.former,
    asOf: iso(day),
    tier: 'THREE',
  };
}

/** A place abroad, known by the country's name alone. */
export function abroad(stream: Stream, day: number): Address {
  return {
    text: String(stream.of(catalogue.countries)[2]),
    provinceCode: null,
    provinceName: null,
    communeCode: null,
    communeName: null,
    detail: null,
    legacyText: null,
    asOf: iso(day),
    tier: 'THREE',
  };
}

/** Where somebody of this province was born: four in five at home, the rest by the weight of the provinces. */
export function birthProvince(stream: Stream, home: Province): Province {
  return stream.chance(0.8) ? home : PROVINCE_DRAW.draw(stream);
}
