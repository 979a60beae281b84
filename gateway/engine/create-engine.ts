import { getDirectiveValues, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { BoundedCache } from './bounded-cache.ts';
import { compilePlan } from './compile-plan.ts';
import { compileWriter } from './compile-writer.ts';
import { openCostEstimate } from './estimate-cost.ts';
import type {
  CompiledPlan,
  Engine,
  EngineOptions,
  EngineStats,
  ExecuteOptions,
  Payload,
  PreparedOperation,
  RefusedLeaf,
} from './engine-types.ts';
import type { CompiledOperation } from './engine-types.ts';
import { generateProjection } from './generate-projection.ts';
import { HotCode } from './hot-code.ts';
import { defaultLimits } from './limits.ts';
import { OperationPlanner } from './plan-operation.ts';
import { OperationReader } from './prepare-operation.ts';
import { printForPlanner } from './print-operation.ts';
import { plannedSelections, pruneRefused } from './prune-refused.ts';
import { openProtection } from './protection.ts';
import { RequirementReader } from './requirements.ts';
import { readSupergraph, type Supergraph } from './read-supergraph.ts';
import { runSteps } from './run-steps.ts';
import { slotOfAlias, type Shape } from './shape.ts';
import type { Step } from './step.ts';
import { sourcesByKey } from './sources-by-key.ts';
import { writePayload } from './write-payload.ts';

/** Sets of refused leaves for which plans of one shape are kept: about one for each kind of caller. */
const refusedSetsKept = 16;

/** Makes the engine of one supergraph; throws TypeError for a supergraph it cannot serve faithfully. */
export function createEngine(options: EngineOptions): Engine {
  const limits = { ...defaultLimits, ...options.limits };
  const supergraph = readSupergraph(options.supergraph);
  const planner = new OperationPlanner(options.supergraph, supergraph, new Set(options.overrideLabels));
  const stats: EngineStats = { documents: 0, documentHits: 0, plans: 0, planHits: 0 };
  const reader = new OperationReader(supergraph.publicSchema, limits, stats);
  const plans = new WeakMap<Shape, BoundedCache<CompiledPlan>>();
  const knownCodes = new Set(options.knownCodes ?? []);
  refuseReservedNames(supergraph.fullSchema);
  const { fullSchema, features } = supergraph;
  const protection = openProtection(new RequirementReader(fullSchema, features), options.protections);
  const estimate = openCostEstimate(supergraph, limits);
  const plan = (prepared: PreparedOperation, refused: ReadonlyMap<number, RefusedLeaf>): CompiledPlan => {
    const { shape } = prepared.internal.normalised;
    const kept = plans.get(shape) ?? new BoundedCache<CompiledPlan>(refusedSetsKept);
    plans.set(shape, kept);
    const key = refused.size === 0 ? '' : [...refused.keys()].sort((a, b) => a - b).join(',');
    const known = kept.get(key);
    if (known) {
      stats.planHits += 1;
      return known;
    }
    const compiled = compile(supergraph, planner, options, shape, new Set(refused.keys()), stats);
    kept.set(key, compiled);
    return compiled;
  };
  return {
    schema: supergraph.publicSchema,
    stats,
    directive: (coordinate, name) => directiveOf(supergraph.publicSchema, coordinate, name),
    prepare: ({ query, operationName, variables }) => {
      const prepared = reader.prepare(query, operationName, variables ?? {});
      estimate.refuseBeyond(prepared);
      return prepared;
    },
    costOf: estimate.costOf,
    protect: protection.protect,
    plan: (prepared, refused) => {
      protection.insist(prepared, refused);
      const compiled = plan(prepared, refused);
      return { prepared, plan: compiled, refused, services: compiled.services };
    },
    execute: (compiled, given) => execute(supergraph, knownCodes, compiled, given),
  };
}

function compile(
  supergraph: Supergraph,
  planner: OperationPlanner,
  options: EngineOptions,
  shape: Shape,
  refused: ReadonlySet<number>,
  stats: EngineStats,
): CompiledPlan {
  const pruned = pruneRefused(shape, refused);
  const text = printForPlanner({ ...shape, selections: plannedSelections(pruned) });
  const context = {
    supergraph,
    attestationField: options.attestationField ?? null,
    scalars: options.scalars ?? {},
  };
  let steps: readonly Step[] = [];
  if (text !== null) {
    stats.plans += 1;
    steps = compilePlan(context, shape, planner.plan(text));
  }
  return {
    steps,
    services: [...new Set(steps.map((step) => step.service))],
    hot: new HotCode(steps, options.runsBeforeCode ?? 1, (names) =>
      generateProjection(supergraph.publicSchema, shape.rootType, pruned, names),
    ),
    write: compileWriter(supergraph.publicSchema, shape.rootType, pruned, sourcesByKey(pruned, steps)),
  };
}

async function execute(
  supergraph: Supergraph,
  knownCodes: ReadonlySet<string>,
  compiled: CompiledOperation,
  options: ExecuteOptions,
): Promise<Payload> {
  const { prepared, plan } = compiled;
  const result = await runSteps({
    supergraph,
    steps: plan.steps,
    code: plan.hot.next(),
    rootType: prepared.internal.normalised.shape.rootType,
    variables: prepared.variables,
    fetch: options.fetch,
    local: options.local ?? {},
    attest: options.attest,
    knownCodes,
    deadlineAt: options.deadlineAt,
    signal: options.signal,
  });
  return writePayload(compiled, result, options.describe);
}

/** A schema field named like one of the engine's own aliases could pass for another field's value. */
function refuseReservedNames(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const reserved = Object.keys(type.getFields()).find((name) => slotOfAlias(name) >= 0);
    if (reserved !== undefined)
      throw new TypeError(`${type.name}.${reserved} has a name the engine keeps for itself`);
  }
}

function directiveOf(
  schema: GraphQLSchema,
  coordinate: string,
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  const directive = schema.getDirective(name);
  return field?.astNode && directive ? getDirectiveValues(directive, field.astNode) : undefined;
}
