import { rootOf } from '../capacity.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import { endingRoots, isEndingRoot } from '../policy/roots.ts';
import type { Rooms } from '../rooms.ts';
import { enterUntilAnswered } from './limit-rate.ts';

/** The names of fields that end a reading, wherever a text has one. */
const ENDING_WORD = new RegExp(`\\b(?:${endingRoots.map((root) => root.split('.')[1]).join('|')})\\b`);

/**
 * Of requests beyond the common limits, lets those go on to be read that name a field which ends a reading: at one of the
 * places kept for such, and counted against the share of such that their source has. All others are refused here, before their text has
 * cost more than a look. Naming the field is not enough: see {@link confirmEnding}.
 *
 * @throws AppError `RATE_LIMITED`
 */
export function admitEnding(exchange: Exchange, { limits }: Pick<Rooms, 'limits'>): void | Promise<void> {
  if (exchange.overLimit === undefined) return;
  if (!ENDING_WORD.test(filled(exchange, 'body').query)) throw exchange.overLimit;
  enterUntilAnswered(exchange, limits.enterEnding);
  return limits.countEndingAddress(exchange.address);
}

/**
 * Once the operation is known: whether it does nothing but end what others may read. Such a request is given more time, and
 * goes to services by connections of its own; any other that has come here beyond the common limits ends here.
 *
 * @throws AppError `RATE_LIMITED`
 */
export function confirmEnding(exchange: Exchange, { settings }: Pick<Rooms, 'settings'>): void {
  const { leaves } = filled(exchange, 'prepared');
  exchange.isEnding = leaves.length > 0 && leaves.every((leaf) => isEndingRoot(rootOf(leaf)));
  if (!exchange.isEnding && exchange.overLimit !== undefined) throw exchange.overLimit;
  if (!exchange.isEnding) return;
  exchange.deadlineAt =
    exchange.startedAt.getTime() + Math.max(settings.deadlineMs, settings.endingDeadlineMs);
}

/** The way to services that a request takes. */
export function wayOf(
  { isEnding }: Pick<Exchange, 'isEnding'>,
  { upstream, endingUpstream }: Pick<Rooms, 'upstream' | 'endingUpstream'>,
): Rooms['upstream'] {
  return isEnding ? endingUpstream : upstream;
}
