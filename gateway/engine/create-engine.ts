import { getDirectiveValues, type GraphQLSchema, isInterfaceType, isObjectType, parse } from 'graphql';
import { fieldOf } from './field-of.ts';
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
import { causesOf, refuseUnplannable, type TellUnplannable, type Unplannable } from './find-unplannable.ts';
import { defaultLimits, type EngineLimits } from './limits.ts';
import { PlanKeeper } from './plan-keeper.ts';
import { OperationPlanner } from './plan-operation.ts';
import { sharedPlannerProcess } from './planner-process.ts';
import { OperationReader } from './prepare-operation.ts';
import { openProtection } from './protection.ts';
import { RequirementReader } from './requirements.ts';
import { readSupergraph, type Supergraph } from './read-supergraph.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { runSteps } from './run-steps.ts';
import { RunsUnderWay } from './runs-under-way.ts';
import type { RunOptions } from './run.ts';
import { slotOfAlias } from './shape.ts';
import { writePayload } from './write-payload.ts';

/** Makes the engine of one supergraph; rejects with TypeError for a supergraph it cannot serve faithfully. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const limits = { ...defaultLimits, ...options.limits };
  refuseUnsupported(parse(options.supergraph, { noLocation: true }), options.overrideLabels ?? []);
  const supergraph = readSupergraph(options.supergraph);
  const stats: EngineStats = { documents: 0, documentHits: 0, plans: 0, planHits: 0 };
  const reader = new OperationReader(supergraph.publicSchema, limits, stats);
  const knownCodes = new Set(options.knownCodes ?? []);
  refuseReservedNames(supergraph.fullSchema);
  const { fullSchema, features } = supergraph;
  const protection = openProtection(new RequirementReader(fullSchema, features), options.protections);
  const estimate = openCostEstimate(supergraph, limits);
  const underWay = new RunsUnderWay();
  const unplannable: Unplannable[] = [];
  const tell: TellUnplannable =
    options.unplannable === 'serve' ? (found) => void unplannable.push(found) : refuseUnplannable;
  const planner = await openPlanner(options, supergraph, limits, tell);
  const keeper = new PlanKeeper(supergraph, planner, options, stats);
  return {
    schema: supergraph.publicSchema,
    unplannable: causesOf(unplannable),
    stats,
    directive: (coordinate, name) => directiveOf(supergraph.publicSchema, coordinate, name),
    prepare: ({ query, operationName, variables }) => {
      const prepared = reader.prepare(query, operationName, variables ?? {});
      estimate.refuseBeyond(prepared);
      return prepared;
    },
    costOf: estimate.costOf,
    protect: protection.protect,
    plan: (prepared, refused, deadlineAt = Number.POSITIVE_INFINITY) => {
      protection.insist(prepared, refused);
      const plan = keeper.plan(prepared, refused, deadlineAt);
      return plan instanceof Promise
        ? plan.then((made) => compiledWith(prepared, refused, made))
        : compiledWith(prepared, refused, plan);
    },
    execute: (compiled, given) => execute(supergraph, knownCodes, underWay, compiled, given),
    close: () => planner.close(),
  };
}

/** A planner that has planned every field once. */
async function openPlanner(
  { supergraph: sdl, overrideLabels: labels = [] }: EngineOptions,
  supergraph: Supergraph,
  { planningMs: limitMs }: EngineLimits,
  tell: TellUnplannable,
): Promise<OperationPlanner> {
  const bounds = { process: sharedPlannerProcess, limitMs };
  const planner = new OperationPlanner({ sdl: () => sdl, labels }, supergraph, bounds);
  try {
    await planner.tryAll(tell);
    return planner;
  } catch (error) {
    planner.close();
    throw error;
  }
}

function compiledWith(
  prepared: PreparedOperation,
  refused: ReadonlyMap<number, RefusedLeaf>,
  plan: CompiledPlan,
): CompiledOperation {
  return { prepared, plan, refused, services: plan.services };
}

async function execute(
  supergraph: Supergraph,
  knownCodes: ReadonlySet<string>,
  underWay: RunsUnderWay,
  compiled: CompiledOperation,
  options: ExecuteOptions,
): Promise<Payload> {
  const { prepared, plan } = compiled;
  const code = plan.hot.next();
  const { shape, names } = prepared.internal.normalised;
  const run: RunOptions = {
    supergraph,
    steps: plan.steps,
    code,
    bytes: plan.hot.nextInBytes(names),
    byteRuns: plan.hot.byteRuns,
    rootType: shape.rootType,
    variables: prepared.variables,
    fetch: options.fetch,
    local: options.local ?? {},
    attest: options.attest,
    knownCodes,
    deadlineAt: options.deadlineAt,
    signal: options.signal,
  };
  const { shareWith } = options;
  const isShared = shareWith !== undefined && prepared.kind === 'query';
  const result = await (isShared ? underWay.join(plan, shareWith, run) : runSteps(run));
  const payload = writePayload(compiled, result, options.describe);
  if (!isShared) result.answers?.release();
  return payload;
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
  const field = fieldOf(schema.getType(typeName), fieldName);
  const directive = schema.getDirective(name);
  return field?.astNode && directive ? getDirectiveValues(directive, field.astNode) : undefined;
}
