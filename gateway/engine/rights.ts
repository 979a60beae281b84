/** What a caller holds, as the standard's directives ask for it. */
export interface Rights {
  readonly authenticated: boolean;
  readonly scopes: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
}

/** What the standard's directives do to an operation that reaches beyond the caller's rights. */
export type ProtectionMode = 'filter' | 'reject';
