import { createHash, randomBytes } from 'node:crypto';
import { AppError, legalDateOf, sessionIdOf } from '@dinhdanh/kit';
import { newSessionToken } from '../session-token.ts';
import { changeRuleOn } from './policy/changes.ts';
import { isOffered } from './policy/levels.ts';
import { limitsOn } from './policy/thresholds.ts';
import { readContact, readIdentifier } from './read-declaration.ts';
import type { Identifier, StartInput } from './read-declaration.ts';
import { signedInSubject } from './own-registration.ts';
import type { Registration } from './registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';
import { draftEnds } from './registration-times.ts';
import type { AlarmRow } from './alarm-rows.ts';
import type { ApplicantSession, NewRegistration } from './store.ts';
import { askVelocity, judgeVelocity } from './velocity.ts';

/** A registration with the session it is made in; the token is null for who is signed in already. */
export interface BegunRegistration {
  readonly token: string | null;
  readonly expiresAt: Date;
  readonly registration: Registration;
}

/**
 * Begins a registration, of an account or of a change of one. Whether the number has an account, or the phone an owner, is
 * not looked at here: it goes on the same way for all of them.
 *
 * @throws AppError `BAD_USER_INPUT` with the field, and the reason `REGISTRATION_NOT_OFFERED` for what is given to nobody,
 * or nobody in this way · `UNAUTHENTICATED`, `LEVEL_REQUIRED` for a child, ward or organisation without its representative ·
 * `PASSCODE_REQUIRED`, `ACCOUNT_LOCKED` for a new phone number of one's own · `RATE_LIMITED` with seconds
 */
