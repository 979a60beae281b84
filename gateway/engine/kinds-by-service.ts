import { getNamedType, type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import { concreteNames } from './concrete-names.ts';
import { argumentText, directivesOf } from './join-directives.ts';
import type { TypeInSource } from './type-in-source.ts';

/** Which kinds of object each service may answer: services may know different kinds of one interface or union. */
export interface KindsByService {
  /** The kinds of object that a service may answer for a field of a type. */
  readonly kindsIn: (service: string, typeName: string, field: string) => readonly string[];
}

/** Reads it from `@join__implements`, `@join__unionMember` and the types of fields in each service. */
export function kindsByService(
  schema: GraphQLSchema,
  services: ReadonlyMap<string, string>,
  typeIn: (service: string, typeName: string) => TypeInSource | undefined,
): KindsByService {
  const kinds = readKinds(schema, services);
  return {
    kindsIn: (service, typeName, name) => {
      const type = schema.getType(typeName);
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (!field) return [];
      const named = typeIn(service, typeName)?.types.get(name) ?? getNamedType(field.type).name;
      const all = concreteNames(schema, named);
      const isTold = isAbstractType(schema.getType(named)) && !typeIn(service, named)?.isInterfaceObject;
      return isTold ? all.filter((kind) => kinds.has(`${service} ${named} ${kind}`)) : all;
    },
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
