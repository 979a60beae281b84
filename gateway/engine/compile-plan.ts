import type {
  BatchFetchNode,
  EntityBatchAlias,
  FetchNode,
  FlattenNodePathSegment,
  PlanNode,
} from '@graphql-hive/router-query-planner';
import { type OperationDefinitionNode, print, stripIgnoredCharacters } from 'graphql';
import { type AnswerContext, compileAskedObject } from './answer-shape.ts';
import { augmentFetch } from './augment-fetch.ts';
import { compilePath } from './compile-entities.ts';
import { compileGroup, keysToAdd } from './compile-group.ts';
import { tellFilledLater } from './filled-later.ts';
import { compileRewrites } from './compile-rewrites.ts';
import { indexLeaves, type LeafIndex } from './index-leaves.ts';
import { wayOf } from './order-steps.ts';
import { readPlanned } from './planned-document.ts';
import type { Shape } from './shape.ts';
import type { RootAsk, Step } from './step.ts';

/** Everything but the source itself that compiling a plan needs. */
export type PlanContext = Omit<AnswerContext, 'service'>;

/** Compiles the planner's tree into requests, each with the requests that must be done before it. */
export function compilePlan(context: PlanContext, shape: Shape, node: PlanNode | undefined): readonly Step[] {
  const compiler = new PlanCompiler(context, indexLeaves(shape.leaves));
  if (node) compiler.add(node, [], []);
  return tellFilledLater(tellNeededBy(compiler.steps));
}

function tellNeededBy(steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => ({
    ...step,
    neededBy: steps.filter(({ needs }) => needs.includes(step.index)).map(({ index }) => index),
  }));
}

class PlanCompiler {
  readonly steps: Step[] = [];
  readonly #context: PlanContext;
  readonly #leaves: LeafIndex;

  constructor(context: PlanContext, leaves: LeafIndex) {
    this.#context = context;
    this.#leaves = leaves;
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
    const { operation, rootType } = augmentFetch(context, readPlanned(node), keysToAdd(context, asks));
    const groups = asks.map((ask) => compileGroup(context, this.#leaves, ask, operation, before));
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
      neededBy: [],
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
    const segments = compilePath(context.supergraph, path);
    return {
      path: segments,
      asked,
      typeName,
      leaves: this.#leaves(context, asked, wayOf(segments)),
      outputRewrites: compileRewrites(context.supergraph, node.outputRewrites),
    };
  }
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
