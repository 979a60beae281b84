import { describeFailure } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import type { MessageCarrier, Receipt } from './carrier.ts';
import { developmentCarrier, KeptMessages } from './carriers/development.ts';
import { SmppCarrier } from './carriers/smpp-carrier.ts';
import { SmtpCarrier } from './carriers/smtp-carrier.ts';
import type { MessageSettings } from './config.ts';
import { countMessages } from './numbers.ts';
import type { MessageNumbers } from './numbers.ts';
import type { Outbox } from './outbox.ts';
import { runOutbox } from './run-outbox.ts';
import { openScreen } from './screen/open-screen.ts';
import { MessageSender } from './send-messages.ts';
import type { MessageStore } from './store.ts';

/** What messages are opened with. */
export interface MessagesOptions {
  readonly settings: MessageSettings;
  readonly messages: MessageStore;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
}

/** The messages of one process: put in by whoever has an {@link Outbox}, sent once it runs. */
export interface Messages {
  readonly numbers: MessageNumbers;
  /** Opens the carriers and sends what waits, until it is stopped. */
  readonly run: () => BackgroundWork;
}

/** Makes ready what sends messages; opens no connection yet. */
export function openMessages({ settings, messages, outbox, clock, log }: MessagesOptions): Messages {
  const carriers: MessageCarrier[] = [];
  const numbers = countMessages({ waiting: () => messages.waiting(), carriers: () => carriers, now: clock });
  const sender = new MessageSender({ messages, outbox, carriers, numbers, clock, log });
  const takeReceipt = (receipt: Receipt): Promise<boolean> => sender.noteReceipt(receipt);
  return {
    numbers,
    run: () => {
      const kept = new KeptMessages();
      const { sms, email } = settings;
      carriers.push(
        sms === 'development'
          ? developmentCarrier('SMS', kept, clock)
          : new SmppCarrier(sms, { takeReceipt, clock, log }),
        email === 'development' ? developmentCarrier('EMAIL', kept, clock) : new SmtpCarrier(email),
      );
      const screen =
        sms === 'development' || email === 'development' ? showScreen(kept, settings.outboxPort, log) : null;
      const running = runOutbox({
        ...{ sender, messages, outbox, clock, log },
        pollSeconds: settings.messagePollSeconds,
      });
      return {
        stop: async () => {
          await running.stop();
          await Promise.all(carriers.splice(0).map((carrier) => carrier.close()));
          await (await screen)?.close();
        },
      };
    },
  };
}

/** Opens the screen; without it messages are kept all the same, and the log says so. */
async function showScreen(
  kept: KeptMessages,
  port: number,
  log: Log,
): Promise<{ close: () => Promise<void> } | null> {
  try {
    const screen = await openScreen(kept, port);
    log.warn('ACCOUNTS_MESSAGES_NOT_SENT', { port: Number(new URL(screen.url).port) });
    return screen;
  } catch (failure) {
    log.error('ACCOUNTS_OUTBOX_UNSEEN', describeFailure(failure));
    return null;
  }
}
