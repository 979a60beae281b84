import type { BackgroundWork, OpenOptions } from '@dinhdanh/kit';
import { serviceNames } from '@dinhdanh/schema';
import type { AccessLogRoom } from '../room.ts';
import { askGateway } from './ask-served.ts';
import type { AskServed } from './ask-served.ts';
import { openReconciliation } from './reconciliation-store.ts';
import { reconcile } from './reconcile.ts';

/** Reconciliation as the service's own work. Without a gateway or a key to ask it with, it waits. */
export function startReconciliation(
  { clock, log }: Pick<OpenOptions, 'clock' | 'log'>,
  room: AccessLogRoom,
): BackgroundWork {
  const { settings } = room;
  const { systemKey } = settings;
  let ask: AskServed | null = null;
  return reconcile({
    store: openReconciliation(room.store.pool),
    ask: () => {
      const gatewayUrl = settings.gatewayUrl();
      if (gatewayUrl === null || systemKey === null) return null;
      ask ??= askGateway({ gatewayUrl, systemKey, clock });
      return ask;
    },
    takesEntries: () => room.accessLog.refusal() === null,
    services: serviceNames,
    settings,
    clock,
    log,
  });
}
