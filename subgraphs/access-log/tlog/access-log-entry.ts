/**
 * What is written down of one reading of personal data: who, when, why, which fields of which sources, by name. Never
 * a value. The shape is part of the log's promise: it changes only by a new `version`, which old verifiers refuse to
 * understand but still hash.
 */

/** What happened. `intent` is written before an answer leaves, `aborted` when it then could not be delivered. */
export type AccessEvent = 'intent' | 'denied' | 'aborted' | 'audit-read' | 'consent-change';

/** How it ended, as far as was known when the entry was written. */
export type AccessOutcome = 'released' | 'refused' | 'undelivered' | 'recorded';

/** Who may stand as an actor: the kinds of callers the gateway knows. */
export type AccessActorKind =
  | 'person'
  | 'representative'
  | 'relying_party'
  | 'officer'
  | 'auditor'
  | 'applicant'
  | 'authority'
  | 'system';

/** Who did it. */
export interface AccessActor {
  readonly kind: AccessActorKind;
  /** A pseudonym where the actor is a private person, else the client's, staff member's or system's own id. */
  readonly id: string;
  /** The session or token under which it was done, as an id that opens nothing; null for systems. */
  readonly session: string | null;
}

/** One entry of the access log. */
export interface AccessLogEntry {
  readonly version: 1;
  /** UTC with milliseconds: `2026-11-21T03:04:05.678Z`. */
  readonly time: string;
  readonly event: AccessEvent;
  readonly actor: AccessActor;
  /** Whose data: HMAC-SHA-256 of the personal id under a key of the year, base64url. Sorted, each once. */
  readonly subjects: readonly string[];
  /** A code of the purposes in use: `profile_view`, `hotel_check_in`. */
  readonly purpose: string;
  /** A statute's short reference: `59/2010/QH12 Điều 12`; or a code of one. */
  readonly legalBasis: string;
  readonly consentId: string | null;
  /** The auditor's or officer's case, by its id. */
  readonly caseId: string | null;
  /** Claims by id, with the arguments that change what is learnt: `age.over(years:18)`. Sorted, each once. */
  readonly claims: readonly string[];
  /** Sources that were asked, by service name. Sorted, each once. */
  readonly sources: readonly string[];
  readonly outcome: AccessOutcome;
  /** The code of a refusal, `NOT_PERMITTED`; null where nothing was refused. */
  readonly refusal: string | null;
  /** SHA-256 of the operation as it was run, base64url; null where there was none. */
  readonly operationHash: string | null;
  readonly policyVersion: string;
  readonly requestId: string;
  /** The assurance level of the actor's sign-in. */
  readonly level: 0 | 1 | 2;
  /** The index of the entry that this one completes: `aborted` names its `intent`. Else null. */
  readonly completes: number | null;
  /** True where the person is told later, because an investigation allowed by law would suffer. Countable. */
  readonly delayedDisclosure: boolean;
  /** 16 bytes of chance, base64url: public leaf hashes cannot be guessed from likely entries. */
  readonly salt: string;
  /** SHA-256 of the encrypted detail kept beside the log, base64url; null where there is none. Destroying the
   * detail's key erases it and leaves the tree whole. */
  readonly detailHash: string | null;
}
