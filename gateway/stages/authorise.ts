import { AppError } from '@dinhdanh/kit';
import type { Exchange } from '../exchange.ts';
import type { ClaimIndex } from '../claim-index.ts';
import { decide } from '../policy/decide.ts';
import type { PolicyCaller, Refusal } from '../policy/decide.ts';
import type { Caller } from '../caller.ts';

/**
 * Decides every selected leaf before any source is asked. What is refused is taken out of the operation, so no source
 * hears of it. A request in which nothing is left for want of a sign-in is refused as a whole.
 */
export function authorise(
  exchange: Required<Pick<Exchange, 'prepared' | 'caller'>> & Exchange,
  claims: ClaimIndex,
): void {
  const caller = policyCaller(exchange.caller);
  const refused = new Map<number, Refusal>();
  for (const leaf of exchange.prepared.leaves) {
    const refusal = decide(caller, claims.policyLeaf(leaf), exchange.startedAt);
    if (refusal !== null) refused.set(leaf.id, refusal);
  }
  const nothingLeft = refused.size === exchange.prepared.leaves.length && refused.size > 0;
  if (nothingLeft && [...refused.values()].every((refusal) => refusal === 'UNAUTHENTICATED')) {
    throw new AppError('UNAUTHENTICATED', { internal: 'nothing without a session' });
  }
  exchange.refused = refused;
}

function policyCaller(caller: Caller): PolicyCaller {
  const { kind, level, locked, guardianRequired, passcodeUntil } = caller;
  return { kind, level, locked, guardianRequired, passcodeUntil, hasSelf: caller.self !== null };
}
