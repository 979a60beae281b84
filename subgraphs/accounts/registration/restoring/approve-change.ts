import type { RejectReason } from '../../messages/message.ts';
import type { Sql } from '../../sql.ts';
import type { RegistrationPorts } from '../ports.ts';
import type { Registration } from '../registration.ts';
import type { RegistrationRoom } from '../registration-room.ts';
import { activateBy, effectiveAt } from '../registration-times.ts';
import type { RegistrationChange } from '../writes/store.ts';
import type { HeldAccount } from './held-account.ts';

type Room = Pick<RegistrationRoom, 'ports' | 'settings'>;

/**
 * What approving a change writes: from when it counts, and of which account. Whoever owns that account hears of a change
 * that waits at once and on all ways, with when it takes effect; one that does not wait is told when it is carried out.
 */
export function approveChange(
  registration: Registration,
  held: HeldAccount,
  by: 'AUTOMATIC' | 'OFFICER',
  now: Date,
  { ports, settings }: Room,
): RegistrationChange {
  const at = effectiveAt(registration, now, settings);
  const { purpose } = registration;
  return {
    patch: {
      decidedAt: now,
      reasons: [],
      subject: held.subject,
      personalNumber: held.personalNumber,
      effectiveAt: at,
      activateBy: purpose === 'DEVICE' ? activateBy(at) : null,
    },
    move: { event: 'APPROVE', reason: by },
    also: async (sql) => {
      const inputs = { effectiveAt: at };
      if (purpose === 'DEVICE')
        await ports.tellOwner(sql, held.subject, { kind: 'DEVICE_CHANGE_ASKED', inputs }, now);
      if (purpose === 'PHONE' && at > now)
        await ports.tellOwner(sql, held.subject, { kind: 'PHONE_CHANGE_ASKED', inputs }, now);
    },
  };
}

/** Tells that a change was not approved: to the owner, and to the new number, which whoever asked has confirmed. */
export async function tellRejected(
  sql: Sql,
  { phone }: Registration,
  {
    held,
    reason,
    now,
  }: { readonly held: HeldAccount | null; readonly reason: RejectReason; readonly now: Date },
  ports: Pick<RegistrationPorts, 'putMessage' | 'tellOwner'>,
): Promise<void> {
  const message = { kind: 'CHANGE_REJECTED', inputs: { reason } } as const;
  if (held !== null) await ports.tellOwner(sql, held.subject, message, now);
  if (phone !== null) await ports.putMessage(sql, message, phone, now);
}
