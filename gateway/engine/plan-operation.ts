import type { PlanNode } from '@graphql-hive/router-query-planner';
import { Kind, type OperationDefinitionNode, parse, print, type SelectionNode } from 'graphql';
import { BoundedCache } from './bounded-cache.ts';
import { asksEveryLeaf } from './check-leaves.ts';
import { asksOwnersOnly } from './check-plan.ts';
import { EngineRefusal } from './engine-refusal.ts';
import { findUnplannableOnce, type TellUnplannable } from './find-unplannable.ts';
import { StagePlanner } from './plan-in-stages.ts';
import {
  type AskPlanner,
  PlannerFailure,
  type PlannerInput,
  type PlannerProcess,
} from './planner-process.ts';
import { readPlannedOnce } from './planned-document.ts';
import type { Supergraph } from './read-supergraph.ts';
import { hasProvided, withoutProvided } from './supergraph-in-stages.ts';

/** Operations remembered for which the planner died or did not end: nobody makes it do so over and over by the same. */
const refusalsKept = 500;

/** So long they are: a machine that was only busy is not held against an operation for ever. */
const refusalKeptMs = 60_000;

/** Where planning runs and how long one attempt may take, in milliseconds. */
export interface PlanningBounds {
  readonly process: PlannerProcess;
  readonly limitMs: number;
}

/**
 * Asks the planner, and finds a way around where it fails: what services require of each other is planned apart, and
 * an operation whose parts disturb one another is planned part by part.
 */
export class OperationPlanner {
  readonly #ways: readonly Way[];
  readonly #supergraph: Supergraph;
  /** All that plans depend on. */
  readonly #source: readonly string[];
  readonly #process: PlannerProcess;
  readonly #refusals = new BoundedCache<{ readonly refusal: EngineRefusal; readonly until: number }>(
    refusalsKept,
  );
  readonly #holder = {};
  /** Until every field has been planned once: what the planner dies of by then is the supergraph, not an operation. */
  #isTried = true;

  constructor(input: PlannerInput, supergraph: Supergraph, { process, limitMs }: PlanningBounds) {
    this.#supergraph = supergraph;
    this.#process = process;
    this.#source = [input.sdl(), ...input.labels];
    const ask: AskPlanner = (over, text) => process.plan(over, text, limitMs);
    const told = waysOf(input, supergraph, ask);
    // The planner may take what is provided on one way for provided on another, by the luck of its hash order.
    const withoutIt = { ...input, sdl: () => withoutProvided(input.sdl()) };
    const untold = hasProvided(input.sdl()) ? waysOf(withoutIt, supergraph, ask) : [];
    this.#ways = [...told, ...untold];
    process.hold(this.#holder);
  }

  /** Lets go of the planning process. */
  close(): void {
    this.#process.letGo(
      this.#holder,
      this.#ways.map(({ input }) => input),
    );
  }

  /** Plans every field of the public schema once, unless this process has done so of late. */
  async tryAll(tell: TellUnplannable): Promise<void> {
    const { publicSchema } = this.#supergraph;
    const hasAllWays = (): boolean => this.#ways.every(({ isGivenUp }) => !isGivenUp);
    await findUnplannableOnce(this.#source, publicSchema, (text) => this.plan(text), hasAllWays, tell);
    this.#isTried = false;
  }

  /** The plan of an operation that graphql-js has validated; rejects with EngineRefusal where there is none. */
  async plan(text: string): Promise<PlanNode | undefined> {
    const known = this.#refusals.get(text);
    if (known && known.until > Date.now()) throw known.refusal;
    const spent = new Set<Way>();
    const whole = await this.#attempt(text, spent);
    if (whole.isSound) return whole.node;
    const parts = partsOf(text, (selections) => selections.map((each) => [each]));
    const found =
      (await this.#planParts(parts, spent)) ?? (await this.#planParts(partsOf(text, pathsOf), spent));
    if (found) return found;
    // A plan that asks a service for what it does not have would answer null for what is there.
    const refusal = new EngineRefusal('BAD_USER_INPUT', 'unplannable', [], whole.failure);
    if (spent.size > 0) this.#refusals.set(text, { refusal, until: Date.now() + refusalKeptMs });
    throw refusal;
  }

  /** `spent`: ways on which the planner died or did not end at this operation; they are not tried again for it. */
  async #attempt(text: string, spent: Set<Way>): Promise<Attempt> {
    let failure: unknown;
    for (const way of this.#ways) {
      if (way.isGivenUp || spent.has(way)) continue;
      try {
        const node = await way.plan(text);
        if (isSound(this.#supergraph, text, node)) return { isSound: true, node };
      } catch (error) {
        if (error instanceof PlannerFailure && error.kind === 'unstarted') throw error;
        failure ??= error;
        if (!(error instanceof PlannerFailure) || error.kind === 'refused') continue;
        spent.add(way);
        if (this.#isTried) this.#giveUp(way);
      }
    }
    return { isSound: false, failure };
  }

  /** The next way is taken for everything; the last is kept, for it may be good for most. */
  #giveUp(way: Way): void {
    if (this.#ways.filter(({ isGivenUp }) => !isGivenUp).length > 1) way.isGivenUp = true;
  }

  async #planParts(parts: readonly string[], spent: Set<Way>): Promise<PlanNode | null> {
    if (parts.length < 2) return null;
    const nodes: PlanNode[] = [];
    for (const part of parts) {
      const attempt = await this.#attempt(part, spent);
      if (!attempt.isSound) return null;
      if (attempt.node) nodes.push(attempt.node);
    }
    return { kind: 'Parallel', nodes };
  }
}

/** The planner may ask a service for what it does not have, or ask nobody for what was selected. */
function isSound(supergraph: Supergraph, text: string, node: PlanNode | undefined): boolean {
  const read = readPlannedOnce();
  return asksOwnersOnly(supergraph, node, read) && asksEveryLeaf(supergraph, text, node, read);
}

type Attempt =
  | { readonly isSound: true; readonly node: PlanNode | undefined }
  | { readonly isSound: false; readonly failure: unknown };

/** One way to come to a plan; rejects where it finds none. */
interface Way {
  readonly input: PlannerInput;
  readonly plan: (text: string) => Promise<PlanNode | undefined>;
  isGivenUp: boolean;
}

/** The planner as it is, then by stages. A requirement that requires something itself can make it abort its process. */
function waysOf(input: PlannerInput, supergraph: Supergraph, ask: AskPlanner): readonly Way[] {
  const stages = new StagePlanner(input, supergraph, ask);
  const { input: apart } = stages;
  const inStages: Way = { input: apart, plan: (text) => stages.plan(text), isGivenUp: false };
  if (hasChainedRequirement(supergraph)) return [inStages];
  const whole: Way = { input, plan: (text) => ask(input, text), isGivenUp: false };
  return [whole, inStages];
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
  const [operation] = parse(text, { noLocation: true }).definitions;
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
