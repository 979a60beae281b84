import { getNamedType, type GraphQLSchema } from 'graphql';
import { type Access, type Claim, claimsOf } from '../claim-directives.ts';
import { AskError } from './ask-error.ts';
import { type AskPath, type AskStep, keyOfPath, kindKeys } from './ask-path.ts';

/** One leaf of what is asked, with what the schema says of it. */
export interface AskedLeaf {
  /** The path of its fields from the root with its own arguments: `person.ageOver(years:18)`. */
  readonly key: string;
  /**
   * The claim it belongs to; null for a field that is `@open` inside a record of which something claimed is asked. One
   * that is asked of a record alone has the record's claim: it tells that the record is there.
   */
  readonly claim: string | null;
  readonly class: Claim['class'];
  readonly share: Claim['share'];
}

const indexes = new WeakMap<GraphQLSchema, ReadonlyMap<string, Access>>();

/** {@link claimsOf}, read once for a schema. */
export function claimIndex(schema: GraphQLSchema): ReadonlyMap<string, Access> {
  const known = indexes.get(schema) ?? claimsOf(schema);
  indexes.set(schema, known);
  return known;
}

/** The leaves of paths, sorted by key, each once. @throws AskError for one that nobody may be given by consent. */
export function claimPaths(paths: readonly AskPath[], schema: GraphQLSchema): readonly AskedLeaf[] {
  const claims = claimIndex(schema);
  const claimed = paths.filter((path) => ownClaim(path, claims) !== null);
  const leaves = new Map<string, AskedLeaf>();
  for (const path of paths) {
    const claim = ownClaim(path, claims) ?? claimAround(path, claims, claimed);
    const leaf = { key: keyOfPath(path), ...told(claim) };
    if (leaf.share !== 'ALLOWED' && leaf.share !== 'SEPARATE_TICK') {
      throw new AskError('CLAIM_NOT_SHAREABLE', leaf.key.replace(/\(.*\)$/su, ''));
    }
    leaves.set(leaf.key, leaf);
  }
  return [...leaves.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
}

/**
 * Paths that stay when only some keys are agreed to: open ones as long as something claimed of their record stays, and
 * any that stands in a type condition only with the `__typename` it tells.
 */
export function keepPaths(
  paths: readonly AskPath[],
  agreed: ReadonlySet<string>,
  schema: GraphQLSchema,
): readonly AskPath[] {
  const claims = claimIndex(schema);
  const tellable = paths.filter((path) => kindKeys(path).every((key) => agreed.has(key)));
  const claimed = paths.filter((path) => ownClaim(path, claims) !== null);
  const kept = tellable.filter((path) => claimed.includes(path) && agreed.has(keyOfPath(path)));
  return tellable.filter((path) => {
    if (claimed.includes(path)) return kept.includes(path);
    const isFree = claimAround(path, claims, claimed) === null;
    return isFree ? claimAround(path, claims, kept) === null : agreed.has(keyOfPath(path));
  });
}

function told(claim: Claim | null): Omit<AskedLeaf, 'key'> {
  if (claim === null) return { claim: null, class: 'BASIC', share: 'ALLOWED' };
  return { claim: claim.id, class: claim.class, share: claim.share };
}

/** The claim that stands on a path's leaf; `__typename` has that of its type. */
function ownClaim(path: AskPath, claims: ReadonlyMap<string, Access>): Claim | null {
  const { parent, name } = path.at(-1) as AskStep;
  const access = claims.get(name === '__typename' ? parent : `${parent}.${name}`);
  return access?.kind === 'claim' ? access : null;
}

/** The claim of the record nearest around an open leaf; null where a claimed path of the record is asked as well. */
function claimAround(
  path: AskPath,
  claims: ReadonlyMap<string, Access>,
  claimed: readonly AskPath[],
): Claim | null {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const record = path.slice(0, length);
    const field = record.at(-1)?.field;
    const access = field ? claims.get(getNamedType(field.type).name) : undefined;
    if (access?.kind !== 'claim') continue;
    const below = `${keyOfPath(record)}.`;
    return claimed.some((other) => keyOfPath(other).startsWith(below)) ? null : access;
  }
  return null;
}
