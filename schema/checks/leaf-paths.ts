import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** One operation for every way from a root field to a leaf, over every kind of an interface or union. */
export function* leafPaths(schema: GraphQLSchema): Generator<string> {
  for (const [keyword, root] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const) {
    if (!root) continue;
    for (const field of Object.values(root.getFields())) {
      for (const selection of fieldPaths(schema, field, new Set([root.name])))
        yield `${keyword} { ${selection} }`;
    }
  }
}

function* fieldPaths(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  above: ReadonlySet<string>,
): Generator<string> {
  const call = field.name + requiredArguments(field.args);
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) {
    yield call;
    return;
  }
  // A type met again below itself has been followed already: no path is followed for ever.
  if (above.has(type.name)) return;
  for (const selection of typePaths(schema, type, new Set([...above, type.name])))
    yield `${call} { ${selection} }`;
}

function* typePaths(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  above: ReadonlySet<string>,
): Generator<string> {
  yield '__typename';
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) yield* fieldPaths(schema, field, above);
  }
  if (!isInterfaceType(type) && !isUnionType(type)) return;
  for (const kind of schema.getPossibleTypes(type)) {
    for (const field of Object.values(kind.getFields())) {
      for (const selection of fieldPaths(schema, field, above)) yield `... on ${kind.name} { ${selection} }`;
    }
  }
}

function requiredArguments(args: readonly GraphQLArgument[]): string {
  const required = args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  return required.length === 0
    ? ''
    : `(${required.map(({ name, type }) => `${name}: ${literal(type)}`).join(', ')})`;
}

/** Any literal of the type: plans do not depend on values. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${required.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  }
  return type.name === 'Int' || type.name === 'Float' ? '1' : type.name === 'Boolean' ? 'true' : '"x"';
}
