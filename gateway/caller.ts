import type { ActorKind, Confirmation, Organisation, SubjectIdentifiers } from '@dinhdanh/kit';

/** A person whose record the caller may read, with the identifiers that accounts has verified. */
export interface KnownSubject {
  /** The opaque subject, the hidden key of `Person` and `Account`. */
  readonly subject: string;
  readonly ids: SubjectIdentifiers;
}

/** A ward of the caller. Fixed by the look-up, never by fetched data. */
export interface KnownDependant extends KnownSubject {
  /** The id of `Dependant` in the schema. */
  readonly id: string;
}

/** Who is asking, as the one look-up of a request has verified it. */
export interface Caller {
  /** `anonymous` has no session and may only sign in. */
  readonly kind: ActorKind | 'anonymous';
  /** Account id, staff id or the name of a system; empty for `anonymous`. */
  readonly id: string;
  readonly sessionId: string | null;
  readonly level: 0 | 1 | 2;
  readonly locked: boolean;
  /** Until when the passcode opens sensitive claims. */
  readonly passcodeUntil: Date | null;
  /** A minor whose guardian has yet to confirm the session (Decree 69/2024, art. 14). */
  readonly guardianRequired: boolean;
  /** Oneself; of a relying party, whose consent it holds; of an applicant, whom they declare to be. */
  readonly self: KnownSubject | null;
  readonly dependants: readonly KnownDependant[];
  /** The passcode or passkey that was shown and whose window is open. */
  readonly confirmation?: Confirmation | null;
  /** Of a member of staff: `OPERATOR` and others. */
  readonly role?: string | null;
  /** Organisations a person of level 2 represents. */
  readonly organisations?: readonly Organisation[];
  /** Of a relying party: what it was granted. */
  readonly grant?: Grant;
}

/** What a person agreed to, as sharing has told for this one query. */
export interface Grant {
  readonly consentId: string;
  readonly clientId: string;
  readonly legalName: string;
  /** Keys of leaves. */
  readonly leaves: ReadonlySet<string>;
  /** A code of the catalogue. */
  readonly purpose: string;
  readonly legalBasis: string;
}

/** Everybody whose record a caller may read: themself first, then their wards. */
export function subjectsKnownTo({
  self,
  dependants,
}: Pick<Caller, 'self' | 'dependants'>): readonly KnownSubject[] {
  return self === null ? dependants : [self, ...dependants];
}

/** The caller of a request that carries no credentials. */
export const anonymous: Caller = {
  kind: 'anonymous',
  id: '',
  sessionId: null,
  level: 0,
  locked: false,
  passcodeUntil: null,
  guardianRequired: false,
  self: null,
  dependants: [],
};

/** Somebody who registers, for whom accounts asks: nobody knows yet whether they are who they declare to be. */
export function applicantCaller(registration: string, ids: SubjectIdentifiers): Caller {
  return { ...anonymous, kind: 'applicant', id: registration, self: { subject: registration, ids } };
}

/** A service of our own that asks through the front door with a key of its own. */
export function systemCaller(name: string): Caller {
  return { ...anonymous, kind: 'system', id: name };
}
