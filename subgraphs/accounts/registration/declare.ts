import { AppError, legalDateOf } from '@dinhdanh/kit';
import { changeStep, signedInSubject } from './own-registration.ts';
import { mayDo, stepDone } from './machine.ts';
import { termsOf, termsOn } from './policy/terms.ts';
import { readIdentity, readOrganisation } from './read-declaration.ts';
import type { IdentityInput, OrganisationInput } from './read-declaration.ts';
import type { Registration } from './registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';
import { stateNow } from './registration-times.ts';

type Room = Pick<RegistrationRoom, 'registrations'>;

/**
 * Declares whose account it is to be. The same again changes nothing; anything else undoes what rested on it.
 *
 * @throws AppError `BAD_USER_INPUT` with the field, reason `REGISTRATION_QR_UNREADABLE` for a QR that is none of a card ·
 * and those of {@link changeStep}
 */
export function declareIdentity(
  input: IdentityInput,
  call: RegistrationCall,
  room: Room,
): Promise<Registration> {
  return changeStep('IDENTITY', call, room, (registration) => {
    if (registration.kind === 'ORGANISATION')
      throw new AppError('BAD_USER_INPUT', { reason: 'REGISTRATION_STEP' });
    const identity = readIdentity(input, registration);
    if (isAlike(identity, registration.identity)) return null;
    return { patch: { ...stepDone(registration, 'IDENTITY', call.now), identity } };
  });
}

/** Declares an organisation and who has to agree. @throws as {@link declareIdentity} */
export function declareOrganisation(
  input: OrganisationInput,
  call: RegistrationCall,
  room: Room,
): Promise<Registration> {
  return changeStep('IDENTITY', call, room, (registration) => {
    if (registration.kind !== 'ORGANISATION')
      throw new AppError('BAD_USER_INPUT', { reason: 'REGISTRATION_STEP' });
    const { organisation, others } = readOrganisation(input);
    const patch = { ...stepDone(registration, 'IDENTITY', call.now), organisation };
    return {
      patch: { ...patch, done: { ...patch.done, ...consentsDone(others, call.now) } },
      also: async (sql) => {
        await sql.$executeRaw`DELETE FROM organisation_consents WHERE registration_id = ${registration.id}
          AND NOT personal_number = ANY(${others}::text[])`;
        await sql.$executeRaw`INSERT INTO organisation_consents (registration_id, personal_number)
          SELECT ${registration.id}, number FROM unnest(${others}::text[]) AS number ON CONFLICT DO NOTHING`;
      },
    };
  });
}

/** Where nobody else represents the organisation, nobody else is asked; a new one undoes that all had agreed. */
function consentsDone(others: readonly string[], now: Date): Registration['done'] {
  return others.length === 0 ? { CONSENTS: now.toISOString() } : {};
}

/**
 * Accepts the terms that were shown: their version and the time are kept. Nothing is ticked beforehand, so `accepted` has
 * to be true.
 *
 * @throws AppError `BAD_USER_INPUT` with the field: not accepted, or a version that is not the one of today
 */
export function acceptTerms(
  { version, accepted }: { readonly version: string; readonly accepted: boolean },
  call: RegistrationCall,
  room: Room,
): Promise<Registration> {
  return changeStep('TERMS', call, room, (registration) => {
    if (!accepted) throw new AppError('BAD_USER_INPUT', { field: 'accepted', reason: 'REGISTRATION_TERMS' });
    if (termsOf(version) === null || version !== termsOn(legalDateOf(call.now))?.version)
      throw new AppError('BAD_USER_INPUT', { field: 'version', reason: 'REGISTRATION_TERMS' });
    if (registration.termsVersion === version && registration.done.TERMS !== undefined) return null;
    return { patch: { ...stepDone(registration, 'TERMS', call.now), termsVersion: version } };
  });
}

/**
 * Keeps that the caller, a legal representative, agrees to the account that another asks for.
 *
 * @throws AppError `UNAUTHENTICATED`, `LEVEL_REQUIRED` · `NOT_FOUND` where nobody has asked them
 */
export async function consentToOrganisation(
  code: string,
  call: RegistrationCall,
  { registrations }: Room,
): Promise<true> {
  const subject = signedInSubject(call);
  const number = subject === null ? undefined : call.caller.ids[subject]?.personalNumber;
  if (number === undefined) throw new AppError('UNAUTHENTICATED');
  if (call.caller.level < 2) throw new AppError('LEVEL_REQUIRED');
  const registration = await registrations.findByCode(code);
  if (registration === null) throw new AppError('NOT_FOUND', { internal: 'no such code' });
  await registrations.change(registration.id, call.now, async (current, sql) => {
    if (stateNow(current, call.now) !== 'OPEN') throw new AppError('NOT_FOUND', { internal: 'not open' });
    const agreed = await sql.$executeRaw`UPDATE organisation_consents
      SET consented_at = COALESCE(consented_at, ${call.now})
      WHERE registration_id = ${current.id} AND personal_number = ${number}`;
    if (agreed === 0) throw new AppError('NOT_FOUND', { internal: 'not asked' });
    const [row] = await sql.$queryRaw<{ missing: number }[]>`SELECT count(*)::int AS missing
      FROM organisation_consents WHERE registration_id = ${current.id} AND consented_at IS NULL`;
    const isLast = row?.missing === 0 && mayDo(current, current.done, 'CONSENTS');
    return isLast ? { patch: stepDone(current, 'CONSENTS', call.now) } : null;
  });
  return true;
}

/** Whether two things say the same, whatever order their parts stand in. */
function isAlike(one: object, other: object | null): boolean {
  const flat = (thing: object): string =>
    JSON.stringify(Object.entries(thing).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return other !== null && flat(one) === flat(other);
}
