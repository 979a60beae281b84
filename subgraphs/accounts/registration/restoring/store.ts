import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { isOver } from '../machine.ts';
import { reasonOf } from '../reasons.ts';
import type { Registration } from '../registration.ts';
import { changeRegistration, toRegistration } from '../writes/store.ts';
import type { RegistrationChange } from '../writes/store.ts';
import type { NamedPerson } from './held-account.ts';

/**
 * Changes that are asked for somebody and not over, the last one first: from where whoever asks has gone as far as the
 * comparison of data, since what strangers merely begin with a number says nothing.
 */
export async function changesOf(
  prisma: Pick<PrismaClient, 'registration'>,
  { personalNumber, cancelledNumbers, passports }: NamedPerson,
): Promise<Registration[]> {
  const rows = await prisma.registration.findMany({
    where: {
      purpose: { not: 'ACCOUNT' },
      state: { in: ['OPEN', 'SUBMITTED', 'IN_REVIEW', 'APPROVED'] },
      OR: [
        { personalNumber: { in: [personalNumber, ...cancelledNumbers] } },
        { passport: { in: [...passports] } },
      ],
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
    take: 50,
  });
  return rows.map(toRegistration).filter(({ match, receivedAt }) => match !== null || receivedAt !== null);
}

/**
 * Refuses all that is asked for an account, with what locks it: in the transaction of the lock, which holds the lock on
 * changes, so that none of it is carried out after.
 */
export async function refuseChangesOf(
  transaction: Prisma.TransactionClient,
  subject: string,
  at: Date,
): Promise<void> {
  const ids = await transaction.account.findUnique({
    where: { subject },
    select: { personalNumber: true, cancelledNumbers: true, passports: true },
  });
  if (ids === null) return;
  const asked = await changesOf(transaction, ids);
  for (const { id } of asked.toSorted((one, other) => (one.id < other.id ? -1 : 1)))
    await changeRegistration(transaction, id, at, (registration) =>
      isOver(registration.state) ? null : refused('ACCOUNT_LOCKED'),
    );
}

/** What an owner's refusal writes; the reason is how they refused. */
export function refused(reason: string): RegistrationChange {
  return {
    patch: { reasons: [reasonOf('REFUSED_BY_OWNER')] },
    move: { event: 'REFUSE', reason },
  };
}
