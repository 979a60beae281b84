import { compileCost, type CostContext } from './compile-cost.ts';
import { EngineRefusal } from './engine-refusal.ts';
import type { PreparedOperation } from './engine-types.ts';
import type { EngineLimits } from './limits.ts';
import { type Price, valueOf } from './price.ts';
import { readCosts } from './read-costs.ts';
import type { Supergraph } from './read-supergraph.ts';
import type { Shape } from './shape.ts';

/** Estimates operations of one supergraph before they are planned. */
export interface CostEstimate {
  readonly costOf: (prepared: PreparedOperation) => number;
  /** @throws EngineRefusal where a limit is set and the estimate is beyond it, or a list has no size where one must be named */
  readonly refuseBeyond: (prepared: PreparedOperation) => void;
}

/** Makes the estimate. What a shape costs is compiled once; a request puts its variables in. */
export function openCostEstimate(
  { fullSchema, features }: Supergraph,
  { cost: limit, listSize }: EngineLimits,
): CostEstimate {
  const context: CostContext = {
    schema: fullSchema,
    costs: readCosts(fullSchema, features),
    listSize,
    unsized: (coordinate) => {
      if (limit === null) return;
      const message = `${coordinate} needs exactly one of its arguments that say how many.`;
      throw new EngineRefusal('QUERY_TOO_COSTLY', 'unsized-list', [{ message, locations: [] }]);
    },
  };
  const prices = new WeakMap<Shape, Price>();
  const costOf = ({ internal, variables }: PreparedOperation): number => {
    const { shape } = internal.normalised;
    const price = prices.get(shape) ?? compileCost(context, shape);
    prices.set(shape, price);
    return valueOf(price, variables);
  };
  return {
    costOf,
    refuseBeyond: (prepared) => {
      if (limit === null) return;
      const cost = costOf(prepared);
      if (cost <= limit) return;
      throw new EngineRefusal('QUERY_TOO_COSTLY', 'too-costly', [], undefined, { cost, limit });
    },
  };
}
