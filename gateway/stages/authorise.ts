import { AppError } from '@dinhdanh/kit';
import type { Caller } from '../caller.ts';
import type { ClaimIndex } from '../claim-index.ts';
import type { RefusedLeaf } from '../engine/index.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import { decide } from '../policy/decide.ts';
import type { PolicyCaller, Refusal } from '../policy/decide.ts';
import { caseRequired } from './read-case.ts';

/**
 * Decides every selected leaf before any source is asked. What is refused is taken out of the operation, so no source
 * hears of it. A request in which nothing is left for want of a sign-in is refused as a whole.
 */
export function authorise(exchange: Exchange, claims: ClaimIndex): void {
  const { leaves } = filled(exchange, 'prepared');
  const caller = policyCaller(filled(exchange, 'caller'), exchange.caseId !== null);
  const refused = new Map<number, RefusedLeaf & { code: Refusal }>();
  for (const leaf of leaves) {
    for (const seen of claims.policyLeaves(leaf)) {
      const code = decide(caller, seen, exchange.startedAt);
      if (code !== null) refused.set(leaf.id, code === caseRequired.code ? caseRequired : { code });
    }
  }
  const nothingLeft = refused.size === leaves.length && refused.size > 0;
  if (nothingLeft && [...refused.values()].every(({ code }) => code === 'UNAUTHENTICATED')) {
    throw new AppError('UNAUTHENTICATED', { internal: 'nothing without a session' });
  }
  exchange.refused = refused;
}

function policyCaller(caller: Caller, hasCase: boolean): PolicyCaller {
  const { kind, level, locked, guardianRequired, passcodeUntil } = caller;
  return { kind, level, locked, guardianRequired, passcodeUntil, hasSelf: caller.self !== null, hasCase };
}
