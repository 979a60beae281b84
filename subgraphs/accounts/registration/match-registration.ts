import type { Sql } from '../sql.ts';
import { isForeign } from './match-port.ts';
import { changeStep, mustBeNow, mustBeUnchanged, ownRegistration } from './own-registration.ts';
import { stepDone } from './machine.ts';
import type { MatchDatabase, Registration } from './registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';

/** Against which database somebody is held: foreigners against immigration's, everybody else against population's. */
export function databaseOf({ kind, identity }: Pick<Registration, 'kind' | 'identity'>): MatchDatabase {
  return isForeign(kind, identity?.nationality ?? 'VNM') ? 'immigration' : 'population';
}

/**
 * Has what was declared compared with the national database and keeps how far it agrees, with source and time. What
 * differs is not told here: whoever has not shown the card could try dates of birth of a number. Whose number it is, if it
 * has an account, is told that somebody registers with it, or wants a new password.
 *
 * @throws AppError `SOURCE_UNAVAILABLE` where the database cannot be asked; the step can be done again
 */
export async function matchRegistration(
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<Registration> {
  const before = await ownRegistration(call, room);
  mustBeNow(before, 'MATCH', call.now);
  const { identity } = before;
  if (identity === null || before.done.MATCH !== undefined) return before;
  const { personalNumber, passport, passportCountry } = before;
  const database = databaseOf(before);
  const found = await room.ports.match(
    { personalNumber, passport, passportCountry, identity },
    { registrationId: before.id, database, now: call.now },
  );
  return changeStep('MATCH', call, room, (registration) => {
    mustBeUnchanged(before, registration);
    const match = { ...found, database, at: call.now.toISOString() };
    return {
      patch: { ...stepDone(registration, 'MATCH', call.now), match },
      also: (sql) => tellOwner(sql, registration, call.now, room),
    };
  });
}

/**
 * The same statements and messages for every number, whether it has an account or not; an owner is told once a day of each.
 * A new device and a new number are told with the time from which they count, once it stands.
 */
async function tellOwner(
  sql: Sql,
  { id, purpose, personalNumber, passport }: Registration,
  at: Date,
  { ports }: Pick<RegistrationRoom, 'ports'>,
): Promise<void> {
  if (purpose === 'DEVICE' || purpose === 'PHONE') return;
  const since = new Date(at.getTime() - 86_400_000).toISOString();
  const [owner] = await sql.$queryRaw<{ subject: string; phone: string | null }[]>`
    SELECT a.subject, a.phone FROM accounts a JOIN credentials c ON c.subject = a.subject
    WHERE (a.personal_number = ${personalNumber}
        OR (${passport}::text IS NOT NULL AND a.passports @> ARRAY[${passport}]::text[]))
      AND NOT EXISTS (SELECT 1 FROM registrations o WHERE o.personal_number = a.personal_number AND o.id <> ${id}
        AND o.purpose = ${purpose}::registration_purpose AND o.match->>'at' > ${since})`;
  if (purpose === 'PASSWORD') {
    await ports.tellOwner(sql, owner?.subject ?? '', { kind: 'PASSWORD_RESET_ASKED', inputs: {} }, at);
    return;
  }
  await ports.putMessage(sql, { kind: 'REGISTRATION_FOR_NUMBER', inputs: { at } }, owner?.phone ?? null, at);
}
