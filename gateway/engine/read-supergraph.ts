import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, isObjectType, Kind, parse } from 'graphql';
import { argumentText } from './read-directives.ts';
import { concreteNames } from './concrete-names.ts';
import { type KindsIn, kindsByService } from './kinds-by-service.ts';
import { type TypeInSource, viewsOf } from './type-in-source.ts';
import { type Features, readFeatures, withoutEnforced } from './read-features.ts';

/** The supergraph as the engine reads it: two schemas and what each source knows of each type. */
export interface Supergraph {
  /** What clients see: no hidden keys, no join machinery. */
  readonly publicSchema: GraphQLSchema;
  /** What sources answer with: hidden keys included. */
  readonly fullSchema: GraphQLSchema;
  /** What the standard's directives are called in it. */
  readonly features: Features;
  /** The source's view of one type; undefined when the source does not know the type. */
  readonly typeIn: (service: string, typeName: string) => TypeInSource | undefined;
  /** Names of the object types a type stands for in the full schema (itself, when it is an object). */
  readonly concreteTypes: (typeName: string) => readonly string[];
  readonly services: readonly string[];
  /** Services that have a field of an object type as their own. */
  readonly servicesOf: (typeName: string, field: string) => readonly string[];
  /** The kinds of object that a service may answer for a field of a type. */
  readonly kindsIn: KindsIn;
  /** Whether some service knows an interface as one plain type, and so cannot tell an object's kind. */
  readonly hasInterfaceObjects: boolean;
  /** Types some of whose fields a service answers only with something it requires. */
  readonly requiringTypes: readonly RequiringType[];
}

/** A type at which a plan may begin anew: `entry` is the root field by which it does. */
export interface RequiringType {
  readonly service: string;
  /** The service's name in the supergraph. */
  readonly graph: string;
  readonly typeName: string;
  readonly entry: string;
}

/** The root field by which a plan begins at a type of a service. */
const entryField = (typeName: string, graph: string): string => `_enter_${graph}_${typeName}`;

/** Reads a Federation 2 supergraph; refuses one that asks for a protection this engine does not enforce. */
export function readSupergraph(sdl: string): Supergraph {
  const document = parse(sdl, { noLocation: true });
  const features = readFeatures(document);
  const fullSchema = buildASTSchema(document, { assumeValidSDL: true });
  const publicSchema = buildASTSchema(
    transformSupergraphToPublicSchema(withoutEnforced(document, features)),
    {
      assumeValidSDL: true,
    },
  );
  const services = serviceNames(document);
  const views = new Map<string, TypeInSource>();
  const requiringTypes: RequiringType[] = [];
  for (const [typeName, type] of Object.entries(fullSchema.getTypeMap())) {
    for (const [graph, view] of viewsOf(type)) {
      const service = services.get(graph) ?? graph;
      views.set(`${service} ${typeName}`, view);
      if (view.requires.size === 0) continue;
      requiringTypes.push({ service, graph, typeName, entry: entryField(typeName, graph) });
    }
  }
  const concrete = new Map<string, readonly string[]>();
  const names = [...services.values()];
  const viewOf = (service: string, typeName: string): TypeInSource | undefined =>
    views.get(`${service} ${typeName}`);
  return {
    publicSchema,
    fullSchema,
    services: names,
    servicesOf: (typeName, field) => {
      const type = fullSchema.getType(typeName);
      const interfaces = isObjectType(type) ? type.getInterfaces() : [];
      return names.filter(
        (service) =>
          viewOf(service, typeName)?.fields.has(field) === true ||
          interfaces.some(({ name }) => {
            const view = viewOf(service, name);
            return view?.isInterfaceObject === true && view.fields.has(field);
          }),
      );
    },
    kindsIn: kindsByService(fullSchema, services, viewOf),
    hasInterfaceObjects: [...views.values()].some(({ isInterfaceObject }) => isInterfaceObject),
    requiringTypes,
    features,
    typeIn: viewOf,
    concreteTypes: (typeName) => {
      let names = concrete.get(typeName);
      if (!names) {
        names = concreteNames(fullSchema, typeName);
        concrete.set(typeName, names);
      }
      return names;
    },
  };
}

function serviceNames(document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION || node.name.value !== 'join__Graph') continue;
    for (const value of node.values ?? []) {
      const graph = value.directives?.find((directive) => directive.name.value === 'join__graph');
      names.set(value.name.value, (graph && argumentText(graph, 'name')) ?? value.name.value);
    }
  }
  return names;
}
