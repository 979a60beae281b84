import type { EarlyWord } from '../../harness/crashes/child-words.ts';

/** What a child that runs sharing is told first. */
export interface SharingOrder {
  readonly port: number;
  readonly databaseUrl: string;
  /** The issuer: the front door. */
  readonly issuer: string;
  /** Base64url. */
  readonly callerKey: string;
  /** A control: grants are said to be written before they are; null for an honest child. */
  readonly early: EarlyWord | null;
}
