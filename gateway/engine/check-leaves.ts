import type {
  BatchFetchNode,
  FetchNode,
  FlattenNodePathSegment,
  PlanNode,
} from '@graphql-hive/router-query-planner';
import {
  type FragmentDefinitionNode,
  getNamedType,
  isAbstractType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql';
import { fieldOf } from './field-of.ts';
import { type ReadPlanned, readPlanned } from './planned-document.ts';
import type { Supergraph } from './read-supergraph.ts';

/**
 * Whether a plan asks for every leaf of its operation, for every kind of object that can stand there: one that does not
 * would answer null where there is a value. Kinds that some service of the field does not know may be left out rightly,
 * so they are not insisted on.
 */
export function asksEveryLeaf(
  supergraph: Supergraph,
  text: string,
  node: PlanNode | undefined,
  read: ReadPlanned = readPlanned,
): boolean {
  const asked: Leaves = new Map();
  if (node) addAsked({ supergraph, leaves: asked, read }, node, []);
  const wanted: Leaves = new Map();
  for (const definition of parse(text, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = supergraph.fullSchema.getRootType(definition.operation)?.name ?? 'Query';
    const walk: Walk = { supergraph, leaves: wanted, isCertain: true, renamed: [], fragments: new Map() };
    addLeaves(walk, new Set([root]), definition.selectionSet.selections, '');
  }
  return [...wanted].every(([way, types]) => {
    const found = asked.get(way);
    return found !== undefined && [...types].every((type) => found.has(type));
  });
}

/** Kinds of object by the way to a leaf on them: response keys from the root. */
type Leaves = Map<string, Set<string>>;

interface Walk {
  readonly supergraph: Supergraph;
  readonly leaves: Leaves;
  /** Only kinds that each service of a field knows are followed. */
  readonly isCertain: boolean;
  /** What keys of the planner's own are renamed to. */
  readonly renamed: readonly string[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

interface Asked {
  readonly supergraph: Supergraph;
  readonly leaves: Leaves;
  readonly read: ReadPlanned;
}

function addAsked(asked: Asked, node: PlanNode, path: readonly FlattenNodePathSegment[]): void {
  if (node.kind === 'Sequence' || node.kind === 'Parallel') {
    for (const each of node.nodes) addAsked(asked, each, path);
  } else if (node.kind === 'Flatten') addAsked(asked, node.node, node.path);
  else if (node.kind === 'Fetch' || node.kind === 'BatchFetch') addFetch(asked, node, path);
}

function addFetch(
  { supergraph, leaves, read }: Asked,
  node: FetchNode | BatchFetchNode,
  path: readonly FlattenNodePathSegment[],
): void {
  const { definitions } = read(node);
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const walk: Walk = { supergraph, leaves, isCertain: false, renamed: renamedIn(node), fragments };
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = supergraph.fullSchema.getRootType(definition.operation)?.name ?? 'Query';
    for (const selection of definition.selectionSet.selections) {
      if (selection.kind !== Kind.FIELD || selection.name.value !== '_entities') {
        addLeaves(walk, new Set([root]), [selection], wayOf(path));
        continue;
      }
      const key = selection.alias?.value ?? selection.name.value;
      for (const each of pathsOf(node, key, path)) {
        addLeaves(walk, null, selection.selectionSet?.selections ?? [], wayOf(each));
      }
    }
  }
}

function pathsOf(
  node: FetchNode | BatchFetchNode,
  key: string,
  path: readonly FlattenNodePathSegment[],
): readonly (readonly FlattenNodePathSegment[])[] {
  if (node.kind === 'Fetch') return [path];
  return node.entityBatch.aliases.find(({ alias }) => alias === key)?.paths ?? [];
}

function renamedIn(node: FetchNode | BatchFetchNode): readonly string[] {
  const rewrites =
    node.kind === 'Fetch'
      ? (node.outputRewrites ?? [])
      : node.entityBatch.aliases.flatMap((each) => each.outputRewrites ?? []);
  return rewrites.flatMap((each) => ('KeyRenamer' in each ? [each.KeyRenamer.renameKeyTo] : []));
}

function wayOf(path: readonly FlattenNodePathSegment[]): string {
  return path
    .flatMap((segment) => (segment !== '@' && 'Field' in segment ? [`/${segment.Field}`] : []))
    .join('');
}

/** `types`: what the object can be; null before any fragment has said so. */
function addLeaves(
  walk: Walk,
  types: ReadonlySet<string> | null,
  selections: readonly SelectionNode[],
  way: string,
): void {
  for (const each of selections) {
    const selection = each.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(each.name.value) : each;
    if (selection?.kind === Kind.INLINE_FRAGMENT || selection?.kind === Kind.FRAGMENT_DEFINITION) {
      const on = selection.typeCondition?.name.value;
      const inside = on === undefined ? types : narrowed(walk.supergraph, types, on);
      if (inside === null || inside.size > 0) addLeaves(walk, inside, selection.selectionSet.selections, way);
    } else if (selection?.kind === Kind.FIELD && selection.name.value !== '__typename') {
      const key = selection.alias?.value ?? selection.name.value;
      const keys = walk.renamed.length > 0 && !key.startsWith('c_') ? [key, ...walk.renamed] : [key];
      const below = selection.selectionSet?.selections;
      for (const name of keys) {
        const next = `${way}/${name}`;
        add(walk.leaves, next, types ?? new Set());
        if (below) addLeaves(walk, typesBelow(walk, types ?? new Set(), selection.name.value), below, next);
      }
    }
  }
}

function narrowed(supergraph: Supergraph, types: ReadonlySet<string> | null, on: string): Set<string> {
  const inside = supergraph.concreteTypes(on);
  return new Set(types === null ? inside : inside.filter((each) => types.has(each)));
}

function add(leaves: Leaves, way: string, types: ReadonlySet<string>): void {
  const known = leaves.get(way) ?? new Set();
  for (const each of types) known.add(each);
  leaves.set(way, known);
}

/** What can stand below a field of any of these kinds. */
function typesBelow({ supergraph, isCertain }: Walk, types: ReadonlySet<string>, name: string): Set<string> {
  const found = new Set<string>();
  for (const typeName of types) {
    const field = fieldOf(supergraph.fullSchema.getType(typeName), name);
    if (!field) continue;
    const named = getNamedType(field.type);
    const below = supergraph.concreteTypes(named.name);
    const services = isCertain && isAbstractType(named) ? supergraph.servicesOf(typeName, name) : null;
    for (const each of below) {
      const isThere =
        services?.every((service) => supergraph.kindsIn(service, typeName, name).includes(each)) ?? true;
      if (isThere && services?.length !== 0) found.add(each);
    }
  }
  return found;
}
