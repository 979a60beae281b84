import type { PlanNode } from '@graphql-hive/router-query-planner';
import { BoundedCache } from './bounded-cache.ts';
import { generateByteWriter } from './bytes/generate-writer.ts';
import { LeafChecks } from './check-leaf.ts';
import { compilePlan, type PlanContext } from './compile-plan.ts';
import { compileWriter } from './compile-writer.ts';
import { EngineRefusal } from './engine-refusal.ts';
import type {
  CompiledPlan,
  EngineOptions,
  EngineStats,
  PreparedOperation,
  RefusedLeaf,
} from './engine-types.ts';
import { generateText } from './generate-text.ts';
import { HotCode } from './hot-code.ts';
import type { OperationPlanner } from './plan-operation.ts';
import { printForPlanner } from './print-operation.ts';
import { plannedSelections, type PrunedSelection, pruneRefused } from './prune-refused.ts';
import type { Supergraph } from './read-supergraph.ts';
import type { Shape } from './shape.ts';
import { sourcesByKey } from './sources-by-key.ts';

/** Sets of refused leaves for which plans of one shape are kept: about one for each kind of caller. */
const refusedSetsKept = 16;

/** From so many bytes of answers in a run on, they are read as bytes (measured: `docs/measurements.md`). */
const LONG = 8_192;

type Refused = ReadonlyMap<number, RefusedLeaf>;

/** What is to be planned: the text, and what is compiled around it. */
interface Draft {
  readonly shape: Shape;
  readonly pruned: readonly PrunedSelection[];
  /** Null where nothing is left to be asked of a source. */
  readonly text: string | null;
  readonly kept: BoundedCache<Kept>;
  readonly key: string;
}

/** A plan as the planner told it, in JSON: compiled it takes more than ten times the memory. */
interface Planned {
  readonly json: string;
}

type Kept = CompiledPlan | Planned;

/** A plan asked for once, and what is kept of it when it is no longer among the newest. */
interface Newest {
  readonly plan: CompiledPlan;
  readonly planned: Planned;
  readonly draft: Draft;
}

/** Plans asked for once that stay compiled: whoever asks the same at the same time runs the same plan. */
const newestKept = 4;

/**
 * Plans each shape once for each set of refused leaves, and keeps the plans as long as the shape is kept: those asked for
 * again compiled, those that were not as the planner told them.
 */
export class PlanKeeper {
  readonly #supergraph: Supergraph;
  readonly #planner: OperationPlanner;
  readonly #options: EngineOptions;
  readonly #context: PlanContext;
  readonly #stats: EngineStats;
  readonly #plans = new WeakMap<Shape, BoundedCache<Kept>>();
  /** The oldest first; a list, as a map would hold plans that have gone (`Deadlines` of the kit says how). */
  readonly #newest: Newest[] = [];
  /** Plans being made, by shape and refused leaves; an object for the same reason. */
  readonly #underWay = Object.create(null) as Record<string, Promise<CompiledPlan>>;

