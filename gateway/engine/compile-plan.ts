import type {
  BatchFetchNode,
  EntityBatchAlias,
  FetchNode,
  FlattenNodePathSegment,
  PlanNode,
} from '@graphql-hive/router-query-planner';
import {
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
} from 'graphql';
import { type AnswerContext, type AskedField, type AskedObject, compileAskedObject } from './answer-shape.ts';
import { augmentFetch, fragmentOn, type KeysToAdd } from './augment-fetch.ts';
import {
  compilePath,
  compileRepresentation,
  provableKey,
  requiredOf,
  requiredTypes,
} from './compile-entities.ts';
import { applyRewrite, compileRewrites } from './compile-rewrites.ts';
import type { DataObject } from './field-failure.ts';
import { requestsNeeded } from './order-steps.ts';
import { keyOfAlias, type Shape, type ShapeLeaf } from './shape.ts';
import type { EntityGroup, EntityKind, Rewrite, RootAsk, Step } from './step.ts';

/** Everything but the source itself that compiling a plan needs. */
export type PlanContext = Omit<AnswerContext, 'service'>;

/** Compiles the planner's tree into requests, each with the requests that must be done before it. */
export function compilePlan(context: PlanContext, shape: Shape, node: PlanNode | undefined): readonly Step[] {
  const compiler = new PlanCompiler(context, shape);
  if (node) compiler.add(node, [], []);
  return compiler.steps;
}

class PlanCompiler {
  readonly steps: Step[] = [];
  readonly #context: PlanContext;
  readonly #leavesByKey: ReadonlyMap<number, readonly ShapeLeaf[]>;

  constructor(context: PlanContext, shape: Shape) {
    this.#context = context;
    this.#leavesByKey = indexLeaves(shape.leaves);
  }

  /** Adds the requests of a plan node; returns them. `before` are the requests of earlier stages. */
  add(node: PlanNode, before: readonly Step[], conditions: Step['conditions']): readonly Step[] {
    switch (node.kind) {
      case 'Sequence': {
        const done = [...before];
        for (const each of node.nodes) done.push(...this.add(each, done, conditions));
        return done.slice(before.length);
      }
      case 'Parallel':
        return node.nodes.flatMap((each) => this.add(each, before, conditions));
      case 'Condition': {
        const when = (wanted: boolean): Step['conditions'] => [
          ...conditions,
          { variable: node.condition, wanted },
        ];
        return [
          ...(node.ifClause ? this.add(node.ifClause, before, when(true)) : []),
          ...(node.elseClause ? this.add(node.elseClause, before, when(false)) : []),
        ];
      }
      case 'Flatten':
        return [this.#fetch(node.node, node.path, before, conditions)];
      case 'Fetch':
      case 'BatchFetch':
        return [this.#fetch(node, null, before, conditions)];
      default:
        throw new TypeError(`The planner made a node this engine does not execute: ${node.kind}`);
    }
  }

  #fetch(
    node: PlanNode,
    path: readonly FlattenNodePathSegment[] | null,
    before: readonly Step[],
    conditions: Step['conditions'],
  ): Step {
    if (node.kind !== 'Fetch' && node.kind !== 'BatchFetch') {
      throw new TypeError(`The planner flattens what this engine does not execute: ${node.kind}`);
    }
    const context = { ...this.#context, service: node.serviceName };
    const asks = asksOf(node, path);
    const { operation, rootType } = augmentFetch(context, node.operation, keysToAdd(context, asks));
    const groups = asks.map((ask) => this.#group(context, ask, operation, before));
    const root =
      asks.length === 0 ? this.#root(context, node as FetchNode, path ?? [], operation, rootType) : null;
    // Root requests keep the planner's order: mutations are serial.
    const needs = root
      ? before.map((each) => each.index)
      : groups.flatMap((group) => group.paths.flatMap((each) => each.needs));
    const step: Step = {
      index: this.steps.length,
      service: node.serviceName,
      kind: node.operationKind === 'mutation' ? 'mutation' : 'query',
      bodyHead: `{"query":${JSON.stringify(stripIgnoredCharacters(print(operation)))},"variables":{`,
      variables: node.variableUsages ?? [],
      root,
      groups,
      conditions,
      needs: [...new Set(needs)],
      isDivisible: groups.some((group) =>
        group.paths.some((each) => each.needs.length < new Set(needs).size),
      ),
    };
    this.steps.push(step);
    return step;
  }

  #root(
    context: AnswerContext,
    node: FetchNode,
    path: readonly FlattenNodePathSegment[],
    operation: OperationDefinitionNode,
    typeName: string,
  ): RootAsk {
    const asked = compileAskedObject(context, typeName, [operation.selectionSet]);
    return {
      path: compilePath(context.supergraph, path),
      asked,
      typeName,
      leaves: this.#leaves(context, asked),
      outputRewrites: compileRewrites(context.supergraph, node.outputRewrites),
    };
  }

  #group(
    context: AnswerContext,
    ask: EntityBatchAlias,
    operation: OperationDefinitionNode,
    before: readonly Step[],
  ): EntityGroup {
    const { supergraph } = context;
    const inputRewrites = compileRewrites(supergraph, ask.inputRewrites);
    const selectionSet = entitySelection(operation, ask.alias);
    const kinds = new Map<string, EntityKind>();
    for (const { concrete, typeName, required, key } of kindsAsked(context, ask)) {
      const asked = compileAskedObject(context, typeName, [selectionSet]);
      kinds.set(concrete, {
        represent: compileRepresentation(required, inputRewrites),
        echoed: key.selections.flatMap((each) => (each.kind === 'Field' ? [each.name.value] : [])),
        asked,
        typeName,
        leaves: this.#leaves(context, asked),
      });
    }
    return {
      responseKey: ask.alias,
      variable: ask.representationsVariableName,
      paths: ask.paths.map((path) => {
        const segments = compilePath(supergraph, path);
        return { segments, needs: requestsNeeded(segments, before) };
      }),
      kinds,
      outputRewrites: compileRewrites(supergraph, ask.outputRewrites),
    };
  }

  /** Leaves of the shape that objects of one type bring with this request. */
  #leaves(context: AnswerContext, asked: AskedObject): readonly number[] {
    const found = new Set<number>();
    const visit = (name: string, fields: readonly AskedField[]): void => {
      for (const field of fields) {
        const key = keyOfAlias(field.key);
        if (key < 0) continue;
        for (const leaf of this.#leavesByKey.get(key) ?? []) {
          // The kind of an object comes with the field it stands in.
          if (leaf.key !== key || overlaps(context, leaf.parent, name)) found.add(leaf.id);
        }
        if (field.object) for (const [below, inner] of field.object.byType) visit(below, inner);
      }
    };
    for (const [name, fields] of asked.byType) visit(name, fields);
    return [...found].sort((a, b) => a - b);
  }
}

