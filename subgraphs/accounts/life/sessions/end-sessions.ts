import { AppError } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import { endDelivery } from '../../session-delivery.ts';
import { sessionNameOf } from './session-list.ts';
import type { SessionStore } from './store.ts';

type EndingCall = Pick<CallContext, 'caller' | 'now' | 'respond'>;

/**
 * Ends one of the caller's own sessions at once and for every process; their own ends with its cookie.
 *
 * @throws AppError `UNAUTHENTICATED` without a session · `NOT_FOUND` for one that has ended, never was, or is another's
 */
export async function endSession(name: string, call: EndingCall, store: SessionStore): Promise<boolean> {
  const current = ownSession(call);
  const named = (await store.siblings(current, call.now)).find(({ id }) => sessionNameOf(id) === name);
  if (named === undefined || !(await store.end(current, named.id, call.now))) throw new AppError('NOT_FOUND');
  if (named.id === current) endDelivery(call);
  return true;
}

/** Ends all of the caller's own sessions but the one that asks; tells how many. @throws AppError `UNAUTHENTICATED` */
export async function endOtherSessions(call: EndingCall, store: SessionStore): Promise<number> {
  return store.endOthers(ownSession(call), call.now);
}

function ownSession({ caller }: EndingCall): string {
  if (caller.sid === undefined || caller.act.kind === 'applicant') throw new AppError('UNAUTHENTICATED');
  return caller.sid;
}
