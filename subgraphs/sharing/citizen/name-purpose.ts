import type { BilingualText } from '../consent/asked.ts';
import { purposes } from '../parties/purposes.ts';

/** A purpose as the catalogue names it. */
export interface NamedPurpose {
  readonly code: string;
  readonly label: BilingualText;
  readonly legalBasis: string;
}

/** A purpose by its code; one that has left the catalogue since is called by the code. */
export function purposeOf(code: string): NamedPurpose {
  const { label = { vi: code, en: code }, legalBasis = '' } = purposes.get(code) ?? {};
  return { code, label: { vi: label.vi, en: label.en }, legalBasis };
}
