import type { Texts } from '../texts.ts';

/** What is said for each code, in English. */
export const errors: Texts['errors'] = {
  UNAUTHENTICATED: 'Your session has ended. Please sign in again.',
  NOT_PERMITTED: 'This account may not see this.',
  LEVEL_REQUIRED: 'This needs a level 2 identification account.',
  PASSCODE_REQUIRED: 'Enter your passcode to see this.',
  GUARDIAN_REQUIRED: 'A parent or guardian has to confirm before you can use this account.',
  CONSENT_REQUIRED: 'The person has not agreed that this be seen.',
  CONSENT_EXPIRED: 'The consent to see this has expired.',
  CONSENT_WITHDRAWN: 'The consent to see this has been withdrawn.',
  ACCOUNT_LOCKED: 'The account is locked, so this cannot be seen.',
  SOURCE_UNAVAILABLE:
    'The agency that keeps this did not answer. It does not mean that there is nothing on record. Please try again in a few minutes.',
  SOURCE_INVALID: 'What the agency answered is not right and is not shown. The operators have been told.',
  NOT_FOUND: 'This was not found.',
  ACCESS_LOG_UNAVAILABLE:
    'The access could not be put on record, so no data is given out. Please try again in a few minutes.',
  RATE_LIMITED: 'Too many requests in a short time. Please wait a little and try again.',
  QUERY_TOO_COSTLY: 'The request is too large and was not carried out. Please tell the help desk.',
  TIMEOUT: 'The system took too long. Please try again.',
  BAD_USER_INPUT: 'What was entered does not have the right form. Please check it.',
  UNREACHABLE: 'The system cannot be reached. Please check your connection and try again.',
};
