import {
  type BatchFetchNode,
  type FetchNode,
  type FlattenNodePathSegment,
  type PlanNode,
} from '@graphql-hive/router-query-planner';
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { fragmentOn } from './augment-fetch.ts';
import { readPlanned } from './planned-document.ts';
import type { AskPlanner, PlannerInput } from './planner-process.ts';
import type { Supergraph } from './read-supergraph.ts';
import { type Extracted, extractRequiring, type Requiring } from './requiring-fields.ts';
import { withoutRequirements } from './supergraph-in-stages.ts';

/**
 * Plans an operation whose fields require others without leaving it to the planner, which fails at some of them (a
 * requirement over two hops): first everything else with what is required, then each requiring field from its
 * service, as if the operation began there.
 */
export class StagePlanner {
  readonly input: PlannerInput;
  readonly #supergraph: Supergraph;
  readonly #ask: AskPlanner;

  constructor({ sdl, labels }: PlannerInput, supergraph: Supergraph, ask: AskPlanner) {
    this.input = { sdl: () => withoutRequirements(sdl(), supergraph), labels };
    this.#supergraph = supergraph;
    this.#ask = ask;
  }

  /** Rejects where the planner fails without requirements too. */
  async plan(text: string): Promise<PlanNode | undefined> {
    const [operation] = parse(text, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
    return this.#stages(operation, [], (node) => node, 0);
  }

  /** `move` brings a plan of this operation to its place in the whole. */
  async #stages(
    operation: OperationDefinitionNode,
    at: readonly FlattenNodePathSegment[],
    move: (node: PlanNode) => PlanNode,
    kept: number,
  ): Promise<PlanNode> {
    const root = this.#supergraph.fullSchema.getRootType(operation.operation)?.name ?? 'Query';
    const rounds: (readonly Requiring[])[] = [];
    let { selections } = operation.selectionSet;
    for (;;) {
      const found: Extracted = extractRequiring(this.#supergraph, root, selections, at, kept);
      selections = found.selections;
      if (found.requiring.length === 0) break;
      rounds.push(found.requiring);
    }
    const nodes: PlanNode[] = [];
    const first = await this.#planned({
      ...operation,
      selectionSet: { ...operation.selectionSet, selections },
    });
    if (first) nodes.push(move(first));
    for (const round of rounds.toReversed()) {
      const entries = await Promise.all(round.map((each) => this.#entry(each, operation)));
      nodes.push({ kind: 'Parallel', nodes: entries });
    }
    return { kind: 'Sequence', nodes };
  }

  #planned(operation: OperationDefinitionNode): Promise<PlanNode | undefined> {
    const used = new Set<string>();
    for (const [, name = ''] of print(operation.selectionSet).matchAll(/\$(\w+)/gu)) used.add(name);
    const variableDefinitions = operation.variableDefinitions?.filter((each) =>
      used.has(each.variable.name.value),
    );
    const text = print({ ...operation, variableDefinitions: variableDefinitions ?? [] });
    return this.#ask(this.input, text);
  }

  /** A requiring field, planned as an operation that begins at its service. */
  #entry(requiring: Requiring, whole: OperationDefinitionNode): Promise<PlanNode> {
    const name = requiring.entry;
    const entry: FieldNode = {
      kind: Kind.FIELD,
      name: { kind: Kind.NAME, value: name },
      selectionSet: { kind: Kind.SELECTION_SET, selections: [requiring.field] },
    };
    const operation = {
      ...whole,
      operation: 'query',
      selectionSet: { kind: Kind.SELECTION_SET, selections: [entry] },
    } as OperationDefinitionNode;
    const move = (node: PlanNode): PlanNode => moveNode(node, requiring, name);
    return this.#stages(operation, requiring.path, move, 2);
  }
}

function moveNode(node: PlanNode, requiring: Requiring, name: string): PlanNode {
  const below = (path: readonly FlattenNodePathSegment[]): FlattenNodePathSegment[] => [
    ...requiring.path,
    ...path.slice(1),
  ];
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((each) => moveNode(each, requiring, name)) };
    case 'Flatten':
      return { ...node, path: below(node.path) };
    case 'BatchFetch':
      return moveBatch(node, below);
    case 'Fetch':
      return { kind: 'Flatten', path: [...requiring.path], node: asEntityFetch(node, requiring, name) };
    default:
      return node;
  }
}

function moveBatch(
  node: BatchFetchNode,
  below: (path: readonly FlattenNodePathSegment[]) => FlattenNodePathSegment[],
): BatchFetchNode {
  const aliases = node.entityBatch.aliases.map((each) => ({ ...each, paths: each.paths.map(below) }));
  return { ...node, entityBatch: { aliases } };
}

/** What the planner would ask of a root field is asked of the entity that stands there. */
function asEntityFetch(node: FetchNode, requiring: Requiring, name: string): FetchNode {
  const { typeInSource, typeName, requires } = requiring;
  const document = readPlanned(node);
  const definitions = document.definitions.map((each) => {
    if (each.kind !== Kind.OPERATION_DEFINITION) return each;
    const selections = each.selectionSet.selections.flatMap((field): readonly SelectionNode[] =>
      field.kind === Kind.FIELD && field.name.value === name ? (field.selectionSet?.selections ?? []) : [],
    );
    return entitiesOperation(fragmentOn(typeInSource, selections), each.variableDefinitions ?? []);
  });
  const isRenamed = typeInSource !== typeName;
  return {
    ...node,
    operationKind: 'query',
    operation: print({ ...document, definitions }),
    requires: [{ kind: 'InlineFragment', typeCondition: typeName, selections: [...requires] }],
    ...(isRenamed
      ? {
          inputRewrites: [
            {
              ValueSetter: {
                path: [{ TypenameEquals: [typeName] }, { Key: '__typename' }],
                setValueTo: typeInSource,
              },
            },
          ],
        }
      : {}),
  };
}

function entitiesOperation(
  fragment: SelectionNode,
  variables: readonly VariableDefinitionNode[],
): OperationDefinitionNode {
  const [template] = parse(
    'query($representations:[_Any!]!){_entities(representations:$representations){__typename}}',
  ).definitions as [OperationDefinitionNode];
  const [entities] = template.selectionSet.selections as readonly [FieldNode];
  return {
    ...template,
    variableDefinitions: [...(template.variableDefinitions ?? []), ...variables],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [{ ...entities, selectionSet: { kind: Kind.SELECTION_SET, selections: [fragment] } }],
    },
  };
}
