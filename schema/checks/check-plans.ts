import { type PlanNode, QueryPlanner } from '@graphql-hive/router-query-planner';
import type { GraphQLSchema } from 'graphql';
import { leafPaths } from './leaf-paths.ts';

/** How many fetches may follow one another: the subject, then the registries. */
const maxDepth = 2;

/** What planning every path found: how many there are, and a sentence for each that does not plan as it must. */
export interface PlanReport {
  readonly paths: number;
  readonly problems: readonly string[];
}

/**
 * Every way from a root to a leaf plans, in at most two steps: composition alone does not promise that the planner
 * finds a plan. No step but the first goes to `caller`, so a plan never waits for it twice.
 */
export function checkPlans(supergraph: string, schema: GraphQLSchema): PlanReport {
  const planner = new QueryPlanner(supergraph);
  const problems: string[] = [];
  let paths = 0;
  for (const operation of leafPaths(schema)) {
    paths += 1;
    try {
      const depth = planDepth(planner.plan(operation, null, new Set(), 0).node);
      if (depth > maxDepth) problems.push(`${operation} takes ${depth} steps, one after another.`);
    } catch (error) {
      problems.push(`${operation} does not plan: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { paths, problems };
}

/** The longest chain of fetches that wait for one another. */
export function planDepth(node: PlanNode | undefined): number {
  switch (node?.kind) {
    case undefined:
      return 0;
    case 'Fetch':
    case 'BatchFetch':
      return 1;
    case 'Flatten':
      return planDepth(node.node);
    case 'Sequence':
      return node.nodes.reduce((sum, child) => sum + planDepth(child), 0);
    case 'Parallel':
      return Math.max(0, ...node.nodes.map(planDepth));
    case 'Condition':
      return Math.max(planDepth(node.ifClause), planDepth(node.elseClause));
    case 'Subscription':
      return 1;
    default:
      return Number.POSITIVE_INFINITY;
  }
}
