import { describeFailure } from '@dinhdanh/kit';
import type { Clock, Log } from '@dinhdanh/kit';
import type { MessageCarrier, Receipt, Sent } from './carrier.ts';
import type { MessageChannel } from './message.ts';
import type { MessageNumbers } from './numbers.ts';
import type { Outbox, WaitingMessage } from './outbox.ts';
import { awayPauseMs, nextStep } from './rules.ts';
import type { MessageStore } from './store.ts';

/** What sending works with. */
export interface SendRoom {
  readonly messages: Pick<
    MessageStore,
    'take' | 'expire' | 'markSent' | 'markFailed' | 'putBack' | 'noteReceipt'
  >;
  readonly outbox: Pick<Outbox, 'open'>;
  readonly carriers: readonly MessageCarrier[];
  readonly numbers: Pick<MessageNumbers, 'ended' | 'receipt'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** So many are tried at once. */
const AT_ONCE = 20;

interface Away {
  readonly times: number;
  readonly until: Date;
}

/**
 * Sends what waits in the outbox. A carrier that is away is left alone for longer and longer, and nothing is taken for it
 * meanwhile, so that its messages use up no tries.
 */
export class MessageSender {
  readonly #room: SendRoom;
  readonly #away = new Map<MessageChannel, Away>();

  constructor(room: SendRoom) {
    this.#room = room;
  }

  /** Takes what is due and tries it. Tells whether there may be more. */
  async sendDue(): Promise<boolean> {
    const { messages, numbers, log, clock } = this.#room;
    for (const kind of await messages.expire(clock())) {
      numbers.ended(kind, 'EXPIRED');
      log.error('ACCOUNTS_MESSAGE_FAILED', { code: kind, reason: 'EXPIRED' });
    }
    const open = this.#room.carriers.filter(({ channel }) => !this.#isAway(channel, clock()));
    if (open.length === 0) return false;
    const taken = await messages.take(
      open.map(({ channel }) => channel),
      AT_ONCE,
      clock(),
    );
    await Promise.all(taken.map((message) => this.#try(message)));
    return taken.length === AT_ONCE;
  }

  /** Notes a receipt; false where the message is not marked as sent yet, or never was ours. */
  async noteReceipt(receipt: Receipt): Promise<boolean> {
    const noted = await this.#room.messages.noteReceipt(receipt, this.#room.clock());
    if (!noted) return false;
    this.#room.numbers.receipt(receipt.delivered);
    if (!receipt.delivered)
      this.#room.log.warn('ACCOUNTS_MESSAGE_UNDELIVERED', { reason: receipt.reason ?? 'UNKNOWN' });
    return true;
  }

  async #try(waiting: WaitingMessage): Promise<void> {
    const { messages, outbox, numbers, log, clock } = this.#room;
    const { kind, channel } = waiting;
    const sent = await this.#send(waiting, outbox);
    const away = sent.outcome === 'away';
    const awayMs = away ? this.#noteAway(channel, sent.reason) : 0;
    if (sent.outcome === 'sent') this.#away.delete(channel);
    const next = nextStep(sent, waiting.attempts, clock(), awayMs);
    switch (next.step) {
      case 'sent':
        await messages.markSent(waiting.id, next.ids, clock());
        return numbers.ended(kind, 'SENT');
      case 'fail':
        await messages.markFailed(waiting, next.reason, clock());
        log.error('ACCOUNTS_MESSAGE_FAILED', { code: kind, reason: next.reason });
        return numbers.ended(kind, 'FAILED');
      case 'wait':
        return messages.putBack(waiting, next.at, next.counts);
      default:
        return next;
    }
  }

  async #send(waiting: WaitingMessage, outbox: SendRoom['outbox']): Promise<Sent> {
    const message = outbox.open(waiting);
    // Written under a key that is gone: nobody can read it any more.
    if (message === null) return { outcome: 'refused', reason: 'UNREADABLE' };
    const carrier = this.#room.carriers.find(({ channel }) => channel === waiting.channel);
    if (carrier === undefined) return { outcome: 'later', reason: 'NO_CARRIER' };
    try {
      return await carrier.send(message);
    } catch (failure) {
      this.#room.log.error('ACCOUNTS_CARRIER_FAILED', describeFailure(failure));
      return { outcome: 'later', reason: 'CARRIER_FAULT' };
    }
  }

  #isAway(channel: MessageChannel, now: Date): boolean {
    const away = this.#away.get(channel);
    return away !== undefined && away.until > now;
  }

  /** Many that fail together count once. */
  #noteAway(channel: MessageChannel, reason: string): number {
    const { clock, log } = this.#room;
    const now = clock();
    const before = this.#away.get(channel);
    if (before !== undefined && before.until > now) return before.until.getTime() - now.getTime();
    const times = (before?.times ?? 0) + 1;
    const pauseMs = awayPauseMs(times);
    this.#away.set(channel, { times, until: new Date(now.getTime() + pauseMs) });
    log.warn('ACCOUNTS_CARRIER_AWAY', { service: channel, reason, count: times });
    return pauseMs;
  }
}