/** Leaves by their own field number, and typenames by the number of the field they stand in. */
function indexLeaves(leaves: readonly ShapeLeaf[]): ReadonlyMap<number, readonly ShapeLeaf[]> {
  const index = new Map<number, ShapeLeaf[]>();
  for (const leaf of leaves) {
    const key = leaf.isTypename ? leaf.scope : leaf.key;
    const known = index.get(key);
    if (known) known.push(leaf);
    else index.set(key, [leaf]);
  }
  return index;
}

/** Whether an object of one type may be seen as the other. */
function overlaps(context: AnswerContext, one: string, other: string): boolean {
  if (one === other) return true;
  const { concreteTypes } = context.supergraph;
  const others = concreteTypes(other);
  return concreteTypes(one).some((name) => others.includes(name));
}

/** The `_entities` lists of a request, whether the planner batched several or not. */
function asksOf(
  node: FetchNode | BatchFetchNode,
  path: readonly FlattenNodePathSegment[] | null,
): readonly EntityBatchAlias[] {
  if (node.kind === 'BatchFetch') return node.entityBatch.aliases;
  if (!node.requires || node.requires.length === 0 || !path) return [];
  return [
    {
      alias: '_entities',
      representationsVariableName: 'representations',
      paths: [[...path]],
      requires: node.requires,
      ...(node.inputRewrites ? { inputRewrites: node.inputRewrites } : {}),
      ...(node.outputRewrites ? { outputRewrites: node.outputRewrites } : {}),
    },
  ];
}

/** Every kind that a fragment of the fetch speaks of repeats its key, so that the answer can be compared. */
function keysToAdd(context: AnswerContext, asks: readonly EntityBatchAlias[]): KeysToAdd {
  const { supergraph } = context;
  return (responseKey, typeName): readonly SelectionNode[] => {
    const ask = asks.find((each) => each.alias === responseKey);
    if (!ask) return [];
    const covered = new Set([typeName, ...supergraph.concreteTypes(typeName)]);
    const added = new Map<string, SelectionNode>();
    for (const kind of kindsAsked(context, ask)) {
      if (!covered.has(kind.concrete) && !covered.has(kind.typeName)) continue;
      const isHere = kind.typeName === typeName;
      for (const field of isHere ? kind.key.selections : [fragmentOn(kind.typeName, kind.key.selections)]) {
        added.set(print(field), field);
      }
    }
    return [...added.values()];
  };
}

/** One concrete type that a list of entities may hold, as its source knows it. */
interface KindAsked {
  readonly concrete: string;
  readonly typeName: string;
  readonly required: ReturnType<typeof requiredOf>;
  readonly key: SelectionSetNode;
}

function kindsAsked(context: AnswerContext, ask: EntityBatchAlias): readonly KindAsked[] {
  const { supergraph, service } = context;
  const rewrites = compileRewrites(supergraph, ask.inputRewrites);
  return [...requiredTypes(supergraph, ask.requires)].flatMap((concrete) => {
    const typeName = nameInSource(concrete, rewrites);
    if (!supergraph.typeIn(service, typeName)) return [];
    const required = requiredOf(supergraph, ask.requires, concrete);
    const key = provableKey(supergraph, service, typeName, required);
    // The name of an interface that the source answers by its concrete kinds.
    if (!key && supergraph.concreteTypes(typeName).length > 1) return [];
    if (!key)
      throw new TypeError(`${service} could answer any ${typeName}: the plan sends no key to compare`);
    return [{ concrete, typeName, required, key }];
  });
}

function entitySelection(operation: OperationDefinitionNode, responseKey: string) {
  for (const field of operation.selectionSet.selections) {
    if (field.kind !== 'Field' || !field.selectionSet) continue;
    if ((field.alias?.value ?? field.name.value) === responseKey) return field.selectionSet;
  }
  throw new TypeError(`A planned fetch lacks its ${responseKey}`);
}

/** A source that knows an interface as one plain type is asked for it under the interface's name. */
function nameInSource(concrete: string, rewrites: readonly Rewrite[]): string {
  const probe: DataObject = { __typename: concrete };
  for (const rewrite of rewrites) applyRewrite(rewrite, probe, concrete);
  return String(probe['__typename']);
}
