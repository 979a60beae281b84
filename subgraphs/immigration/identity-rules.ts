import { fitsMrzName, judgeIdentity, matchName, noMatch, sameDate, sameName } from '@dinhdanh/kit';
import type { IdentityJudgement } from '@dinhdanh/kit';

/** What a foreigner declares of themself to register (Decree 69/2024, art. 11). */
export interface DeclaredForeigner {
  /** Where there is none, files are looked for by the passport. */
  readonly personalNumber?: string | null | undefined;
  readonly passportNumber?: string | null | undefined;
  /** ISO 3166-1 alpha-3, as `nationality`. */
  readonly passportIssuer?: string | null | undefined;
  readonly fullName: string;
  readonly mrzName?: string | null | undefined;
  /** `1950`, `1950-03` or `1950-03-02`. */
  readonly dateOfBirth: string;
  readonly sex: string;
  readonly nationality: readonly string[];
}

/** A file that the declaration is held against. */
export interface RecordedForeigner {
  readonly fullName: string;
  readonly dateOfBirth: string;
  readonly sex: string;
  readonly nationality: readonly string[];
  readonly passports: readonly {
    readonly number: string;
    readonly issuer: string;
    readonly expiryDate: string;
  }[];
}

/** Held against a declaration where nobody has its number, so that both take the same work. */
const nobody: RecordedForeigner = { fullName: '', dateOfBirth: '', sex: '', nationality: [], passports: [] };

/** What came of it; `isAmbiguous` where one passport number leads to several people, of whom nobody is told anything. */
export type ForeignerJudgement = IdentityJudgement & { readonly isAmbiguous: boolean };

/**
 * How far a declaration matches the files found for it, the one verified last first, on a legal day. Two countries may
 * give one passport number, so a file found by it must be of a national of the country that issued it.
 */
export function compareForeigner(
  declared: DeclaredForeigner,
  found: readonly RecordedForeigner[],
  today: string,
): ForeignerJudgement {
  const byNumber = (declared.personalNumber ?? '') !== '';
  const files = byNumber
    ? found
    : found.filter(({ nationality }) => nationality.includes(declared.passportIssuer ?? ''));
  const people = new Set(files.map(({ fullName, dateOfBirth }) => `${matchName(fullName)} ${dateOfBirth}`));
  const isAmbiguous = !byNumber && people.size > 1;
  const judged = compareFile(declared, files[0] ?? nobody, today);
  return files.length === 0 || isAmbiguous ? { ...noMatch, isAmbiguous } : { ...judged, isAmbiguous };
}

function compareFile(declared: DeclaredForeigner, file: RecordedForeigner, today: string): IdentityJudgement {
  const { fullName, mrzName, dateOfBirth, sex, nationality, passportNumber, passportIssuer } = declared;
  return judgeIdentity({
    FULL_NAME:
      sameName(fullName, file.fullName) &&
      (mrzName === null || mrzName === undefined || fitsMrzName(mrzName, file.fullName, { anyOrder: true })),
    DATE_OF_BIRTH: sameDate(dateOfBirth, file.dateOfBirth),
    SEX: sex === file.sex,
    NATIONALITY: nationality.length > 0 && nationality.every((country) => file.nationality.includes(country)),
    PASSPORT:
      (passportNumber ?? '') === ''
        ? null
        : file.passports.some(
            ({ number, issuer, expiryDate }) =>
              number === passportNumber && issuer === passportIssuer && today <= expiryDate,
          ),
  });
}