  constructor(supergraph: Supergraph, planner: OperationPlanner, options: EngineOptions, stats: EngineStats) {
    this.#supergraph = supergraph;
    this.#planner = planner;
    this.#options = options;
    this.#stats = stats;
    const { attestationField = null, scalars = {} } = options;
    this.#context = {
      supergraph,
      attestationField,
      leafChecks: new LeafChecks(scalars),
      fieldChecks: new WeakMap(),
    };
  }

  /** A plan known at once; else one that is being made, or refused when it is not there by the deadline. */
  plan(
    prepared: PreparedOperation,
    refused: Refused,
    deadlineAt: number,
  ): CompiledPlan | Promise<CompiledPlan> {
    const draft = this.#open(prepared, refused);
    if ('steps' in draft) return draft;
    if (draft.text === null) return this.#keep(draft, this.#compile(draft, undefined, 0));
    const id = `${draft.key}|${draft.shape.text}`;
    const making = this.#underWay[id] ?? this.#make(draft, id);
    return deadlineAt === Number.POSITIVE_INFINITY ? making : within(making, deadlineAt);
  }

  #make(draft: Draft, id: string): Promise<CompiledPlan> {
    const making = this.#planner
      .plan(draft.text ?? '')
      .then((node) => this.#tell(draft, node))
      .finally(() => void delete this.#underWay[id]);
    // Whoever waited may have gone before it failed.
    making.catch(() => undefined);
    this.#underWay[id] = making;
    return making;
  }

  #tell(draft: Draft, node: PlanNode | undefined): CompiledPlan {
    this.#stats.plans += 1;
    const plan = this.#keep(draft, this.#compile(draft, node, 0));
    this.#newest.push({ plan, draft, planned: { json: JSON.stringify(node ?? null) } });
    if (this.#newest.length > newestKept) this.#reduceOldest();
    return plan;
  }

  #reduceOldest(): void {
    const oldest = this.#newest.shift();
    if (!oldest) return;
    const { plan, planned, draft } = oldest;
    if (draft.kept.get(draft.key) === plan) draft.kept.set(draft.key, planned);
  }

  #open(prepared: PreparedOperation, refused: Refused): CompiledPlan | Draft {
    const { shape } = prepared.internal.normalised;
    const kept = this.#plans.get(shape) ?? new BoundedCache<Kept>(refusedSetsKept);
    this.#plans.set(shape, kept);
    const key = refused.size === 0 ? '' : [...refused.keys()].sort((a, b) => a - b).join(',');
    const known = kept.get(key);
    if (known) this.#stats.planHits += 1;
    if (known && 'steps' in known) {
      this.#leaveNewest(known);
      return known;
    }
    const pruned = pruneRefused(shape, new Set(refused.keys()));
    const asked = { ...shape, selections: plannedSelections(pruned) };
    const text = printForPlanner(asked, this.#supergraph.hasInterfaceObjects);
    const draft = { shape, pruned, text, kept, key };
    if (!known) return draft;
    const node = (JSON.parse(known.json) as PlanNode | null) ?? undefined;
    return this.#keep(draft, this.#compile(draft, node, 1));
  }

  #leaveNewest(known: CompiledPlan): void {
    const place = this.#newest.findIndex(({ plan }) => plan === known);
    if (place >= 0) this.#newest.splice(place, 1);
  }

  #keep({ kept, key }: Draft, plan: CompiledPlan): CompiledPlan {
    kept.set(key, plan);
    return plan;
  }

  /** `runs`: how often the plan was asked for before. */
  #compile({ shape, pruned, text }: Draft, node: PlanNode | undefined, runs: number): CompiledPlan {
    const { publicSchema, fullSchema } = this.#supergraph;
    const steps = text === null ? [] : compilePlan(this.#context, shape, node);
    const runsBefore = Math.max(0, (this.#options.runsBeforeCode ?? 1) - runs);
    return {
      steps,
      services: [...new Set(steps.map((step) => step.service))],
      hot: new HotCode(steps, runsBefore, this.#options.longFrom ?? LONG, {
        text: (names, isPlain) => generateText(publicSchema, shape.rootType, pruned, names, isPlain),
        bytes: (names) => generateByteWriter({ publicSchema, fullSchema }, shape.rootType, pruned, names),
      }),
      write: compileWriter(publicSchema, shape.rootType, pruned, sourcesByKey(pruned, steps)),
    };
  }
}

/** The plan, or a refusal at the deadline; it is still made and kept for those who ask again. */
function within(making: Promise<CompiledPlan>, deadlineAt: number): Promise<CompiledPlan> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new EngineRefusal('QUERY_TOO_COSTLY', 'too-costly'));
    const remainingMs = deadlineAt - Date.now();
    if (remainingMs <= 0) return late();
    const timer = setTimeout(late, remainingMs);
    making.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
