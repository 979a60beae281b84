import { describeFailure, keepFollowing, legalDateOf } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import { change } from './changes.ts';
import { cardStatusOn, endsBetween } from './rules.ts';
import type { IdentityCard, PopulationStore, PopulationWriter } from './store.ts';

/** What telling of expiries works with. */
export interface ExpiryRoom {
  readonly store: Pick<PopulationStore, 'write' | 'toldExpiries'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Whether a day is over is looked at so often. */
const POLL_SECONDS = 300;
const NEVER_SWEPT_MS = 86_400_000;

/** Tells, on the day after a card's last day, that it has ended; any number of processes may, since each day is told once. */
export function tellExpiries(room: ExpiryRoom): BackgroundWork {
  const { clock, log } = room;
  return keepFollowing({
    follow: async () => {
      const count = await tellEndedCards(room.store, clock());
      if (count > 0) log.info('POPULATION_CARDS_EXPIRED', { count });
      return false;
    },
    sweep: async () => undefined,
    sweepEveryMs: NEVER_SWEPT_MS,
    pollSeconds: POLL_SECONDS,
    clock,
    failed: (error, count) => log.warn('POPULATION_EXPIRIES_FAILED', { ...describeFailure(error), count }),
  });
}

/**
 * Tells of every card that its date has ended since it was last told of any: nobody changes anything on that day. What had
 * ended before the first look is nobody's news. The changes and the day up to which they go are one transaction.
 *
 * @returns of how many cards was told
 */
export async function tellEndedCards(store: ExpiryRoom['store'], now: Date): Promise<number> {
  const today = legalDateOf(now);
  if ((await store.toldExpiries()) === today) return 0;
  return store.write(async (writer) => {
    const from = await writer.turnExpiries(today);
    // Another process has told, or nobody listened before.
    if (from === null || from >= today) return 0;
    const ended = (await writer.cardsEnding(from, today)).filter((card) => endsBetween(card, from, today));
    for (const card of ended) await tellEnd(writer, card, today);
    return ended.length;
  });
}

/** A person with another card in force is without none: their account goes on. */
async function tellEnd(
  writer: PopulationWriter,
  { ref, personalNumber }: IdentityCard,
  today: string,
): Promise<void> {
  const [holder] = await writer.byNumber(personalNumber);
  const keys = { PERSON: holder?.personalNumber ?? personalNumber, DOCUMENT: ref };
  await writer.addChange(change('CARD_CHANGED', keys));
  const others = holder === undefined ? [] : await writer.cardsOf(holder.id);
  const hasAnother = others.some((card) => cardStatusOn(card, today) === 'VALID');
  if (!hasAnother) await writer.addChange(change('CARD_EXPIRED', keys));
}
