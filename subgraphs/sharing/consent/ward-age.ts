import { birthday, hasCompleted } from '@dinhdanh/kit';

/** From this age on a child's own yes is needed beside the representative's (Law 91/2025, art. 24(2)). */
const OWN_YES_AGE = 7;
/** From this age on nobody agrees in a person's place on account of age, and below it nobody alone (Civil Code 2015, art. 20). */
const FULL_AGE = 18;

/**
 * Whether a ward's own yes is needed: from 7 to 18. An incomplete date of birth counts for the ward: 7 on the earliest day it
 * allows, 18 on the latest. `today` is the legal day, `YYYY-MM-DD`.
 */
export function needsOwnYes(dateOfBirth: string, today: string): boolean {
  return (
    birthday(dateOfBirth, OWN_YES_AGE, 'earliest') <= today && !hasCompleted(dateOfBirth, FULL_AGE, today)
  );
}

/** Whether a person may agree for themself: of full age for certain. A minor's representative decides. */
export function decidesAlone(dateOfBirth: string, today: string): boolean {
  return hasCompleted(dateOfBirth, FULL_AGE, today);
}
