import { AppError } from './errors.ts';
import { matchName } from './match-name.ts';

/** Letters of a name and of an address that are compared, at most; no register has longer ones. */
const LONGEST = { name: 100, mrzName: 39, place: 300 } as const;

const PARTIAL_DATE = /^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$/;

/** The fields that declarations to every registry have. */
export interface DeclaredPerson {
  readonly fullName: string;
  readonly mrzName?: string | null | undefined;
  readonly dateOfBirth: string;
}

/**
 * Refuses a declaration that is none, before anything is looked for.
 *
 * @param places the addresses it has, by field
 * @throws AppError `BAD_USER_INPUT` with the field
 */
export function checkDeclared(
  { fullName, mrzName, dateOfBirth }: DeclaredPerson,
  places: Readonly<Record<string, string | null | undefined>> = {},
): void {
  if (fullName.length > LONGEST.name || matchName(fullName) === '') return refuse('fullName');
  if (typeof mrzName === 'string' && !isMrzName(mrzName)) return refuse('mrzName');
  if (!PARTIAL_DATE.test(dateOfBirth)) return refuse('dateOfBirth');
  for (const [field, text] of Object.entries(places)) {
    if ((text ?? '').length > LONGEST.place) return refuse(field);
  }
}

function isMrzName(name: string): boolean {
  return name.length <= LONGEST.mrzName && /^[A-Z](?:[A-Z<]*[A-Z])?$/.test(name);
}

function refuse(field: string): never {
  throw new AppError('BAD_USER_INPUT', { field });
}
