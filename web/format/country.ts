import { type Language, localeOf } from './language.ts';

/** ISO 3166-1 alpha-3 → alpha-2 for the countries people here come from most; others are shown by their code. */
const shortCodes: Readonly<Record<string, string>> = {
  KOR: 'KR',
  CHN: 'CN',
  JPN: 'JP',
  TWN: 'TW',
  USA: 'US',
  IND: 'IN',
  FRA: 'FR',
  GBR: 'GB',
  DEU: 'DE',
  AUS: 'AU',
  CAN: 'CA',
  RUS: 'RU',
  THA: 'TH',
  LAO: 'LA',
  KHM: 'KH',
  MYS: 'MY',
  SGP: 'SG',
  IDN: 'ID',
  PHL: 'PH',
  MMR: 'MM',
  NLD: 'NL',
  ITA: 'IT',
  ESP: 'ES',
  CHE: 'CH',
  SWE: 'SE',
  NOR: 'NO',
  DNK: 'DK',
  FIN: 'FI',
  POL: 'PL',
  CZE: 'CZ',
  UKR: 'UA',
  BEL: 'BE',
  AUT: 'AT',
  NZL: 'NZ',
  ISR: 'IL',
  TUR: 'TR',
  ZAF: 'ZA',
  NGA: 'NG',
  BRA: 'BR',
};

/** The name of a country by its code on passports; the code itself where we know no name. */
export function countryName(code: string, language: Language): string {
  // The state writes its own name in two words; the Unicode tables write one.
  if (code === 'VNM') return language === 'vi' ? 'Việt Nam' : 'Viet Nam';
  const short = shortCodes[code];
  if (short === undefined) return code;
  return new Intl.DisplayNames(localeOf[language], { type: 'region' }).of(short) ?? code;
}
