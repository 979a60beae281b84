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

/** What it tells: that it is there, that a plan is begun, and what came of it. */
export type PlannerReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'begun'; readonly job: number }
  | { readonly kind: 'planned'; readonly job: number; readonly node?: PlanNode }
  | { readonly kind: 'refused'; readonly job: number; readonly reason: string };

/** A planner, or why there is none. */
const planners = new Map<number, QueryPlanner | string>();

process.on('message', (order: PlannerOrder) => {
  if (order.kind === 'open') planners.set(order.planner, open(order.sdl));
  else if (order.kind === 'drop') planners.delete(order.planner);
  else void plan(order);
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

async function plan({ job, planner: id, text, labels }: PlannerOrder & { kind: 'plan' }): Promise<void> {
  tell({ kind: 'begun', job });
  try {
    const planner = planners.get(id) ?? 'No such planner';
    if (typeof planner === 'string') return tell({ kind: 'refused', job, reason: planner });
    const { node } = await planner.planAsync(text, null, new Set(labels), 0);
    tell({ kind: 'planned', job, ...(node ? { node } : {}) });
  } catch (error) {
    tell({ kind: 'refused', job, reason: reasonOf(error) });
  }
}

function tell(report: PlannerReport): void {
  if (process.connected) process.send?.(report);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
