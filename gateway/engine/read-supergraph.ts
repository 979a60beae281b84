import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import {
  type ArgumentNode,
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
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
  /** Whether an object that a service answers for an abstract type can be of a kind. */
  readonly canBe: (service: string, abstract: string, kind: string) => boolean;
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

/** One type as one source declares it. */
export interface TypeInSource {
  readonly isInterfaceObject: boolean;
  /** Key field sets with which the source resolves entities of the type. */
  readonly keys: readonly SelectionSetNode[];
  readonly fields: ReadonlySet<string>;
  /** What the source is sent for a field, by field. */
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
  /** What the source answers below a field although it is another's, by field. */
  readonly provides: ReadonlyMap<string, SelectionSetNode>;
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
  const kinds = kindsByService(fullSchema, services);
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
    canBe: (service, abstract, kind) =>
      viewOf(service, abstract)?.isInterfaceObject === true || kinds.has(`${service} ${abstract} ${kind}`),
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

/** Names of the object types that an output type of the schema stands for. */
export function concreteNames(schema: GraphQLSchema, typeName: string): readonly string[] {
  const type = schema.getType(typeName);
  if (isAbstractType(type)) return schema.getPossibleTypes(type).map((possible) => possible.name);
  return isObjectType(type) ? [typeName] : [];
}

/** `service abstract kind` for each kind that a service says is one of an interface's or union's. */
function kindsByService(schema: GraphQLSchema, services: ReadonlyMap<string, string>): ReadonlySet<string> {
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

interface OpenView {
  isInterfaceObject: boolean;
  readonly keys: SelectionSetNode[];
  readonly fields: Set<string>;
  readonly requires: Map<string, SelectionSetNode>;
  readonly provides: Map<string, SelectionSetNode>;
}

function viewsOf(type: GraphQLNamedType): Map<string, TypeInSource> {
  const views = new Map<string, OpenView>();
  for (const join of directivesOf(type.astNode?.directives, 'join__type')) {
    const graph = argumentText(join, 'graph');
    if (graph === undefined) continue;
    const view: OpenView = views.get(graph) ?? {
      isInterfaceObject: false,
      keys: [],
      fields: new Set(),
      requires: new Map(),
      provides: new Map(),
    };
    views.set(graph, view);
    if (argumentText(join, 'isInterfaceObject') === 'true') view.isInterfaceObject = true;
    const key = argumentText(join, 'key');
    if (key !== undefined && argumentText(join, 'resolvable') !== 'false') view.keys.push(parseFieldSet(key));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return views;
  for (const field of type.astNode?.fields ?? []) {
    for (const graph of graphsOf(field, views)) views.get(graph)?.fields.add(field.name.value);
    for (const join of directivesOf(field.directives, 'join__field')) {
      const view = views.get(argumentText(join, 'graph') ?? '');
      for (const kind of ['requires', 'provides'] as const) {
        const set = argumentText(join, kind);
        if (set !== undefined) view?.[kind].set(field.name.value, parseFieldSet(set));
      }
    }
  }
  return views;
}

/** A field without `@join__field` belongs to every source that declares its type. */
function graphsOf(field: FieldDefinitionNode, views: ReadonlyMap<string, unknown>): string[] {
  const joins = directivesOf(field.directives, 'join__field');
  if (joins.length === 0) return [...views.keys()];
  return joins
    .filter((join) => argumentText(join, 'external') !== 'true')
    .map((join) => argumentText(join, 'graph'))
    .filter((graph) => graph !== undefined);
}

function directivesOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): readonly ConstDirectiveNode[] {
  return directives?.filter((directive) => directive.name.value === name) ?? [];
}

function argumentText(directive: ConstDirectiveNode, name: string): string | undefined {
  const argument: ArgumentNode | undefined = directive.arguments?.find((node) => node.name.value === name);
  if (!argument) return undefined;
  const { value } = argument;
  if (value.kind === Kind.BOOLEAN) return String(value.value);
  return value.kind === Kind.STRING || value.kind === Kind.ENUM ? value.value : undefined;
}

/** A field set of `@key` or `@requires`, as a selection. */
export function parseFieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError(`Not a key field set: ${text}`);
  return definition.selectionSet;
}
