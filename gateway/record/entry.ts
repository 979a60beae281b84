import type { ActorKind } from '@dinhdanh/kit';

/** What happened, as the access log names it. */
export type EntryEvent = 'intent' | 'denied' | 'aborted' | 'audit-read' | 'consent-change';

/** Who did it. The log turns a private person's number into a pseudonym before anything is stored. */
export interface EntryActor {
  readonly kind: ActorKind;
  /** The personal number of a private person. */
  readonly number?: string;
  /** The id of everybody else: a member of staff's, a relying party's, the name of a system; of an applicant, the hashed id of the registration. */
  readonly id?: string;
  /** The public name of an organisation, as the log keeps it beside the id. */
  readonly name?: string;
  /** The session it was done under, as an id that opens nothing. */
  readonly session: string | null;
}

/** What the log keeps encrypted beside an entry, under a key of its own. */
export interface EntryDetail {
  /** Coordinates of the schema, `Citizen.fullName`. Sorted, each once. */
  readonly fields: readonly string[];
  /** Keyed hash of the network address. */
  readonly address: string | null;
  readonly device: string | null;
}

/** An entry as the gateway hands it to the access log: names of claims and sources, never a value of anybody's data. */
export interface AppendEntry {
  /** UTC with milliseconds. */
  readonly time: string;
  readonly event: EntryEvent;
  readonly actor: EntryActor;
  /** Whose data: personal numbers, which the log turns into pseudonyms. */
  readonly subjects: readonly string[];
  /** Whose entries an auditor looked for: pseudonyms already. */
  readonly pseudonyms?: readonly string[];
  readonly purpose: string;
  readonly legalBasis: string;
  readonly consentId: string | null;
  readonly caseId: string | null;
  /** Claims with the arguments that change what is learnt, `age.over(years:18)`. Sorted, each once. */
  readonly claims: readonly string[];
  /** Services that were asked. Sorted, each once. */
  readonly sources: readonly string[];
  /** The code of a refusal; null where something was released. */
  readonly refusal: string | null;
  readonly operationHash: string | null;
  readonly policyVersion: string;
  readonly requestId: string;
  readonly level: 0 | 1 | 2;
  /** The index of the `intent` that an `aborted` entry completes. */
  readonly completes: number | null;
  /** The log that index counts in. */
  readonly completesOrigin?: string;
  readonly detail?: EntryDetail;
}

/** Where an entry stands, once it is on disk. */
export interface EntryReceipt {
  /** The log of the half-year: `log.dinhdanh.example/2026h2`. */
  readonly origin: string;
  readonly index: number;
  /** Hash of the entry in the log's tree, standard base64. */
  readonly leafHash: string;
}

/** Whether an entry says that something was released. */
export function tellsOfRelease({ event, refusal }: AppendEntry): boolean {
  return refusal === null && (event === 'intent' || event === 'audit-read');
}

/** What is to be written for an entry that the log could not take: that sources were asked and nothing was released. */
export function withheld(entry: AppendEntry): AppendEntry {
  if (!tellsOfRelease(entry)) return entry;
  return { ...entry, event: 'denied', claims: [], refusal: 'ACCESS_LOG_UNAVAILABLE' };
}

/** What completes an entry whose answer did not reach the client. */
export function undelivered(entry: AppendEntry, { origin, index }: EntryReceipt, now: Date): AppendEntry {
  const { detail: _, ...rest } = entry;
  return {
    ...rest,
    time: now.toISOString(),
    event: 'aborted',
    completes: index,
    completesOrigin: origin,
  };
}
