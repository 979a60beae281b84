/**
 * The process in which the planner runs, started by `planner-process.ts`. It holds nothing but planners: one that aborts
 * or never ends takes this process along and nothing else.
 */
import { type PlanNode, QueryPlanner } from '@graphql-hive/router-query-planner';

/** What this process is told. */
export type PlannerOrder =
  | { readonly kind: 'open'; readonly planner: number; readonly sdl: string }
  | { readonly kind: 'drop'; readonly planner: number }
  | {
      readonly kind: 'plan';
      readonly job: number;
      readonly planner: number;
      readonly text: string;
      readonly labels: readonly string[];
    };

/** What it tells: that it is there, that a plan that takes a while was begun, and what came of it. */
export type PlannerReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'begun'; readonly job: number }
  | { readonly kind: 'planned'; readonly job: number; readonly node?: PlanNode }
  | { readonly kind: 'refused'; readonly job: number; readonly reason: string };

type Order<Kind> = Extract<PlannerOrder, { readonly kind: Kind }>;

/** Plans made at once: Node's pool has as many threads. */
const atOnce = 4;

/** A plan that is not there after so many milliseconds is told to be begun: most are there long before. */
const tellBegunMs = 20;

/** A planner, or why there is none. */
const planners = new Map<number, QueryPlanner | string>();
const waiting: Order<'plan'>[] = [];
const state = { underWay: 0 };

process.on('message', (order: PlannerOrder) => {
  if (order.kind === 'open') planners.set(order.planner, open(order.sdl));
  else if (order.kind === 'drop') planners.delete(order.planner);
  else {
    waiting.push(order);
    proceed();
  }
});
// A plan under way would hold up every gentler end, and what is sent to the whole group is not meant for this process.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
tell({ kind: 'ready' });

function open(sdl: string): QueryPlanner | string {
  try {
    return new QueryPlanner(sdl);
  } catch (error) {
    return reasonOf(error);
  }
}

function proceed(): void {
  for (let order = waiting[0]; order && state.underWay < atOnce; order = waiting[0]) {
    waiting.shift();
    state.underWay += 1;
    void plan(order).then((report) => {
      state.underWay -= 1;
      tell(report);
      proceed();
    });
  }
}

async function plan({ job, planner: id, text, labels }: Order<'plan'>): Promise<PlannerReport> {
  const planner = planners.get(id) ?? 'No such planner';
  if (typeof planner === 'string') return { kind: 'refused', job, reason: planner };
  const begun = setTimeout(tell, tellBegunMs, { kind: 'begun', job });
  try {
    const { node } = await planner.planAsync(text, null, new Set(labels), 0);
    return { kind: 'planned', job, ...(node ? { node } : {}) };
  } catch (error) {
    return { kind: 'refused', job, reason: reasonOf(error) };
  } finally {
    clearTimeout(begun);
  }
}

function tell(report: PlannerReport): void {
  if (process.connected) process.send?.(report);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
