import { AppError, checkDeclared, legalDateOf, sourceAsked } from '@dinhdanh/kit';
import type { CallContext, Database, IdentityJudgement, ToldSource } from '@dinhdanh/kit';
import { compareForeigner } from './identity-rules.ts';
import type { DeclaredForeigner } from './identity-rules.ts';
import type { ImmigrationStore } from './store.ts';

/** What is known of the call that asks. */
export type MatchCall = CallContext & { readonly store: Pick<ImmigrationStore, 'declaredUnder'> };

/** How far a declaration matches, and which database said so. */
export type ToldMatch = IdentityJudgement & { readonly source: ToldSource };

/**
 * Tells an applicant how far what they declare matches their file: the one under the number and passport that the caller
 * token has for them, by no others, whatever the arguments say. One statement, whether there is such a file or not.
 *
 * @throws AppError `NOT_PERMITTED` for any other caller, number or passport · `RATE_LIMITED` · `BAD_USER_INPUT` with the field
 */
export async function matchForeignResident(
  declared: DeclaredForeigner,
  { declared: vouchedFor, store, now, log, caller }: MatchCall,
  database: Database,
): Promise<ToldMatch> {
  const { kind, personalNumber, passports } = vouchedFor();
  const passportNumber = declared.passportNumber ?? '';
  const isVouchedFor =
    kind === 'FOREIGN_RESIDENT' &&
    personalNumber === (declared.personalNumber ?? '') &&
    (passportNumber === '' || passports.includes(passportNumber));
  if (!isVouchedFor) {
    log.error('SERVICE_REFERENCE_REFUSED', { requestId: caller.jti });
    throw new AppError('NOT_PERMITTED', { internal: 'another number than the applicant’s' });
  }
  checkDeclared(declared);
  if (personalNumber === '' && passportNumber === '')
    throw new AppError('BAD_USER_INPUT', { field: 'passportNumber' });
  const passportIssuer = declared.passportIssuer ?? '';
  const files = await store.declaredUnder({ personalNumber, passportNumber, passportIssuer });
  const { level, differing, isAmbiguous } = compareForeigner(declared, files, legalDateOf(now));
  if (isAmbiguous) log.warn('SERVICE_MATCH_AMBIGUOUS', { requestId: caller.jti, count: files.length });
  return { level, differing, source: sourceAsked(database, now) };
}
