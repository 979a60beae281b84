/** Sharing alone, in a process of its own that can be killed. Told by its first message what to run on. */
import { openLog, systemClock } from '@dinhdanh/kit';
import { service } from '@dinhdanh/sharing';
import type { ChildSaid, KillOrder } from '../../harness/crashes/child-words.ts';
import { endAt, standBetween } from '../../harness/crashes/end-at-statement.ts';
import type { SharingOrder } from './sharing-order.ts';

process.once('message', (order: SharingOrder) => {
  process.on('message', (next: KillOrder) => endAt(next));
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

async function run({ port, databaseUrl, issuer, callerKey, early }: SharingOrder): Promise<void> {
  standBetween(early);
  const secret = (fill: number): Buffer => Buffer.alloc(32, fill);
  await service.start({
    host: '127.0.0.1',
    port,
    databaseUrl,
    callerKey: Buffer.from(callerKey, 'base64url'),
    clock: systemClock,
    log: openLog('sharing', 'silent'),
    settings: {
      gatewayUrl: () => issuer,
      signingKey: secret(1),
      pairwiseKey: secret(2),
      cookieKey: secret(3),
      nonceKey: secret(4),
    },
  });
}

function say(said: ChildSaid): void {
  process.send?.(said);
}
