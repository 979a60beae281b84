import { AppError } from '@dinhdanh/kit';
import type { IncomingHttpHeaders } from 'node:http';

/** The header by which auditors and officers name the case they act on. */
const HEADER = 'case-reference';

const CASE = /^[A-Za-z0-9][A-Za-z0-9._/-]{2,63}$/;

/** As long as the shortest number of a person: a case is not named after somebody. */
const LIKE_A_NUMBER = /[0-9]{9}/;

/**
 * The case reference of a request; null where it names none.
 *
 * @throws AppError `BAD_USER_INPUT`, reason `CASE_INVALID`
 */
export function readCase(headers: IncomingHttpHeaders): string | null {
  const given = headers[HEADER];
  if (given === undefined) return null;
  if (typeof given === 'string' && CASE.test(given) && !LIKE_A_NUMBER.test(given)) return given;
  throw new AppError('BAD_USER_INPUT', { reason: 'CASE_INVALID', field: HEADER });
}

/** What a caller is told who must name a case and has not. */
export const caseRequired = { code: 'BAD_USER_INPUT', reason: 'CASE_REQUIRED', field: HEADER } as const;
