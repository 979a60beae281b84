import { type GraphQLField, type GraphQLNamedType, isInterfaceType, isObjectType } from 'graphql';

/** A field of an object or interface type; undefined where there is none, or the type is of another kind. */
export function fieldOf(
  type: GraphQLNamedType | null | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}
