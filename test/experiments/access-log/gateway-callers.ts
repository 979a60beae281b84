import { ask, at } from '../../harness/client.ts';
import type { Answer } from '../../harness/client.ts';
import type { Caller, Outcome, Release } from './load.ts';

const QUERY = '{ person { fullName personalNumber dateOfBirth } }';

/** People who read their own record through a real gateway, as fast as they are let; one caller a session given. */
export function gatewayCallers(url: string, sessions: readonly string[]): Caller[] {
  return sessions.map((token) => async () => {
    const answer = await ask(url, QUERY, { token }).catch(() => null);
    return answer === null ? { kind: 'broken' } : outcomeOf(answer);
  });
}

/** What a client accepts is a release: data, whatever else stands beside it. */
function outcomeOf(answer: Answer): Outcome {
  const code = String(answer.errors[0]?.extensions.code);
  const hasData =
    at(answer.data, 'person', 'fullName') !== undefined && at(answer.data, 'person', 'fullName') !== null;
  if (!hasData) {
    const retry = answer.errors[0]?.extensions['retryAfterSeconds'] ?? answer.headers.get('retry-after');
    return { kind: 'refused', status: answer.status, code, retry };
  }
  const receipt = answer.extensions['accessReceipt'] as Partial<Release> | undefined;
  const { origin, index, leafHash } = receipt ?? {};
  if (origin === undefined || index === undefined || leafHash === undefined) {
    return { kind: 'wrong', what: 'data was released without a receipt' };
  }
  const requestId = String(answer.extensions['requestId']);
  return { kind: 'released', releases: [{ requestId, origin, index, leafHash }] };
}
