/** Accounts alone, in a process of its own that can be killed. Told by its first message what to run on. */
import { service } from '@dinhdanh/accounts';
import { openLog, systemClock } from '@dinhdanh/kit';
import { checkPassword } from '@dinhdanh/schema/check-password';
import type { ChildSaid, KillOrder } from '../../harness/crashes/child-words.ts';
import { endAt, standBetween } from '../../harness/crashes/end-at-statement.ts';
import { fakePorts, messageKey, otpKey, rightWorld } from '../registering.ts';
import type { AccountsOrder } from './accounts-order.ts';

process.once('message', (order: AccountsOrder) => {
  process.on('message', (next: KillOrder) => endAt(next));
  run(order).then(
    () => say({ word: 'ready' }),
    (failure: unknown) => {
      say({ word: 'refused', reason: failure instanceof Error ? failure.message : 'unknown' });
      process.disconnect();
    },
  );
});
// A test that has ended leaves nothing behind.
process.once('disconnect', () => process.exit());

async function run({ port, databaseUrl, callerKey, early }: AccountsOrder): Promise<void> {
  standBetween(early);
  await service.start({
    host: '127.0.0.1',
    port,
    databaseUrl,
    callerKey: Buffer.from(callerKey, 'base64url'),
    clock: systemClock,
    log: openLog('accounts', 'silent'),
    settings: {
      registrationPorts: { ...fakePorts(rightWorld()), checkPassword },
      ...{ messageKey, otpKey, pollSeconds: 1, messagePollSeconds: 3_600 },
    },
  });
}

function say(said: ChildSaid): void {
  process.send?.(said);
}
