import { setImmediate } from 'node:timers/promises';
import { callerRights } from './caller-rights.ts';
import { prepareTrusted } from './documents/check-documents.ts';
import { EngineRefusal } from './engine/index.ts';
import type { PreparedOperation, RefusedLeaf } from './engine/index.ts';
import type { PolicyCaller } from './policy/decide.ts';
import type { Served } from './served.ts';
import { refusedLeaves } from './stages/authorise.ts';

/** Plans made ahead at most: those of our own screens are about a hundred and fifty. */
const MOST_PLANS = 500;

const anybody: PolicyCaller = {
  kind: 'anonymous',
  level: 0,
  locked: false,
  guardianRequired: false,
  passcodeUntil: null,
  role: null,
  hasSelf: false,
  hasCase: false,
};
const person: PolicyCaller = { ...anybody, kind: 'person', level: 2, hasSelf: true };

/** Who asks most of what is asked: a plan is of an operation without what its caller is refused. */
const usualCallers: readonly PolicyCaller[] = [
  person,
  // The passcode has been given: then more may be read.
  { ...person, passcodeUntil: new Date(8.64e15) },
  { ...anybody, kind: 'auditor', hasCase: true },
  { ...anybody, kind: 'officer', role: 'OPERATOR' },
  { ...anybody, kind: 'system' },
  anybody,
];

/**
 * Holds every trusted document to the schema, and plans it for those who usually ask, so that the first to ask does not wait
 * for the planner. One step at a time, requests having their turn in between; what cannot be planned is left to be refused
 * when it is asked.
 *
 * @returns how many plans there are now
 * @throws UnfitDocument for a document that the schema would break
 */
export async function warmPlans(
  { engine, claims, documents }: Served,
  ending: AbortSignal,
  most: number = MOST_PLANS,
): Promise<number> {
  const now = new Date(0);
  let plans = 0;
  for (const document of documents.trusted.values()) {
    await setImmediate();
    if (ending.aborted) return plans;
    const prepared = prepareTrusted(document, engine);
    if (prepared === null || plans >= most) continue;
    const known = new Set<string>();
    for (const caller of usualCallers) {
      const refused = refusedTo(caller, prepared, { engine, claims }, now);
      if (refused === null) continue;
      const key = [...refused.keys()].join(',');
      // Who is refused everything waits for no plan.
      if (refused.size === prepared.leaves.length || known.has(key)) continue;
      known.add(key);
      await setImmediate();
      if (ending.aborted || plans >= most) break;
      try {
        await engine.plan(prepared, refused);
        plans += 1;
      } catch {
        // The same refusal meets whoever asks for it.
      }
    }
  }
  return plans;
}

/** What the caller is refused by the supergraph and by policy; null where the supergraph refuses the whole. */
function refusedTo(
  caller: PolicyCaller,
  prepared: PreparedOperation,
  { engine, claims }: Pick<Served, 'engine' | 'claims'>,
  now: Date,
): ReadonlyMap<number, RefusedLeaf> | null {
  try {
    const closed = engine.protect(prepared, callerRights(caller));
    return new Map<number, RefusedLeaf>([...closed, ...refusedLeaves(prepared.leaves, caller, claims, now)]);
  } catch (refusal) {
    if (refusal instanceof EngineRefusal) return null;
    throw refusal;
  }
}
