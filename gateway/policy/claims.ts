/** What `@claim` says of a leaf: which claim it belongs to and who may read it at all. */
export interface Claim {
  readonly id: string;
  /** The level the person themself needs. `NEVER`: not for them. */
  readonly self: 'LEVEL_1' | 'LEVEL_2' | 'NEVER';
  /** How others may get it: by consent, by a consent ticked apart, lawful readers alone (who have no door yet), nobody. */
  readonly share: 'ALLOWED' | 'SEPARATE_TICK' | 'AUTHORITY' | 'NEVER';
  readonly class: 'BASIC' | 'SENSITIVE';
}

/** Claims of this prefix are for our own services alone. */
export const SYSTEM_CLAIM_PREFIX = 'system.';

/** Claims a locked account and a minor without confirmation may still read: that it is so, and why. */
export const ACCOUNT_STATUS_CLAIM = 'account.status';

/** Claims of this prefix are read of the access log alone: below roots of its own, by persons and by auditors. */
export const ACCESS_CLAIM_PREFIX = 'access.';

/** What a person sees of the entries about them. */
export const ACCESS_HISTORY_CLAIM = 'access.history';

/** What services keep of what they served, by which the access log is held against them: no person's data. */
export const SERVED_CLAIM = 'system.served';

/** What relying parties are registered with: for the organisation's own people, and for operators below roots of theirs. */
export const PARTY_CLAIM = 'party';

/** How far what an applicant declares matches a registry: for accounts on behalf of a registration alone. */
export const MATCH_CLAIM = 'registration.match';

/** What an applicant sees of their own registration, or a person of those they began. */
export const REGISTRATION_CLAIM = 'registration';
