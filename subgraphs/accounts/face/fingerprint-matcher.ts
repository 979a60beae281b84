import type { InBothLanguages } from './face-matcher.ts';

/** A fingerprint as a reader gives it: a template of a standard (ISO/IEC 19794-2), never a picture that we would have to keep. */
export interface FingerprintCapture {
  readonly format: 'ISO_19794_2';
  readonly bytes: Uint8Array;
}

/**
 * What came of it. `FINGERPRINT_NOT_READ`: there is no reader here, or it read nothing; the portrait decides, or an officer.
 * `FINGERPRINT_NOT_ON_RECORD`: the database has none of this person, as of children under six.
 */
export type FingerprintResult =
  | { readonly outcome: 'COMPARED'; readonly score: number }
  | { readonly outcome: 'REFUSED'; readonly code: 'FINGERPRINT_NOT_READ' | 'FINGERPRINT_NOT_ON_RECORD' };

/**
 * The port to whoever compares fingerprints. The reference never comes to us: prints of the card (DG3) are read by authorised
 * terminals alone, and those of the identity database stay there, so an engine is asked by the number of the person's record.
 */
export interface FingerprintMatcher {
  readonly about: {
    readonly name: string;
    readonly version: string;
    readonly isBiometricGrade: boolean;
    readonly title: InBothLanguages;
    readonly notice: InBothLanguages;
  };
  compare(capture: FingerprintCapture, personalNumber: string): Promise<FingerprintResult>;
}

/** The shipped one: says truthfully that no fingerprint was read. Level 2 then rests on the portrait and the officer. */
export const noFingerprintMatcher: FingerprintMatcher = {
  about: {
    name: 'none',
    version: '1',
    isBiometricGrade: false,
    title: { vi: 'Không có đầu đọc vân tay', en: 'No fingerprint reader' },
    notice: {
      vi: 'Hệ thống này không đọc và không so sánh vân tay.',
      en: 'This system neither reads nor compares fingerprints.',
    },
  },
  compare: async () => ({ outcome: 'REFUSED', code: 'FINGERPRINT_NOT_READ' }),
};
