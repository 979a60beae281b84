/** A moment of a statement: before it is sent, while the database has it, when it was carried out but nobody was told. */
export type Moment = 'before' | 'during' | 'after';

/** A statement that a child is killed at: words of its text, and a value among its parameters. */
export interface Step {
  readonly name: string;
  readonly text: string;
  readonly value?: string;
}

/** What a child that runs sharing is told first. */
export interface SharingOrder {
  readonly port: number;
  readonly databaseUrl: string;
  /** The issuer: the front door. */
  readonly issuer: string;
  /** Base64url. */
  readonly callerKey: string;
  /** A control: a grant is said to be written this long before it is, in milliseconds; null for an honest child. */
  readonly earlyMs: number | null;
}

/** What a child is told later: to end itself at the next such moment. */
export interface KillOrder {
  readonly step: Step;
  readonly moment: Moment;
}

/** What a child says. */
export type ChildSaid = { readonly word: 'ready' } | { readonly word: 'refused'; readonly reason: string };
