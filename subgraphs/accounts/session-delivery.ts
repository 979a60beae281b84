import type { CallContext } from '@dinhdanh/kit';
import type { OpenedSession } from './sign-in.ts';

/** The header by which a session is handed to the gateway, which alone sets cookies. */
const HEADER = 'dinhdanh-session';

type Delivery = Pick<CallContext, 'caller' | 'respond'>;

/** The answer to a sign-in: API clients read the token in it, browsers never see it and get a cookie from the gateway. */
export function deliverSession(
  { token, expiresAt, passcodeUntil }: OpenedSession,
  { caller, respond }: Delivery,
) {
  const byCookie = caller.client?.cookie === true;
  if (byCookie) respond(HEADER, `${token}; expires=${expiresAt.toISOString()}`);
  return {
    token: byCookie ? null : token,
    expiresAt: expiresAt.toISOString(),
    passcodeUntil: passcodeUntil?.toISOString() ?? null,
  };
}

/** Tells the gateway that a browser's cookie is to go. */
export function endDelivery({ respond }: Pick<Delivery, 'respond'>): void {
  respond(HEADER, `; expires=${new Date(0).toISOString()}`);
}
