/** The access log alone, in a process of its own that can be killed. Told by its first message what to run on. */
import { service } from '@dinhdanh/access-log';
import { openLog, systemClock } from '@dinhdanh/kit';
import type { ChildWord, WriterOrder } from './child-message.ts';
import { commitSabotage } from './sabotage.ts';

process.once('message', (order: WriterOrder) => {
  run(order).then(
    () => say({ word: 'ready' }),
    (failure: unknown) => {
      say({ word: 'refused', reason: failure instanceof Error ? failure.message : 'unknown' });
      process.disconnect();
    },
  );
});
// An experiment that has ended leaves nothing behind.
process.once('disconnect', () => process.exit());

async function run(order: WriterOrder): Promise<void> {
  const { sabotage, databaseUrl } = order;
  if (sabotage !== null) {
    commitSabotage(sabotage, (statements) => say({ word: 'sabotaged', statements }));
  }
  const key = (text: string): Buffer => Buffer.from(text, 'base64url');
  await service.migrate(databaseUrl);
  await service.start({
    host: '127.0.0.1',
    port: order.port,
    databaseUrl,
    callerKey: key(order.callerKey),
    clock: systemClock,
    log: openLog('access-log', 'error'),
    settings: {
      ...order.settings,
      name: order.name,
      pseudonymKey: key(order.pseudonymKey),
      detailKey: key(order.detailKey),
      signingKey: key(order.signingKey),
      systemKey: null,
      gatewayUrl: () => null,
      witnesses: order.witnesses,
    },
  });
}

function say(word: ChildWord): void {
  process.send?.(word);
}
