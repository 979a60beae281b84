import type { EntityBatchAlias } from '@graphql-hive/router-query-planner';
import { type OperationDefinitionNode, print, type SelectionNode, type SelectionSetNode } from 'graphql';
import { type AnswerContext, type AskedObject, compileAskedObject } from './answer-shape.ts';
import { fragmentOn, type KeysToAdd } from './augment-fetch.ts';
import {
  compilePath,
  compileRepresentation,
  provableKey,
  requiredOf,
  requiredTypes,
} from './compile-entities.ts';
import { applyRewrite, compileRewrites } from './compile-rewrites.ts';
import type { DataObject } from './field-failure.ts';
import type { LeafIndex } from './index-leaves.ts';
import { requestsNeeded } from './order-steps.ts';
import type { EntityGroup, EntityKind, Rewrite, Step } from './step.ts';

/** Compiles one `_entities` list of a request: who is asked for, how, and what the answer must look like. */
export function compileGroup(
  context: AnswerContext,
  leaves: LeafIndex,
  ask: EntityBatchAlias,
  operation: OperationDefinitionNode,
  before: readonly Step[],
): EntityGroup {
  const { supergraph } = context;
  const inputRewrites = compileRewrites(supergraph, ask.inputRewrites);
  const selectionSet = entitySelection(operation, ask.alias);
  const kinds = new Map<string, EntityKind>();
  const askedByType = new Map<string, AskedObject>();
  for (const { concrete, typeName, required, key } of kindsAsked(context, ask)) {
    const asked = askedByType.get(typeName) ?? compileAskedObject(context, typeName, [selectionSet]);
    askedByType.set(typeName, asked);
    kinds.set(concrete, {
      represent: compileRepresentation(supergraph, required, key, inputRewrites),
      echoed: key.selections.flatMap((each) => (each.kind === 'Field' ? [each.name.value] : [])),
      asked,
      typeName,
      leaves: leaves(context, asked),
    });
  }
  return {
    responseKey: ask.alias,
    variable: ask.representationsVariableName,
    paths: ask.paths.map((path) => {
      const segments = compilePath(supergraph, path);
      return { segments, needs: requestsNeeded(segments, ask.requires, before) };
    }),
    kinds,
    outputRewrites: compileRewrites(supergraph, ask.outputRewrites),
  };
}

/** Every kind that a fragment of the fetch speaks of repeats its key, so that the answer can be compared. */
export function keysToAdd(context: AnswerContext, asks: readonly EntityBatchAlias[]): KeysToAdd {
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