export async function startRegistration(
  input: StartInput,
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<BegunRegistration> {
  const openedBy = mayBegin(input, call);
  const asked = readAsked(input, openedBy, call);
  const contact = readContact(input);
  const identifier =
    asked.purpose !== 'ACCOUNT' && openedBy !== null
      ? await readOwn(input, openedBy, call, room)
      : readIdentifier(input);
  const session = openedBy === null ? newSession(input, call) : null;
  const known = openedBy === null ? null : await room.registrations.findOpenedBy(openedBy, null);
  if (known !== null && isSame(known, { ...asked, ...contact, ...identifier }))
    return { token: null, expiresAt: known.expiresAt, registration: known };

  const id = randomBytes(16).toString('base64url');
  const { signs, alarms } = await checkVelocity(id, { ...contact, ...identifier }, call, room);
  const registration: NewRegistration = {
    id,
    code: newCode(),
    ...asked,
    openedBy,
    ...identifier,
    ...contact,
    done: { CONTACT: call.now.toISOString() },
    signs,
    deviceName: clean(input.device),
    device: deviceOf(call),
    source: call.caller.client?.address ?? null,
    startedAt: call.now,
    expiresAt: draftEnds(call.now),
  };
  const begun = await room.registrations.begin(registration, session?.row ?? null, alarms);
  const reason = asked.purpose === 'ACCOUNT' ? asked.kind : asked.purpose;
  call.log.info('ACCOUNTS_REGISTRATION_STARTED', { reason });
  return {
    token: session?.token ?? null,
    expiresAt: session?.row.expiresAt ?? begun.expiresAt,
    registration: begun,
  };
}

/** A session that belongs to a registration: it lives until the account could be activated. */
export function newSession(
  { device }: { readonly device?: string | null | undefined },
  { now }: Pick<RegistrationCall, 'now'>,
): { readonly token: string; readonly row: ApplicantSession } {
  const token = newSessionToken();
  const expiresAt = new Date(now.getTime() + limitsOn(legalDateOf(now)).sessionDays * 86_400_000);
  return { token, row: { id: sessionIdOf(token), device: clean(device), createdAt: now, expiresAt } };
}

/** What a device is kept by: the hash of what the gateway recognised it by. */
export function deviceOf({ caller }: Pick<RegistrationCall, 'caller'>): string | null {
  const device = caller.client?.device ?? null;
  return device === null ? null : createHash('sha256').update(device).digest('base64url');
}

type Asked = Pick<Registration, 'purpose' | 'kind' | 'channel' | 'level'>;

function readAsked(
  { purpose, kind, channel, level }: StartInput,
  openedBy: string | null,
  { now }: RegistrationCall,
): Asked {
  if (purpose !== 'ACCOUNT') {
    const isOwners = kind === 'CITIZEN' || kind === 'FOREIGN_RESIDENT';
    if (!isOwners || channel !== 'APP' || changeRuleOn({ purpose, openedBy }, legalDateOf(now)) === null)
      throw new AppError('BAD_USER_INPUT', { field: 'purpose', reason: 'REGISTRATION_NOT_OFFERED' });
    if (level !== null && level !== undefined) throw new AppError('BAD_USER_INPUT', { field: 'level' });
    return { purpose, kind, channel, level: null };
  }
  const wanted = kind === 'ORGANISATION' ? null : (level ?? 1);
  if (wanted !== null && wanted !== 1 && wanted !== 2)
    throw new AppError('BAD_USER_INPUT', { field: 'level' });
  const asked = { kind, channel, level: wanted } as const;
  // At a desk an officer begins, in front of whom the applicant stands.
  if (channel !== 'APP' || !isOffered(asked, legalDateOf(now)))
    throw new AppError('BAD_USER_INPUT', { field: 'level', reason: 'REGISTRATION_NOT_OFFERED' });
  return { purpose, ...asked };
}

/**
 * Who begins: oneself without an account; for a child, ward or organisation whoever represents them, signed in. A new number
 * is asked for in one's own session; for a new password or device everybody is a stranger, who proves who they are.
 */
function mayBegin({ purpose, kind }: StartInput, call: RegistrationCall): string | null {
  const subject = signedInSubject(call);
  if (purpose !== 'ACCOUNT') return purpose === 'PHONE' ? subject : null;
  if (kind === 'CITIZEN' || kind === 'FOREIGN_RESIDENT') {
    if (subject !== null) throw new AppError('BAD_USER_INPUT', { reason: 'REGISTRATION_ACCOUNT_EXISTS' });
    return null;
  }
  if (subject === null) throw new AppError('UNAUTHENTICATED', { internal: 'representatives sign in' });
  const least = kind === 'ORGANISATION' ? 2 : 1;
  if (call.caller.level < least) throw new AppError('LEVEL_REQUIRED');
  return subject;
}

/** Whose number it is, of who changes the phone by the old one: their own, with a confirmation open in their session. */
async function readOwn(
  { personalNumber }: StartInput,
  subject: string,
  { caller, now }: RegistrationCall,
  { registrations }: RegistrationRoom,
): Promise<Identifier> {
  const own = caller.ids[subject]?.personalNumber ?? '';
  if (personalNumber !== null && personalNumber !== undefined && personalNumber !== own)
    throw new AppError('BAD_USER_INPUT', { field: 'personalNumber' });
  await registrations.mustBeConfirmed(caller.sid ?? '', subject, now);
  return { personalNumber: own, passport: null, passportCountry: null };
}

function isSame(
  known: Registration,
  asked: Identifier & Asked & Pick<Registration, 'phone' | 'email'>,
): boolean {
  return (
    known.state === 'OPEN' &&
    known.purpose === asked.purpose &&
    known.kind === asked.kind &&
    known.channel === asked.channel &&
    known.level === asked.level &&
    known.personalNumber === asked.personalNumber &&
    known.passport === asked.passport &&
    known.phone === asked.phone &&
    known.email === asked.email
  );
}

async function checkVelocity(
  registrationId: string,
  { phone, personalNumber }: Identifier & { readonly phone: string | null },
  call: RegistrationCall,
  { registrations }: RegistrationRoom,
): Promise<{ signs: readonly string[]; alarms: readonly AlarmRow[] }> {
  const keys = {
    device: deviceOf(call),
    phone,
    source: call.caller.client?.address ?? null,
    prefix: personalNumber?.slice(0, 6) ?? null,
    number: personalNumber,
  };
  const verdict = judgeVelocity(await registrations.countBeginnings(askVelocity(keys, call.now)), call.now);
  for (const { kind, count } of verdict.signs)
    call.log.error('ACCOUNTS_REGISTRATION_SUSPECTED', { reason: `velocity_${kind}`, count });
  if (verdict.refusedSeconds !== null)
    throw new AppError('RATE_LIMITED', { retryAfterSeconds: verdict.refusedSeconds });
  const code = (kind: string): string => `VELOCITY_${kind.toUpperCase()}`;
  return {
    signs: verdict.signs.map(({ kind }) => code(kind)),
    alarms: verdict.signs.map(({ kind, count }) => ({ code: code(kind), registrationId, count })),
  };
}

/** Letters and digits that nobody takes for one another. */
const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A file code: ten signs, 49 bits of chance. */
function newCode(): string {
  const signs: string[] = [];
  while (signs.length < 10) {
    for (const byte of randomBytes(16)) {
      // What would make some letters likelier than others is thrown away.
      if (byte < 240 && signs.length < 10) signs.push(CODE_LETTERS[byte % CODE_LETTERS.length] ?? '');
    }
  }
  return signs.join('');
}

function clean(name: string | null | undefined): string | null {
  return name?.slice(0, 100).replaceAll('\0', '') ?? null;
}
