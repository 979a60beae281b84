import { isInterfaceType, isObjectType, isUnionType, valueFromASTUntyped } from 'graphql';
import type { ConstDirectiveNode, GraphQLField, GraphQLNamedType, GraphQLSchema } from 'graphql';
import { getNamedType } from 'graphql';
import { unreachable } from '@dinhdanh/kit';
import type { Leaf } from './engine/index.ts';
import type { Claim } from './policy/claims.ts';
import type { PolicyLeaf } from './policy/decide.ts';

/** What the schema says of every field: its claim, or that it is open. Read once at start. */
export interface ClaimIndex {
  /** A selected leaf as policy sees it: one entry for the leaf, one more for each kind its type conditions tell. */
  readonly policyLeaves: (leaf: Leaf) => readonly PolicyLeaf[];
  /** The claim of a coordinate such as `Citizen.fullName`; null for an open one. */
  readonly claimOf: (coordinate: string) => Claim | null;
}

/** Reads `@claim` and `@open` off the public schema. @throws when a leaf has neither: such a schema must not be served. */
export function indexClaims(schema: GraphQLSchema): ClaimIndex {
  const byCoordinate = new Map<string, Claim | null>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    const ofType = directiveOf(type.astNode?.directives, 'claim');
    byCoordinate.set(`${type.name}.__typename`, ofType === null ? null : toClaim(ofType));
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) indexField(byCoordinate, type.name, field);
    }
  }
  const around = new Map<string, readonly Claim[]>();
  const claimsBelow = (typeName: string): readonly Claim[] => {
    const known = around.get(typeName);
    if (known !== undefined) return known;
    const found = collectBelow(schema, byCoordinate, typeName);
    around.set(typeName, found);
    return found;
  };
  const claimOf = (coordinate: string): Claim | null => byCoordinate.get(coordinate) ?? null;
  return {
    claimOf,
    policyLeaves: (leaf) => {
      const root = leaf.parents[0] ?? leaf.coordinate;
      const claim = claimOf(leaf.coordinate);
      const own: PolicyLeaf = { claim, around: claim === null ? claimsAround(leaf, claimsBelow) : [], root };
      const told = leaf.narrowedBy.map(
        (coordinate): PolicyLeaf => ({ claim: claimOf(coordinate), around: [], root }),
      );
      return [own, ...told.filter(({ claim: narrowed }) => narrowed !== null)];
    },
  };
}

function indexField(
  index: Map<string, Claim | null>,
  typeName: string,
  field: GraphQLField<unknown, unknown>,
): void {
  const coordinate = `${typeName}.${field.name}`;
  const claim = directiveOf(field.astNode?.directives, 'claim');
  const isLeaf = !('getFields' in getNamedType(field.type)) && !isUnionType(getNamedType(field.type));
  if (isLeaf && claim === null && directiveOf(field.astNode?.directives, 'open') === null) {
    unreachable(`${coordinate} has neither @claim nor @open`);
  }
  index.set(coordinate, claim === null ? null : toClaim(claim));
}

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

const ROOT_TYPES: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** All claims on the leaves below a type, through lists and nested records; other people's records do not count. */
function collectBelow(
  schema: GraphQLSchema,
  byCoordinate: ReadonlyMap<string, Claim | null>,
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
      const claim = byCoordinate.get(`${type.name}.${field.name}`) ?? null;
      if (claim !== null) claims.set(JSON.stringify(claim), claim);
      visit(getNamedType(field.type));
    }
  };
  visit(schema.getType(start));
  return [...claims.values()];
}

function directiveOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Readonly<Record<string, unknown>> | null {
  const found = directives?.find((directive) => directive.name.value === name);
  if (found === undefined) return null;
  return Object.fromEntries(
    (found.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
  );
}

const SELF = ['LEVEL_1', 'LEVEL_2', 'NEVER'] as const;
const SHARE = ['ALLOWED', 'SEPARATE_TICK', 'AUTHORITY', 'NEVER'] as const;
const CLASS = ['BASIC', 'SENSITIVE'] as const;

function toClaim(values: Readonly<Record<string, unknown>>): Claim {
  const id = values['id'];
  if (typeof id !== 'string') return unreachable('@claim without an id');
  return {
    id,
    self: oneOf(SELF, values['self'] ?? 'LEVEL_2', id),
    share: oneOf(SHARE, values['share'], id),
    class: oneOf(CLASS, values['class'], id),
  };
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown, id: string): Word {
  return words.find((word) => word === value) ?? unreachable(`@claim(id: "${id}") has an unknown word`);
}
