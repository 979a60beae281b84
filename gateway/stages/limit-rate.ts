import { AppError } from '@dinhdanh/kit';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { RateLimits } from '../rate-limits.ts';

/**
 * Before anything is read: a place among the requests under way, kept until the answer is out or the client gone, and one
 * request counted against the source.
 *
 * @throws AppError `RATE_LIMITED`: the gateway is full (503) or the source has had its share (429)
 */
export function enterCounted(
  exchange: Pick<Exchange, 'reply' | 'address'>,
  limits: RateLimits,
): void | Promise<void> {
  enterUntilAnswered(exchange, limits.enter);
  return limits.countAddress(exchange.address);
}

/** The same for operations: put down as the refusal of all but what ends a reading, which `admitEnding` looks for next. */
export function limitRate(
  exchange: Pick<Exchange, 'reply' | 'address' | 'overLimit'>,
  limits: RateLimits,
): void | Promise<void> {
  const putDown = (failure: unknown): void => {
    if (!(failure instanceof AppError)) throw failure;
    exchange.overLimit = failure;
  };
  try {
    const counting = enterCounted(exchange, limits);
    return counting instanceof Promise ? counting.catch(putDown) : undefined;
  } catch (failure) {
    putDown(failure);
  }
}

/** Takes a place that is kept until the answer is out or the client gone. @throws AppError `RATE_LIMITED` */
export function enterUntilAnswered(exchange: Pick<Exchange, 'reply'>, enter: () => () => void): void {
  const leave = enter();
  const { raw } = exchange.reply;
  if (raw.closed) leave();
  else raw.once('close', leave);
}

/**
 * Once the caller is known: one request counted against the session, or against the consent of a relying party, so that a
 * session shared among many sources has no more than one has. What ends a reading has a share beyond that.
 *
 * @throws AppError `RATE_LIMITED`
 */
export function limitSession(
  exchange: { readonly caller?: Pick<Caller, 'sessionId' | 'grant'>; readonly isEnding?: boolean },
  limits: RateLimits,
): void | Promise<void> {
  const sessionId = exchange.caller?.sessionId ?? exchange.caller?.grant?.consentId ?? null;
  if (sessionId === null) return;
  const countEnding = (refused: unknown): void | Promise<void> => {
    if (exchange.isEnding !== true) throw refused;
    return limits.countEndingSession(sessionId);
  };
  try {
    const counting = limits.countSession(sessionId);
    return counting instanceof Promise ? counting.catch(countEnding) : undefined;
  } catch (refused) {
    return countEnding(refused);
  }
}
