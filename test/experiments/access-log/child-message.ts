import type { Sabotage } from './sabotage.ts';

/** What a child that runs the access log is told, as its first message. Keys in base64url. */
export interface WriterOrder {
  readonly port: number;
  readonly databaseUrl: string;
  readonly callerKey: string;
  readonly pseudonymKey: string;
  readonly detailKey: string;
  readonly signingKey: string;
  readonly name: string;
  readonly witnesses: readonly { readonly url: string; readonly key: string }[];
  /** Other settings of the service, as its `settings.ts` names them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly sabotage: Sabotage | null;
}

/** What a child says. */
export type ChildWord =
  | { readonly word: 'ready' }
  | { readonly word: 'refused'; readonly reason: string }
  /** How many statements were sent otherwise than the service wrote them. */
  | { readonly word: 'sabotaged'; readonly statements: number };
