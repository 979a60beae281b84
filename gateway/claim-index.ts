import { unreachable } from '@dinhdanh/kit';
import { claimsOf, keysOfLeaf } from '@dinhdanh/schema';
import type { Access } from '@dinhdanh/schema';
import { getNamedType, isAbstractType, isEnumType, isInterfaceType, isLeafType, isObjectType } from 'graphql';
import type { GraphQLArgument, GraphQLSchema } from 'graphql';
import { Recent } from './dpop/recent.ts';
import type { Leaf } from './engine/index.ts';
import type { Claim } from './policy/claims.ts';
import type { GrantedLeaves, GrantLeaf } from './policy/decide-grant.ts';
import type { PolicyLeaf } from './policy/decide.ts';

/** What the schema says of every field: its claim, or that it is open. Read once at start. */
export interface ClaimIndex {
  /** A selected leaf as policy sees it: one entry for the leaf, one more for each kind its type conditions tell. */
  readonly policyLeaves: (leaf: Leaf) => readonly PolicyLeaf[];
  /** A selected leaf as the policy for relying parties sees it. */
  readonly grantLeaf: (leaf: Leaf) => GrantLeaf;
  /** Of granted keys those with a claim of their own. */
  readonly grantedLeaves: (keys: ReadonlySet<string>) => GrantedLeaves;
  /** The claim of a coordinate such as `Citizen.fullName` or `Person.__typename`; null for an open one. */
  readonly claimOf: (coordinate: string) => Claim | null;
  /** Arguments of a leaf that change what is learnt and whose values are numbers, truth values or words of an enum. */
  readonly tellingArguments: (coordinate: string) => readonly string[];
}

/** Reads `@claim` and `@open` off the public schema. @throws when a leaf has neither: such a schema must not be served. */
export function indexClaims(schema: GraphQLSchema): ClaimIndex {
  const accesses = claimsOf(schema);
  refuseUnclaimed(schema, accesses);
  // Coordinates are those of the schema, so there is an end to them.
  const claims = new Map<string, Claim | null>();
  const claimOf = (coordinate: string): Claim | null => {
    const known = claims.get(coordinate);
    if (known !== undefined) return known;
    const access = accesses.get(coordinate.replace('.__typename', ''));
    const claim = access?.kind === 'claim' ? access : null;
    claims.set(coordinate, claim);
    return claim;
  };
  const granted = new Recent<GrantedLeaves>(GRANTS_KEPT);
  return {
    claimOf,
    tellingArguments: (coordinate) => tellingArguments(schema, coordinate),
    grantLeaf: onceEach((leaf) => {
      const claim = claimOf(leaf.coordinate);
      return {
        keys: keysOfLeaf(leaf, schema),
        root: leaf.parents[0] ?? leaf.coordinate,
        isOpen: claim === null && claimAround(leaf, claimOf) !== null,
        within: leaf.parents.map((coordinate) => coordinate.slice(coordinate.indexOf('.') + 1)).join('.'),
        isCalledAbove: leaf.parents.some((coordinate) => isCalled(schema, coordinate)),
      };
    }),
    grantedLeaves: (keys) => {
      const name = [...keys].join('\n');
      const known = granted.get(name);
      if (known !== undefined) return known;
      const claimed = new Set([...keys].filter((key) => isClaimedKey(schema, key, claimOf)));
      granted.set(name, { keys, claimed });
      return { keys, claimed };
    },
    // A leaf has one path for as long as its document is kept, whatever the values of its arguments.
    policyLeaves: onceEach(
      (leaf) => policyLeaves(leaf, claimOf),
      ({ path }) => path,
    ),
  };
}

/** What keys mean is worked out once for so many grants; whether a grant holds is asked each time. */
const GRANTS_KEPT = 256;

/** Leaves of a document that was read before are the same objects, and what the schema says of them stays the same. */
function onceEach<Seen>(
  see: (leaf: Leaf) => Seen,
  keyOf: (leaf: Leaf) => object = (leaf) => leaf,
): (leaf: Leaf) => Seen {
  const seen = new WeakMap<object, Seen>();
  return (leaf) => {
    const key = keyOf(leaf);
    const known = seen.get(key);
    if (known !== undefined) return known;
    const made = see(leaf);
    seen.set(key, made);
    return made;
  };
}

function policyLeaves(leaf: Leaf, claimOf: (coordinate: string) => Claim | null): readonly PolicyLeaf[] {
  const root = leaf.parents[0] ?? leaf.coordinate;
  const claim = claimOf(leaf.coordinate);
  const around = claim === null ? claimAround(leaf, claimOf) : null;
  const told = leaf.narrowedBy.map(claimOf).filter((narrowed) => narrowed !== null);
  return [{ claim, around, root }, ...told.map((narrowed) => ({ claim: narrowed, around: null, root }))];
}

function refuseUnclaimed(schema: GraphQLSchema, accesses: ReadonlyMap<string, Access>): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      if (isLeafType(getNamedType(field.type)) && !accesses.has(coordinate)) {
        unreachable(`${coordinate} has neither @claim nor @open`);
      }
    }
  }
}

/** Whether the last field of a key has a claim on any kind of object that the fields before it lead to. */
function isClaimedKey(
  schema: GraphQLSchema,
  key: string,
  claimOf: (coordinate: string) => Claim | null,
): boolean {
  const names = key.replace(/\(.*\)$/s, '').split('.');
  let types: readonly string[] = ['Query'];
  for (const name of names.slice(0, -1)) types = types.flatMap((type) => typesBelow(schema, type, name));
  return types.some((type) => claimOf(`${type}.${names.at(-1) ?? ''}`) !== null);
}

function typesBelow(schema: GraphQLSchema, typeName: string, fieldName: string): readonly string[] {
  const type = schema.getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  if (field === undefined) return [];
  const inner = getNamedType(field.type);
  const kinds = isAbstractType(inner) ? schema.getPossibleTypes(inner).map(({ name }) => name) : [];
  return [inner.name, ...kinds];
}

/** Arguments that choose a page of a list. */
const PAGING: ReadonlySet<string> = new Set(['first', 'after', 'last', 'before']);

/** Whether a field takes an argument other than for paging. */
function isCalled(schema: GraphQLSchema, coordinate: string): boolean {
  return argumentsOf(schema, coordinate).some(({ name }) => !PAGING.has(name));
}

function argumentsOf(schema: GraphQLSchema, coordinate: string): readonly GraphQLArgument[] {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  return field?.args ?? [];
}

const TELLING_TYPES: ReadonlySet<string> = new Set(['Int', 'Boolean']);

function tellingArguments(schema: GraphQLSchema, coordinate: string): readonly string[] {
  const telling = argumentsOf(schema, coordinate).filter((argument) => {
    const named = getNamedType(argument.type);
    return TELLING_TYPES.has(named.name) || isEnumType(named);
  });
  return telling.map(({ name }) => name);
}

const ROOT_TYPES: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** The claim of the record nearest around an open leaf; null where nothing around it is anybody's record. */
function claimAround(leaf: Leaf, claimOf: (coordinate: string) => Claim | null): Claim | null {
  for (const coordinate of [leaf.coordinate, ...leaf.parents.toReversed()]) {
    const typeName = coordinate.slice(0, coordinate.indexOf('.'));
    if (ROOT_TYPES.has(typeName)) return null;
    const claim = claimOf(`${typeName}.__typename`);
    if (claim !== null) return claim;
  }
  return null;
}
