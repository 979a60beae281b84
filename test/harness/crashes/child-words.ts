/** A moment of a statement: before it is sent, while the database has it, when it was carried out but nobody was told. */
export type Moment = 'before' | 'during' | 'after';

/** A statement that a child is killed at: words of its text, and a value among its parameters. */
export interface Step {
  readonly name: string;
  readonly text: string;
  readonly value?: string;
}

/** What a child is told later: to end itself at such a moment, the next one or the one behind so many. */
export interface KillOrder {
  readonly step: Step;
  readonly moment: Moment;
  readonly skip?: number;
}

/** Of a control: a statement with these words is said to be carried out so long before it is, in milliseconds. */
export interface EarlyWord {
  readonly text: string;
  readonly ms: number;
}

/** What a child says. */
export type ChildSaid = { readonly word: 'ready' } | { readonly word: 'refused'; readonly reason: string };
