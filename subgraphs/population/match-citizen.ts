import { AppError, checkDeclared, legalDateOf, sourceAsked } from '@dinhdanh/kit';
import type { CallContext, Database, IdentityJudgement, ToldSource } from '@dinhdanh/kit';
import { compareCitizen } from './identity-rules.ts';
import type { DeclaredCitizen } from './identity-rules.ts';
import type { PopulationStore } from './store.ts';

/** What is known of the call that asks. */
export type MatchCall = CallContext & { readonly store: Pick<PopulationStore, 'declaredUnder'> };

/** How far a declaration matches, and which database said so. */
export type ToldMatch = IdentityJudgement & { readonly source: ToldSource };

/**
 * Tells an applicant how far what they declare matches the record under the number that the caller token has for them: by
 * no other number, whatever the arguments say. One statement, whether anybody has that number or not.
 *
 * @throws AppError `NOT_PERMITTED` for any other caller or number · `RATE_LIMITED` · `BAD_USER_INPUT` with the field
 */
export async function matchCitizen(
  declared: DeclaredCitizen,
  { declared: vouchedFor, store, now, log, caller }: MatchCall,
  database: Database,
): Promise<ToldMatch> {
  const { kind, personalNumber } = vouchedFor();
  if (kind !== 'CITIZEN' || personalNumber !== declared.personalNumber) {
    log.error('SERVICE_REFERENCE_REFUSED', { requestId: caller.jti });
    throw new AppError('NOT_PERMITTED', { internal: 'another number than the applicant’s' });
  }
  const { permanentResidence, currentResidence } = declared;
  checkDeclared(declared, { permanentResidence, currentResidence });
  const record = await store.declaredUnder(personalNumber);
  return { ...compareCitizen(declared, record, legalDateOf(now)), source: sourceAsked(database, now) };
}
