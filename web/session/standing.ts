import type { FailureCode } from '../api/error-codes.ts';
import type { MyAccountQuery } from '../generated/operations.ts';

/** The account as its owner sees it. */
export type OwnAccount = NonNullable<MyAccountQuery['me']>;

/** What is shown for an account in its state. */
export type Standing = 'open' | 'locked' | 'guardian' | 'staff';

/** How an account stands; `refused` holds the codes with which parts of it were refused. */
export function standingOf(
  { status, kind }: Pick<OwnAccount, 'status' | 'kind'>,
  refused: ReadonlySet<FailureCode>,
): Standing {
  if (status !== 'ACTIVE') return 'locked';
  if (refused.has('GUARDIAN_REQUIRED')) return 'guardian';
  return kind === 'STAFF' || refused.has('NOT_PERMITTED') ? 'staff' : 'open';
}
