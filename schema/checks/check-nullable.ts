import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** The types below which an answer crosses a border: to a registry that may be down, or to a policy that may refuse. */
const borders = ['Person', 'Account'];

/**
 * Every field below Person and Account may be null. A field that may not would, when its source is down or refused,
 * take everything above it away. The one exception is `id: ID!` of an object of the very source that gives the object.
 */
export function checkNullable(schema: GraphQLSchema): string[] {
  const problems: string[] = [];
  for (const type of below(schema)) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isNonNullType(field.type) || (field.name === 'id' && String(field.type) === 'ID!')) continue;
      problems.push(`${type.name}.${field.name} is below ${borders.join(' or ')} and must be nullable.`);
    }
  }
  return problems;
}

function below(schema: GraphQLSchema): ReadonlySet<GraphQLNamedType> {
  const seen = new Set<GraphQLNamedType>();
  const open = borders.map((name) => schema.getType(name)).filter((type) => type !== undefined);
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    if (seen.has(type)) continue;
    seen.add(type);
    if (isAbstractType(type)) open.push(...schema.getPossibleTypes(type));
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) open.push(getNamedType(field.type));
  }
  return seen;
}
