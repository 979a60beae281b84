import { unreachable } from '@dinhdanh/kit';
import { claimsOf } from '@dinhdanh/schema';
import type { Access } from '@dinhdanh/schema';
import { getNamedType, isInterfaceType, isLeafType, isObjectType, isUnionType } from 'graphql';
import type { GraphQLNamedType, GraphQLSchema } from 'graphql';
import type { Leaf } from './engine/index.ts';
import type { Claim } from './policy/claims.ts';
import type { PolicyLeaf } from './policy/decide.ts';

/** What the schema says of every field: its claim, or that it is open. Read once at start. */
export interface ClaimIndex {
  /** A selected leaf as policy sees it: one entry for the leaf, one more for each kind its type conditions tell. */
  readonly policyLeaves: (leaf: Leaf) => readonly PolicyLeaf[];
  /** The claim of a coordinate such as `Citizen.fullName` or `Person.__typename`; null for an open one. */
  readonly claimOf: (coordinate: string) => Claim | null;
}

/** Reads `@claim` and `@open` off the public schema. @throws when a leaf has neither: such a schema must not be served. */
export function indexClaims(schema: GraphQLSchema): ClaimIndex {
  const accesses = claimsOf(schema);
  refuseUnclaimed(schema, accesses);
  const claimOf = (coordinate: string): Claim | null => {
    const access = accesses.get(coordinate.replace('.__typename', ''));
    return access?.kind === 'claim' ? access : null;
  };
  const below = new Map<string, readonly Claim[]>();
  const claimsBelow = (typeName: string): readonly Claim[] => {
    const known = below.get(typeName) ?? collectBelow(schema, claimOf, typeName);
    below.set(typeName, known);
    return known;
  };
  return {
    claimOf,
    policyLeaves: (leaf) => {
      const root = leaf.parents[0] ?? leaf.coordinate;
      const claim = claimOf(leaf.coordinate);
      const around = claim === null ? claimsAround(leaf, claimsBelow) : [];
      const told = leaf.narrowedBy.map(claimOf).filter((narrowed) => narrowed !== null);
      return [{ claim, around, root }, ...told.map((narrowed) => ({ claim: narrowed, around: [], root }))];
    },
  };
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

const ROOT_TYPES: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** The claims nearest around an open leaf: of its own type's subtree, or of the record that holds it. */
function claimsAround(leaf: Leaf, claimsBelow: (typeName: string) => readonly Claim[]): readonly Claim[] {
  for (const coordinate of [leaf.coordinate, ...leaf.parents.toReversed()]) {
    const typeName = coordinate.slice(0, coordinate.indexOf('.'));
    if (ROOT_TYPES.has(typeName)) return [];
    const found = claimsBelow(typeName);
    if (found.length > 0) return found;
  }
  return [];
}

/** All claims on the leaves below a type, through lists and nested records. */
function collectBelow(
  schema: GraphQLSchema,
  claimOf: (coordinate: string) => Claim | null,
  start: string,
): readonly Claim[] {
  const claims = new Map<string, Claim>();
  const seen = new Set<string>();
  const visit = (type: GraphQLNamedType | undefined): void => {
    if (type === undefined || seen.has(type.name)) return;
    seen.add(type.name);
    if (isUnionType(type)) for (const member of type.getTypes()) visit(member);
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    for (const field of Object.values(type.getFields())) {
      const claim = claimOf(`${type.name}.${field.name}`);
      if (claim !== null) claims.set(`${claim.id} ${claim.self} ${claim.class}`, claim);
      visit(getNamedType(field.type));
    }
  };
  visit(schema.getType(start));
  return [...claims.values()];
}
