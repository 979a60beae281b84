import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
} from 'graphql';
import { argumentOf } from './read-directives.ts';
import { applicationsOf, type Features } from './read-features.ts';

/** What `@listSize` says of a field. */
export interface ListSize {
  readonly assumedSize: number | null;
  /** Arguments that name a size, each as the way to it: `["page", "first"]`. */
  readonly slicingArguments: readonly (readonly string[])[];
  /** Lists of the object the field returns, which the size is meant for. */
  readonly sizedFields: ReadonlySet<string>;
  readonly requireOne: boolean;
}

/** Weights and sizes of one supergraph (IBM GraphQL Cost Directives, as Federation 2.9 takes them). */
export interface Costs {
  /** `@cost` on a type; null where there is none. */
  readonly ofType: (typeName: string) => number | null;
  /** `@cost` on `Type.field`. */
  readonly ofField: (coordinate: string) => number | null;
  /** `@cost` on an argument or on a field of an input object. */
  readonly ofInput: (input: GraphQLArgument | GraphQLInputField) => number | null;
  /** `@listSize` on `Type.field`. */
  readonly sizeOf: (coordinate: string) => ListSize | null;
}

/** Reads `@cost` and `@listSize` off the full schema. @throws TypeError for a weight or a size that is none */
export function readCosts(schema: GraphQLSchema, features: Features): Costs {
  const types = new Map<string, number>();
  const fields = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const keep = (into: Map<string, number>, name: string, node: DirectiveHolder): void => {
    const weight = weightOf(features, node);
    if (weight !== null) into.set(name, weight);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    keep(types, type.name, type.astNode);
    for (const [name, node] of fieldNodesOf(type)) {
      const coordinate = `${type.name}.${name}`;
      keep(fields, coordinate, node);
      const [size] = applicationsOf(features, node, 'listSize');
      if (size) sizes.set(coordinate, readListSize(coordinate, size));
    }
  }
  return {
    ofType: (typeName) => types.get(typeName) ?? null,
    ofField: (coordinate) => fields.get(coordinate) ?? null,
    ofInput: ({ astNode }) => weightOf(features, astNode),
    sizeOf: (coordinate) => sizes.get(coordinate) ?? null,
  };
}

type DirectiveHolder = { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;

function fieldNodesOf(type: GraphQLNamedType): readonly (readonly [string, DirectiveHolder])[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).map(({ name, astNode }) => [name, astNode] as const);
}

/** The dearest of several applications: what two sources say of one field is both true. */
function weightOf(features: Features, node: DirectiveHolder): number | null {
  const weights = applicationsOf(features, node, 'cost').map((each) =>
    readWeight(argumentOf(each, 'weight')),
  );
  return weights.length === 0 ? null : Math.max(...weights);
}

/**
 * Federation writes an integer, the specification of IBM a number in quotes. Less than nothing counts as nothing: no field pays
 * for another.
 */
function readWeight(value: ConstValueNode | undefined): number {
  const isNumber = value?.kind === Kind.INT || value?.kind === Kind.FLOAT || value?.kind === Kind.STRING;
  const weight = isNumber && value.value.trim() !== '' ? Number(value.value) : Number.NaN;
  if (!Number.isFinite(weight)) throw new TypeError('The supergraph has a @cost whose weight is no number');
  return Math.max(weight, 0);
}

function readListSize(coordinate: string, directive: ConstDirectiveNode): ListSize {
  const assumed = argumentOf(directive, 'assumedSize');
  const assumedSize = assumed?.kind === Kind.INT ? Number(assumed.value) : null;
  if (assumedSize !== null && assumedSize < 0) {
    throw new TypeError(`The supergraph assumes less than nothing of ${coordinate}`);
  }
  const required = argumentOf(directive, 'requireOneSlicingArgument');
  return {
    assumedSize,
    slicingArguments: textsOf(argumentOf(directive, 'slicingArguments')).map((way) => way.split('.')),
    sizedFields: new Set(textsOf(argumentOf(directive, 'sizedFields'))),
    requireOne: !(required?.kind === Kind.BOOLEAN && !required.value),
  };
}

function textsOf(value: ConstValueNode | undefined): readonly string[] {
  if (value === undefined) return [];
  const values = value.kind === Kind.LIST ? value.values : [value];
  return values.flatMap((each) => (each.kind === Kind.STRING ? [each.value] : []));
}
