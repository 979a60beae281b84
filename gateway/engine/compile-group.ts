import type { EntityBatchAlias } from '@graphql-hive/router-query-planner';
import { type OperationDefinitionNode, print, type SelectionNode, type SelectionSetNode } from 'graphql';
import { type AnswerContext, type AskedObject, compileAskedObject } from './answer-shape.ts';
import { fragmentOn, type KeysToAdd } from './augment-fetch.ts';
import {
  compilePath,
  compileRepresentation,
  compileSalvage,
  provableKey,
  requiredOf,
  requiredTypes,
} from './compile-entities.ts';
import { applyRewrite, compileRewrites } from './compile-rewrites.ts';
import type { DataObject } from './field-failure.ts';
import { isPlainRequirement } from './generate-representation.ts';
import type { LeafIndex } from './index-leaves.ts';
import { requestsNeeded, wayOf } from './order-steps.ts';
import { bitOf, type EntityGroup, type EntityKind, type Rewrite, type Step } from './step.ts';

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
  const paths = ask.paths.map((path, index) => {
    const segments = compilePath(supergraph, path);
    return { index, segments, needs: requestsNeeded(segments, ask.requires, before) };
  });
  const kinds = new Map<string, EntityKind>();
  const askedByType = new Map<string, AskedObject>();
  for (const { concrete, typeName, required, key, echo } of kindsAsked(context, ask)) {
    const asked = askedByType.get(typeName) ?? compileAskedObject(context, typeName, [selectionSet]);
    askedByType.set(typeName, asked);
    const represent = compileRepresentation(supergraph, required, key, inputRewrites);
    kinds.set(concrete, {
      represent,
      salvage: compileSalvage(supergraph, required, represent, requirersOf(context, typeName, key, asked)),
      plain: isPlain(required, inputRewrites, concrete) ? required : null,
      echoed: echo.flatMap((each) => (each.kind === 'Field' ? [each.name.value] : [])),
      echoedWays: new Set(waysIn(echo)),
      asked,
      typeName,
      leaves: leavesOn(
        paths.map((path) => ({ bit: bitOf(path), leaves: leaves(context, asked, wayOf(path.segments)) })),
      ),
    });
  }
  return {
    responseKey: ask.alias,
    variable: ask.representationsVariableName,
    paths,
    kinds,
    outputRewrites: compileRewrites(supergraph, ask.outputRewrites),
    isFilledLater: true,
  };
}

function waysIn(selections: readonly SelectionNode[]): readonly string[] {
  return selections.flatMap((each) => {
    if (each.kind !== 'Field') return [];
    const way = `/${each.name.value}`;
    return [way, ...waysIn(each.selectionSet?.selections ?? []).map((below) => way + below)];
  });
}

/** Whether a representation is what it is made from, but for the name its source knows the type by. */
function isPlain(required: KindAsked['required'], rewrites: readonly Rewrite[], concrete: string): boolean {
  const names = new Set(required.map(({ name, alias }) => alias ?? name));
  const probe: DataObject = Object.fromEntries([...names].map((name) => [name, name]));
  probe['__typename'] = concrete;
  for (const rewrite of rewrites) applyRewrite(rewrite, probe, concrete);
  return (
    isPlainRequirement(required) &&
    Object.keys(probe).length === names.size &&
    [...names].every((name) => name === '__typename' || probe[name] === name)
  );
}

const nobody: ReadonlyMap<string, readonly string[]> = new Map();

/** The response keys that require each name which is sent besides the key. */
function requirersOf(
  context: AnswerContext,
  typeName: string,
  key: SelectionSetNode,
  asked: AskedObject,
): ReadonlyMap<string, readonly string[]> {
  const requires = context.supergraph.typeIn(context.service, typeName)?.requires;
  if (!requires || requires.size === 0) return nobody;
  const requirers = new Map<string, string[]>();
  for (const field of [...asked.byType.values()].flat()) {
    for (const name of namesIn(requires?.get(field.name))) {
      requirers.set(name, [...(requirers.get(name) ?? []), field.key]);
    }
  }
  for (const name of namesIn(key)) requirers.delete(name);
  return requirers;
}

function namesIn(set: SelectionSetNode | undefined): readonly string[] {
  return set?.selections.flatMap((each) => (each.kind === 'Field' ? [each.name.value] : [])) ?? [];
}

/** Sets of paths whose leaves are remembered. */
const mostSetsKept = 256;

/** The same paths give the same list, for readers who compare lists by identity. */
function leavesOn(
  paths: readonly { readonly bit: number; readonly leaves: readonly number[] }[],
): EntityKind['leaves'] {
  const [only] = paths;
  if (paths.length === 1 && only) {
    const all = inOrder(only.leaves);
    return (bits) => ((bits & only.bit) === 0 ? none : all);
  }
  const known = new Map<number, readonly number[]>();
  return (bits) => {
    const found = known.get(bits);
    if (found) return found;
    const chosen = paths.filter(({ bit }) => (bits & bit) !== 0).flatMap(({ leaves }) => leaves);
    const leaves = inOrder(chosen);
    if (known.size >= mostSetsKept) known.clear();
    known.set(bits, leaves);
    return leaves;
  };
}

const none: readonly number[] = [];

function inOrder(leaves: readonly number[]): readonly number[] {
  return [...new Set(leaves)].sort((a, b) => a - b);
}

/** Every kind that a fragment of the fetch speaks of repeats its key, so that the answer can be compared. */
export function keysToAdd(context: AnswerContext, asks: readonly EntityBatchAlias[]): KeysToAdd {
  const { supergraph } = context;
  const kindsOf = new Map(asks.map((ask) => [ask.alias, kindsAsked(context, ask)]));
  return (responseKey, typeName): readonly SelectionNode[] => {
    const kinds = kindsOf.get(responseKey);
    if (!kinds) return [];
    const covered = new Set([typeName, ...supergraph.concreteTypes(typeName)]);
    const added = new Map<string, SelectionNode>();
    for (const kind of kinds) {
      if (!covered.has(kind.concrete) && !covered.has(kind.typeName)) continue;
      const isHere = kind.typeName === typeName;
      const { echo } = kind;
      if (echo.length === 0) continue;
      for (const field of isHere ? echo : [fragmentOn(kind.typeName, echo)]) {
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
  /** The part of the key that the source repeats. */
  readonly echo: readonly SelectionNode[];
}

function kindsAsked(context: AnswerContext, ask: EntityBatchAlias): readonly KindAsked[] {
  const { supergraph, service } = context;
  const rewrites = compileRewrites(supergraph, ask.inputRewrites);
  return [...requiredTypes(supergraph, ask.requires)].flatMap((concrete) => {
    const typeName = nameInSource(concrete, rewrites);
    if (!supergraph.typeIn(service, typeName)) return [];
    const required = requiredOf(supergraph, ask.requires, concrete);
    const provable = provableKey(supergraph, service, typeName, required);
    // The name of an interface that the source answers by its concrete kinds.
    if (!provable && supergraph.concreteTypes(typeName).length > 1) return [];
    if (!provable)
      throw new TypeError(`${service} could answer any ${typeName}: the plan sends no key to compare`);
    return [{ concrete, typeName, required, ...provable }];
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
