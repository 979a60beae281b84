import { type PlanNode, QueryPlanner } from '@graphql-hive/router-query-planner';
import { Kind, type OperationDefinitionNode, parse, print, type SelectionNode } from 'graphql';
import { asksOwnersOnly } from './check-plan.ts';
import { EngineRefusal } from './engine-refusal.ts';
import { StagePlanner } from './plan-in-stages.ts';
import type { Supergraph } from './read-supergraph.ts';

/**
 * Asks the planner, and finds a way around where it fails: what services require of each other is planned apart, and
 * an operation whose parts disturb one another is planned part by part.
 */
export class OperationPlanner {
  readonly #planner: QueryPlanner;
  readonly #stages: StagePlanner;
  readonly #supergraph: Supergraph;
  readonly #labels: ReadonlySet<string>;

  constructor(sdl: string, supergraph: Supergraph, labels: ReadonlySet<string>) {
    this.#planner = new QueryPlanner(sdl);
    this.#supergraph = supergraph;
    this.#labels = labels;
    this.#stages = new StagePlanner(sdl, supergraph, labels);
  }

  /** The plan of an operation that graphql-js has validated; throws EngineRefusal where there is none. */
  plan(text: string): PlanNode | undefined {
    const whole = this.#attempt(text);
    if (whole.isSound) return whole.node;
    const parts = partsOf(text, (selections) => selections.map((each) => [each]));
    const found = this.#planParts(parts) ?? this.#planParts(partsOf(text, pathsOf));
    if (found) return found;
    if (whole.node) return whole.node;
    throw new EngineRefusal('BAD_USER_INPUT', 'unplannable', [], whole.failure);
  }

  /** The same with the planner's own work on another thread; what it cannot plan by itself is done here after all. */
  async planAside(text: string): Promise<PlanNode | undefined> {
    const found = await this.#planner.planAsync(text, null, new Set(this.#labels), 0).then(
      ({ node }) => ({ node }),
      () => null,
    );
    return found && asksOwnersOnly(this.#supergraph, found.node) ? found.node : this.plan(text);
  }

  #attempt(text: string): {
    readonly isSound: boolean;
    readonly node?: PlanNode | undefined;
    readonly failure?: unknown;
  } {
    let failure: unknown;
    try {
      const { node } = this.#planner.plan(text, null, new Set(this.#labels), 0);
      if (asksOwnersOnly(this.#supergraph, node)) return { isSound: true, node };
    } catch (error) {
      failure = error;
    }
    const node = this.#stages.plan(text) ?? undefined;
    return { isSound: node !== undefined && asksOwnersOnly(this.#supergraph, node), node, failure };
  }

  #planParts(parts: readonly string[]): PlanNode | null {
    if (parts.length < 2) return null;
    const nodes: PlanNode[] = [];
    for (const part of parts) {
      const { isSound, node } = this.#attempt(part);
      if (!isSound) return null;
      if (node) nodes.push(node);
    }
    return { kind: 'Parallel', nodes };
  }
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
