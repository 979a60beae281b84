import {
  type FieldDefinitionNode,
  type GraphQLNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { argumentText, directivesOf } from './read-directives.ts';

/** One type as one source declares it. */
export interface TypeInSource {
  readonly isInterfaceObject: boolean;
  /** Key field sets with which the source resolves entities of the type. */
  readonly keys: readonly SelectionSetNode[];
  /** Fields that are the source's own: no external one is among them. */
  readonly fields: ReadonlySet<string>;
  /** The named type of a field where the source's is another than the supergraph's, by field. */
  readonly types: ReadonlyMap<string, string>;
  /** What the source is sent for a field, by field. */
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
  /** What the source answers below a field although it is another's, by field. */
  readonly provides: ReadonlyMap<string, SelectionSetNode>;
}

interface OpenView {
  isInterfaceObject: boolean;
  readonly keys: SelectionSetNode[];
  readonly fields: Set<string>;
  readonly types: Map<string, string>;
  readonly requires: Map<string, SelectionSetNode>;
  readonly provides: Map<string, SelectionSetNode>;
}

/** What each source, by its name in the supergraph, declares of a type. */
export function viewsOf(type: GraphQLNamedType): Map<string, TypeInSource> {
  const views = new Map<string, OpenView>();
  for (const join of directivesOf(type.astNode?.directives, 'join__type')) {
    const graph = argumentText(join, 'graph');
    if (graph === undefined) continue;
    const view: OpenView = views.get(graph) ?? {
      isInterfaceObject: false,
      keys: [],
      fields: new Set(),
      types: new Map(),
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
      const type = argumentText(join, 'type')?.replaceAll(/[^\w]/gu, '');
      if (type !== undefined) view?.types.set(field.name.value, type);
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

/** A field set of `@key` or `@requires`, as a selection. */
export function parseFieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError(`Not a key field set: ${text}`);
  return definition.selectionSet;
}
