/** One selected leaf of a relying party's operation, seen as policy sees it. */
export interface GrantLeaf {
  /** Keys that must be granted: its own first, then those of each `__typename` that a type condition tells. */
  readonly keys: readonly string[];
  /** The root field it was reached through. */
  readonly root: string;
  /** Whether it says nothing by itself (`@open`) but stands in somebody's record. */
  readonly isOpen: boolean;
  /** Names of the fields down to the object it stands in: `person.vehicles.source`. */
  readonly within: string;
  /** Whether a field above it takes an argument that changes what is learnt, which no key has a place for. */
  readonly isCalledAbove: boolean;
}

/** What was granted. */
export interface GrantedLeaves {
  /** Keys of all. */
  readonly keys: ReadonlySet<string>;
  /** Those with a claim of their own: an open one alone does not tell that its record is there. */
  readonly claimed: ReadonlySet<string>;
}

/** What of an operation decides. */
export interface GrantedOperation {
  readonly kind: 'query' | 'mutation';
  /** Whether it reads the schema itself. */
  readonly introspects: boolean;
  readonly leaves: readonly GrantLeaf[];
}

/** The one root a relying party may enter. */
const PERSON = 'Query.person';

/** Objects that stand inside another and are about it: where it came from, and where a page of it ends. */
const ABOUT = /\.(?:source|pageInfo)$/;

/**
 * What of a relying party's operation goes beyond what was granted, by key: nothing, or the whole operation is refused.
 * A leaf is within when each of its keys was granted. What is open inside a record is free to whom something claimed of that
 * very record was granted. Pure.
 */
export function decideGrant(
  granted: GrantedLeaves,
  { kind, introspects, leaves }: GrantedOperation,
): readonly string[] {
  if (kind !== 'query') return ['mutation'];
  if (introspects) return ['__schema'];
  return [...new Set(leaves.flatMap((leaf) => beyond(granted, leaf)))];
}

function beyond({ keys, claimed }: GrantedLeaves, leaf: GrantLeaf): readonly string[] {
  const [own = '', ...kinds] = leaf.keys;
  if (leaf.root !== PERSON || leaf.isCalledAbove) return [own];
  const isFree = leaf.isOpen && hasLeafIn(claimed, leaf.within.replace(ABOUT, ''));
  return [...(isFree || keys.has(own) ? [] : [own]), ...kinds.filter((key) => !keys.has(key))];
}

/** The paths above granted keys, by the set of them: worked out once for a grant that is met again. */
const pathsAbove = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

function hasLeafIn(claimed: ReadonlySet<string>, record: string): boolean {
  const known = pathsAbove.get(claimed);
  const paths = known ?? new Set([...claimed].flatMap(pathsOf));
  if (known === undefined) pathsAbove.set(claimed, paths);
  return paths.has(record);
}

/** `a.b.c` → `a`, `a.b`. */
function pathsOf(key: string): readonly string[] {
  const names = key.split('.');
  return names.slice(1).map((_, at) => names.slice(0, at + 1).join('.'));
}
