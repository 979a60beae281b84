import { getNamedType, type GraphQLSchema, isAbstractType } from 'graphql';
import { fieldOf } from './field-of.ts';
import { concreteNames } from './concrete-names.ts';
import { argumentText, directivesOf } from './read-directives.ts';
import type { TypeInSource } from './type-in-source.ts';

/** The kinds of object that a service may answer for a field of a type. */
export type KindsIn = (service: string, typeName: string, field: string) => readonly string[];

/**
 * Services may know different kinds of one interface or union: read from `@join__implements`, `@join__unionMember` and the
 * types of fields in each service.
 */
export function kindsByService(
  schema: GraphQLSchema,
  services: ReadonlyMap<string, string>,
  typeIn: (service: string, typeName: string) => TypeInSource | undefined,
): KindsIn {
  const kinds = readKinds(schema, services);
  return (service, typeName, name) => {
    const field = fieldOf(schema.getType(typeName), name);
    if (!field) return [];
    const named = typeIn(service, typeName)?.types.get(name) ?? getNamedType(field.type).name;
    const all = concreteNames(schema, named);
    const isTold = isAbstractType(schema.getType(named)) && !typeIn(service, named)?.isInterfaceObject;
    return isTold ? all.filter((kind) => kinds.has(`${service} ${named} ${kind}`)) : all;
  };
}

/** `service abstract kind` for each kind that a service says is one of an interface's or union's. */
function readKinds(schema: GraphQLSchema, services: ReadonlyMap<string, string>): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    for (const join of directivesOf(type.astNode?.directives, 'join__implements')) {
      const service = services.get(argumentText(join, 'graph') ?? '');
      kinds.add(`${service} ${argumentText(join, 'interface')} ${type.name}`);
    }
    for (const join of directivesOf(type.astNode?.directives, 'join__unionMember')) {
      const service = services.get(argumentText(join, 'graph') ?? '');
      kinds.add(`${service} ${type.name} ${argumentText(join, 'member')}`);
    }
  }
  return kinds;
}
