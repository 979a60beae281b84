import type { ClaimIndex } from '../claim-index.ts';
import type { CompiledOperation } from '../engine/index.ts';
import { recordPlan } from './plan-record.ts';
import type { PlanRecord } from './plan-record.ts';

/** The records of all plans in use. */
export interface PlanRecords {
  /** The record of a plan, made the first time it is asked for and gone with the plan. */
  readonly of: (compiled: CompiledOperation) => PlanRecord;
}

/** Opens an empty store of them. */
export function keepPlanRecords(claims: ClaimIndex): PlanRecords {
  const known = new WeakMap<CompiledOperation['plan'], PlanRecord>();
  return {
    of: (compiled) => {
      const kept = known.get(compiled.plan);
      if (kept !== undefined) return kept;
      const made = recordPlan(compiled, claims);
      known.set(compiled.plan, made);
      return made;
    },
  };
}
