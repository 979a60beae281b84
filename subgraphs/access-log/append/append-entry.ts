/** What the gateway hands over to be written down, and what it is answered. Numbers end here: none is stored. */
import type { AccessActorKind, AccessEvent } from '../tlog/index.ts';

/** Who did it, as the gateway knows them. */
export interface AppendActor {
  readonly kind: AccessActorKind;
  /** The personal number of a private person but an applicant; becomes a pseudonym. */
  readonly number?: string;
  /** The id of everybody else: a client, a member of staff, a service; of an applicant a pseudonym made of the registration. */
  readonly id?: string;
  readonly session: string | null;
  /** What an organisation or a unit is called in public. Never a private person's name. */
  readonly name?: string;
}

/** What is kept encrypted beside the entry, and can be erased. */
export interface AppendDetail {
  readonly fields: readonly string[];
  readonly address: string | null;
  readonly device: string | null;
}

/** One entry to be written. Outcome follows from event and refusal. */
export interface AppendEntry {
  /** UTC with milliseconds. */
  readonly time: string;
  readonly event: AccessEvent;
  readonly actor: AppendActor;
  /** Personal numbers of those whose data it is about. */
  readonly subjects: readonly string[];
  /** Subjects that are known by pseudonym alone: whom an auditor searched for. */
  readonly pseudonyms?: readonly string[];
  readonly purpose: string;
  readonly legalBasis: string;
  readonly consentId: string | null;
  readonly caseId: string | null;
  readonly claims: readonly string[];
  readonly sources: readonly string[];
  readonly refusal: string | null;
  readonly operationHash: string | null;
  readonly policyVersion: string;
  readonly requestId: string;
  readonly level: 0 | 1 | 2;
  /** The index of the intent that an `aborted` entry completes. */
  readonly completes: number | null;
  /** The origin of that intent's receipt. */
  readonly completesOrigin?: string;
  readonly delayedDisclosure?: boolean;
  readonly detail?: AppendDetail;
}

/** Where an entry stands, or the code of why it was not taken: the others of its call stand without it. */
export type AppendReceipt =
  | { readonly index: number /** Standard Base 64. */; readonly leafHash: string }
  | { readonly refused: EntryRefusal };

/** The answer to a call, in the order of its entries. */
export interface AppendAnswer {
  /** The log the indices are of. */
  readonly origin: string;
  readonly receipts: readonly AppendReceipt[];
}

/** Why one entry is not taken. The same entry would be refused again. */
export type EntryRefusal =
  /** A field is missing, unknown or breaks its rule. */
  | 'ENTRY_INVALID'
  | 'ENTRY_TOO_LONG'
  /** More than five seconds ahead of this clock. */
  | 'TIME_IN_FUTURE'
  /** Older than what the log keeps. */
  | 'TIME_TOO_OLD'
  /** What it completes is no intent of the log now in use. */
  | 'COMPLETES_UNKNOWN'
  /** What it completes was completed before. */
  | 'COMPLETES_TWICE';

/** Why the log takes nothing at present: the `reason` of `ACCESS_LOG_UNAVAILABLE`. */
export type LogRefusal = 'DATABASE' | 'FULL' | 'WITNESS_AWAY' | 'NOT_DURABLE' | 'FENCED';

/** The most entries of one call and of one commit. */
export const MAX_GROUP = 256;
