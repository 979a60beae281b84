import { Prisma } from '../../generated/prisma/client.ts';
import type { Registration as Row } from '../../generated/prisma/client.ts';
import type { Sql } from '../../sql.ts';
import { nextState } from '../machine.ts';
import type { RegistrationEvent } from '../machine.ts';
import { queueReview, settleReview } from '../review-rows.ts';
import type { Registration, RegistrationPatch, RegistrationState } from '../registration.ts';

/** What one write does to a registration. */
export interface RegistrationChange {
  readonly patch: RegistrationPatch;
  /** Moves it on; the code of the reason stands in its history, and in the review queue which member of staff decided. */
  readonly move?: { readonly event: RegistrationEvent; readonly reason: string; readonly by?: string };
  /** What happens with it or not at all. */
  readonly also?: (sql: Sql) => Promise<void>;
}

/** What is to be done to a registration as it is; null for nothing. */
export type RegistrationPlan = (
  registration: Registration,
  sql: Sql,
) => Promise<RegistrationChange | null> | RegistrationChange | null;

const JSON_COLUMNS = ['identity', 'organisation', 'match', 'chip', 'face', 'biometrics', 'form'] as const;
const HAS_IMAGES: ReadonlySet<RegistrationState> = new Set(['OPEN', 'SUBMITTED', 'IN_REVIEW']);

/**
 * Changes a registration under its lock, in the caller's transaction. `plan` sees it as it is and says what to write, or
 * null for nothing; it may use the transaction. The write names state and version, and is refused by the table of
 * transitions where the state does not allow the move.
 *
 * @returns the registration as it is afterwards; null where there is none of that id
 */
export async function changeRegistration(
  sql: Prisma.TransactionClient,
  id: string,
  at: Date,
  plan: RegistrationPlan,
): Promise<Registration | null> {
  await sql.$queryRaw`SELECT id FROM registrations WHERE id = ${id} FOR UPDATE`;
  const row = await sql.registration.findUnique({ where: { id } });
  if (row === null) return null;
  const registration = toRegistration(row);
  const change = await plan(registration, sql);
  if (change === null) return registration;
  const { patch, move } = change;
  const to = move === undefined ? registration.state : nextState(registration.state, move.event);
  if (to === null) return registration;
  const { count } = await sql.registration.updateMany({
    where: { id, state: registration.state, version: registration.version },
    data: { ...toColumns(patch), state: to, version: { increment: 1 } },
  });
  if (count === 0) return registration;
  if (move !== undefined) await moved(sql, registration, { ...change, to, at });
  await change.also?.(sql);
  return { ...registration, ...patch, state: to, version: registration.version + 1 };
}

/** What goes with every change of state: its history, the review queue, the end of images. */
async function moved(
  transaction: Prisma.TransactionClient,
  { id: registrationId, state: from, dueAt }: Registration,
  { move, patch, to, at }: RegistrationChange & { readonly to: RegistrationState; readonly at: Date },
): Promise<void> {
  const reason = move?.reason ?? '';
  await transaction.registrationTransition.create({ data: { registrationId, at, from, to, reason } });
  if (to === 'IN_REVIEW') {
    const reasons = (patch.reasons ?? []).map(({ code }) => code);
    await queueReview(transaction, { registrationId, reasons, dueAt: dueAt ?? at, createdAt: at });
  }
  if (from === 'IN_REVIEW') await settleReview(transaction, registrationId, { at, by: move?.by ?? null });
  if (HAS_IMAGES.has(to)) return;
  await transaction.registrationImage.deleteMany({ where: { registrationId } });
  await transaction.chipChallenge.deleteMany({ where: { registrationId } });
}

function toColumns(patch: RegistrationPatch): Prisma.RegistrationUpdateManyMutationInput {
  const columns: Record<string, unknown> = { ...patch };
  for (const name of JSON_COLUMNS) if (columns[name] === null) columns[name] = Prisma.DbNull;
  return columns;
}

/** JSON columns hold what this room wrote there and nothing else. */
export function toRegistration(row: Row): Registration {
  return row as unknown as Registration;
}
