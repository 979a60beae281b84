import { type GraphQLSchema, isAbstractType, isObjectType } from 'graphql';

/** Names of the object types that an output type of the schema stands for. */
export function concreteNames(schema: GraphQLSchema, typeName: string): readonly string[] {
  const type = schema.getType(typeName);
  if (isAbstractType(type)) return schema.getPossibleTypes(type).map((possible) => possible.name);
  return isObjectType(type) ? [typeName] : [];
}
