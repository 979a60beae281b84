import type { EarlyWord } from '../../harness/crashes/child-words.ts';

/** What a child that runs accounts is told first. */
export interface AccountsOrder {
  readonly port: number;
  readonly databaseUrl: string;
  /** Base64url. */
  readonly callerKey: string;
  /** A control: statements are said to be carried out before they are; null for an honest child. */
  readonly early: EarlyWord | null;
}
