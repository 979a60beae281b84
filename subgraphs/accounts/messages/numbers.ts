import { Counter, Gauge, Registry } from 'prom-client';
import type { MessageCarrier } from './carrier.ts';
import type { Waiting } from './store.ts';

/** Where the numbers come from that others keep; each is asked when the metrics are read. */
export interface NumberSources {
  readonly waiting: () => Promise<readonly Waiting[]>;
  readonly carriers: () => readonly MessageCarrier[];
  readonly now: () => Date;
}

/** The numbers of the messages and codes of one process. Labels are codes: nothing in them can be told of a person. */
export interface MessageNumbers {
  readonly ended: (kind: string, outcome: 'SENT' | 'FAILED' | 'EXPIRED') => void;
  readonly receipt: (delivered: boolean) => void;
  /** All of it in the text format of Prometheus. */
  readonly print: () => Promise<string>;
}

/** Opens the numbers of one process. */
export function countMessages(sources: NumberSources): MessageNumbers {
  const registry = new Registry();
  const registers = [registry];
  const ended = new Counter({
    name: 'dinhdanh_messages_total',
    help: 'Messages that left the outbox, by kind and how: sent, failed or expired.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const receipts = new Counter({
    name: 'dinhdanh_message_receipts_total',
    help: 'What carriers told of messages they had taken: delivered or not.',
    labelNames: ['delivered'],
    registers,
  });
  const ask = observe(sources, registers);
  return {
    ended: (kind, outcome) => ended.inc({ kind, outcome }),
    receipt: (delivered) => receipts.inc({ delivered: String(delivered) }),
    print: async () => {
      await ask();
      return registry.metrics();
    },
  };
}

/** Registers what is asked when the metrics are read; the function that is returned asks it. */
function observe({ waiting, carriers, now }: NumberSources, registers: Registry[]): () => Promise<void> {
  const count = new Gauge({
    name: 'dinhdanh_messages_waiting',
    help: 'Messages that wait in the outbox, by channel.',
    labelNames: ['channel'],
    registers,
  });
  const oldest = new Gauge({
    name: 'dinhdanh_messages_oldest_waiting_seconds',
    help: 'How long the oldest message has waited in the outbox, by channel.',
    labelNames: ['channel'],
    registers,
  });
  void new Gauge({
    name: 'dinhdanh_message_carrier_connected',
    help: '1 where the carrier of a channel can be reached, as far as is known.',
    labelNames: ['channel'],
    registers,
    collect() {
      for (const { channel, state } of carriers()) this.set({ channel }, state().connected ? 1 : 0);
    },
  });
  return async () => {
    const rows = await waiting();
    count.reset();
    oldest.reset();
    for (const { channel, count: waits, oldestAt } of rows) {
      count.set({ channel }, waits);
      oldest.set({ channel }, Math.max(0, now().getTime() - oldestAt.getTime()) / 1000);
    }
  };
}
