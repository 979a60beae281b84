import type { Rights } from './engine/index.ts';

const NONE: ReadonlySet<string> = new Set();

/** The part of a caller that its rights come from. */
export interface RightsHolder {
  readonly kind: string;
  readonly level: number;
  readonly locked: boolean;
  readonly role?: string | null;
}

/**
 * What a caller holds for `@authenticated`, `@requiresScopes` and `@policy` of a supergraph. Whoever is verified is
 * authenticated; scopes are `kind:<kind of caller>`, for a person `level:1` and, from level 2 on, `level:2` too, for a member
 * of staff `role:<role in lower case>`. A locked account holds no level. There are no policies: nothing decides them.
 */
export function callerRights(caller: RightsHolder): Rights {
  if (caller.kind === 'anonymous') return { authenticated: false, scopes: NONE, policies: NONE };
  if (caller.kind !== 'person') return verifiedRights(caller);
  const level = caller.locked ? 0 : caller.level;
  return (rightsOfPersons[level] ??= verifiedRights(caller));
}

/** By level: most requests are of persons, and those of one level have the same rights. */
const rightsOfPersons: Rights[] = [];

function verifiedRights(caller: RightsHolder): Rights {
  const scopes = new Set([`kind:${caller.kind.replaceAll('_', '-')}`]);
  if (caller.kind === 'person' && !caller.locked) {
    for (let level = 1; level <= caller.level; level += 1) scopes.add(`level:${level}`);
  }
  if (caller.kind === 'officer' || caller.kind === 'auditor') {
    const role = caller.role ?? (caller.kind === 'auditor' ? 'auditor' : null);
    if (role !== null && !caller.locked) scopes.add(`role:${role.toLowerCase()}`);
  }
  return { authenticated: true, scopes, policies: NONE };
}
