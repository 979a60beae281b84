import { validOn } from './dated.ts';
import type { Dated, Words } from './dated.ts';

/** Terms of use as they were shown from a day on. */
export interface TermsRow extends Dated {
  readonly version: string;
  readonly text: Words;
  readonly url: string;
}

/** Every version there was: what somebody accepted can be shown again. */
export const termsRows: readonly TermsRow[] = [
  {
    law: '69/2024/NĐ-CP Điều 10',
    validFrom: '2021-11-08',
    validTo: null,
    version: '2024-07-01',
    text: {
      vi: 'Tôi đồng ý với điều khoản sử dụng và dịch vụ',
      en: 'I agree to the terms of use and service',
    },
    url: '/#/rules',
  },
];

/** The terms that are shown on a legal day; null where there are none. */
export function termsOn(day: string): TermsRow | null {
  return validOn(termsRows, day).at(-1) ?? null;
}

/** The terms of a version; null where there never was one. */
export function termsOf(version: string): TermsRow | null {
  return termsRows.find((row) => row.version === version) ?? null;
}
