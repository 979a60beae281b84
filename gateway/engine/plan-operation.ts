import { type PlanNode, QueryPlanner } from '@graphql-hive/router-query-planner';
import { Kind, type OperationDefinitionNode, parse, print, type SelectionNode } from 'graphql';
import { asksOwnersOnly } from './check-plan.ts';
import { EngineRefusal } from './engine-refusal.ts';
import { StagePlanner } from './plan-in-stages.ts';
import type { Supergraph } from './read-supergraph.ts';
import { hasProvided, withoutProvided } from './supergraph-in-stages.ts';

/**
 * Asks the planner, and finds a way around where it fails: what services require of each other is planned apart, and
 * an operation whose parts disturb one another is planned part by part.
 */
export class OperationPlanner {
  readonly #ways: readonly Way[];
  readonly #supergraph: Supergraph;

  constructor(sdl: string, supergraph: Supergraph, labels: ReadonlySet<string>) {
    this.#supergraph = supergraph;
    const told = waysOf(sdl, supergraph, labels);
    // The planner may take what is provided on one way for provided on another, by the luck of its hash order.
    const untold = hasProvided(sdl) ? waysOf(withoutProvided(sdl), supergraph, labels) : [];
    this.#ways = [...told, ...untold];
  }

  /** The plan of an operation that graphql-js has validated; throws EngineRefusal where there is none. */
  plan(text: string): PlanNode | undefined {
    const whole = this.#attempt(text);
    if (whole.isSound) return whole.node;
    const parts = partsOf(text, (selections) => selections.map((each) => [each]));
    const found = this.#planParts(parts) ?? this.#planParts(partsOf(text, pathsOf));
    if (found) return found;
    // A plan that asks a service for what it does not have would answer null for what is there.
    throw new EngineRefusal('BAD_USER_INPUT', 'unplannable', [], whole.failure);
  }

  /** The same, on a thread of its own as far as the planner alone finds the way. */
  async planAside(text: string): Promise<PlanNode | undefined> {
    try {
      const node = await this.#ways[0]?.planAside?.(text);
      if (node && asksOwnersOnly(this.#supergraph, node)) return node;
    } catch {
      // Why it failed is told by the attempt that follows, if that fails too.
    }
    return this.plan(text);
  }

  #attempt(text: string): Attempt {
    let failure: unknown;
    for (const way of this.#ways) {
      try {
        const node = way.plan(text);
        if (asksOwnersOnly(this.#supergraph, node)) return { isSound: true, node };
      } catch (error) {
        failure ??= error;
      }
    }
    return { isSound: false, failure };
  }

  #planParts(parts: readonly string[]): PlanNode | null {
    if (parts.length < 2) return null;
    const nodes: PlanNode[] = [];
    for (const part of parts) {
      const attempt = this.#attempt(part);
      if (!attempt.isSound) return null;
      if (attempt.node) nodes.push(attempt.node);
    }
    return { kind: 'Parallel', nodes };
  }
}

type Attempt =
  | { readonly isSound: true; readonly node: PlanNode | undefined }
  | { readonly isSound: false; readonly failure: unknown };

/** One way to come to a plan; throws where it finds none. */
interface Way {
  plan(text: string): PlanNode | undefined;
  planAside?(text: string): Promise<PlanNode | undefined>;
}

/** The planner as it is, then by stages. A requirement that requires something itself can make it abort the process. */
function waysOf(sdl: string, supergraph: Supergraph, labels: ReadonlySet<string>): readonly Way[] {
  const stages = new StagePlanner(sdl, supergraph, labels);
  if (hasChainedRequirement(supergraph)) return [stages];
  let made: QueryPlanner | null = null;
  const planner = (): QueryPlanner => (made ??= new QueryPlanner(sdl));
  const whole: Way = {
    plan: (text) => planner().plan(text, null, new Set(labels), 0).node,
    planAside: async (text) => (await planner().planAsync(text, null, new Set(labels), 0)).node,
  };
  return [whole, stages];
}

/** Told by names alone: a supergraph that only looks so is planned in stages without harm. */
function hasChainedRequirement(supergraph: Supergraph): boolean {
  const sets = supergraph.requiringTypes.flatMap(({ service, typeName }) => [
    ...(supergraph.typeIn(service, typeName)?.requires ?? []),
  ]);
  const requiring = new Set(sets.map(([field]) => field));
  return sets.some(([, set]) => (print(set).match(/\w+/gu) ?? []).some((word) => requiring.has(word)));
}

/** A query in parts that together ask the same; a mutation is done once and in order, so it has none. */
function partsOf(
  text: string,
  split: (selections: readonly SelectionNode[]) => readonly (readonly SelectionNode[])[],
): readonly string[] {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== 'query') return [];
  return split(operation.selectionSet.selections).map((selections) => printPart(operation, selections));
}

/** Only the variables that are used: a plan sends those that it declares. */
function printPart(operation: OperationDefinitionNode, selections: readonly SelectionNode[]): string {
  const selectionSet = { ...operation.selectionSet, selections };
  const used = new Set(Array.from(print(selectionSet).matchAll(/\$(\w+)/gu), ([, name]) => name));
  const variableDefinitions = (operation.variableDefinitions ?? []).filter((each) =>
    used.has(each.variable.name.value),
  );
  return print({ ...operation, selectionSet, variableDefinitions });
}

/** Every way from the root to a leaf as a selection of its own. */
function pathsOf(selections: readonly SelectionNode[]): readonly (readonly SelectionNode[])[] {
  const typename = selections.filter(
    (each) => each.kind === Kind.FIELD && each.name.value === '__typename' && !each.alias,
  );
  return selections.flatMap((selection): (readonly SelectionNode[])[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD || typename.includes(selection)) return [];
    const { selectionSet } = selection;
    if (!selectionSet) return [[...typename, selection]];
    const below = pathsOf(selectionSet.selections);
    const inner = below.length === 0 ? [selectionSet.selections] : below;
    return inner.map((each) => [
      ...typename,
      { ...selection, selectionSet: { ...selectionSet, selections: each } },
    ]);
  });
}
