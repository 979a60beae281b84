import { createHash, randomBytes } from 'node:crypto';
import { AppError, legalDateOf, matchName } from '@dinhdanh/kit';
import { changeStep, mustBeNow, mustBeUnchanged, ownRegistration } from './own-registration.ts';
import { stepDone, stepFailed } from './machine.ts';
import { limitsOn } from './policy/thresholds.ts';
import type { ChipHolder } from './ports.ts';
import { reasonOf } from './reasons.ts';
import type { ReasonRow, Registration } from './registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';
import { writeAlarms } from './alarm-rows.ts';

/** What a chip is to sign: eight bytes of chance (ICAO Doc 9303-11, 6.1). */
export const CHALLENGE_BYTES = 8;

/** Begins a reading: the chip has so long to answer, once. */
export async function beginChipReading(
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<{ challenge: Buffer; expiresAt: Date }> {
  const registration = await ownRegistration(call, room);
  mustBeNow(registration, 'CHIP', call.now);
  const challenge = randomBytes(CHALLENGE_BYTES);
  const { challengeSeconds } = limitsOn(legalDateOf(call.now));
  const expiresAt = new Date(call.now.getTime() + challengeSeconds * 1000);
  await room.registrations.putChallenge(registration.id, challenge, expiresAt);
  return { challenge, expiresAt };
}

/** A reading as it is sent: base64. */
export interface ChipInput {
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly signature: string;
}

/**
 * Takes what a reader read of the chip. A chip that is refused is a problem of the step, told with what mends it; one that
 * is genuine shows that the applicant holds the card, so from here on they are told which declared fields differ.
 */
export async function submitChip(
  input: ChipInput,
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<Registration> {
  const before = await ownRegistration(call, room);
  mustBeNow(before, 'CHIP', call.now);
  const asked = await room.registrations.takeChallenge(before.id);
  // The answer was lost on its way: the chip is read, and nothing is asked of it any more.
  if (asked === null && before.done.CHIP !== undefined) return before;
  if (asked === null || asked.expiresAt <= call.now)
    return chipFailed('CHIP_CHALLENGE_ENDED', before, call, room);
  const outcome = await room.ports.verifyChip(
    {
      files: readFiles(input),
      signature: readBase64(input.signature, 'signature'),
      challenge: asked.challenge,
    },
    { personalNumber: before.personalNumber ?? '', now: call.now },
  );
  if (!outcome.genuine) return chipFailed(outcome.code, before, call, room);
  const faceHash = createHash('sha256').update(outcome.face).digest('hex');
  return changeStep('CHIP', call, room, (registration) => {
    mustBeUnchanged(before, registration);
    const differing = differingFields(registration, outcome.holder);
    const done = stepDone(registration, 'CHIP', call.now);
    const chip = { at: call.now.toISOString(), hashes: outcome.hashes, faceHash, differing };
    const problems = [...(done.problems ?? []), ...dataProblems(registration, differing)];
    return {
      patch: { ...done, chip, problems },
      also: async (sql) => {
        await sql.$executeRaw`INSERT INTO registration_images (registration_id, kind, bytes, taken_at)
          VALUES (${registration.id}, 'CHIP_FACE', ${Buffer.from(outcome.face)}, ${call.now})
          ON CONFLICT (registration_id, kind) DO UPDATE SET bytes = EXCLUDED.bytes, taken_at = EXCLUDED.taken_at`;
        await sql.$executeRaw`DELETE FROM registration_images
          WHERE registration_id = ${registration.id} AND kind = 'PORTRAIT'`;
      },
    };
  });
}

/** Chips that somebody made, and not a reader that lost one. */
const MADE: ReadonlySet<string> = new Set([
  'CHIP_FORGED',
  'CHIP_SIGNATURE',
  'CHIP_UNTRUSTED',
  'CHIP_CLONED',
  'CHIP_REVOKED',
]);

async function chipFailed(
  code: string,
  { id: registrationId }: Registration,
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<Registration> {
  call.log.warn('ACCOUNTS_CHIP_REFUSED', { reason: code });
  const isMade = MADE.has(code);
  return changeStep('CHIP', call, room, (registration) => {
    // Sent twice, the other one had the challenge: a reading that nobody asked for undoes none that was taken.
    if (code === 'CHIP_CHALLENGE_ENDED' && registration.done.CHIP !== undefined) return null;
    const signs = isMade ? [...new Set([...registration.signs, code])] : registration.signs;
    return {
      patch: { ...stepFailed(registration, 'CHIP', [{ code }]), signs },
      also: async (sql) => {
        if (isMade) await writeAlarms(sql, [{ code, registrationId, count: 1 }], call.now);
      },
    };
  });
}

/** What the chip and the database contradict, once the applicant has shown that they hold the card. */
function dataProblems({ match }: Registration, differing: readonly string[]): ReasonRow[] {
  const fields = [...new Set([...differing, ...(match?.differing ?? [])])];
  if (fields.length > 0) return fields.map((field) => reasonOf('DATA_MISMATCH', 'IDENTITY', field));
  return match?.level === 'NONE' ? [reasonOf('DATA_MISMATCH', 'IDENTITY')] : [];
}

/** The declared fields that the chip has otherwise; what it does not hold contradicts nothing. */
function differingFields({ identity, personalNumber }: Registration, holder: ChipHolder): string[] {
  const fields: string[] = [];
  if (personalNumber !== null && holder.personalNumber !== personalNumber) fields.push('PERSONAL_NUMBER');
  const name = holder.fullName;
  if (identity === null) return fields;
  if (name !== null && matchName(name) !== matchName(identity.fullName)) fields.push('FULL_NAME');
  if (holder.dateOfBirth !== null && holder.dateOfBirth !== identity.dateOfBirth)
    fields.push('DATE_OF_BIRTH');
  if (holder.sex !== null && holder.sex !== identity.sex) fields.push('SEX');
  return fields;
}

function readFiles({ files }: ChipInput): ReadonlyMap<string, Uint8Array> {
  const read = new Map(files.map(({ name, content }) => [name, readBase64(content, 'files')]));
  // One file is sent once: of two with one name nobody could say which was meant.
  if (files.length > 16 || read.size < files.length) throw new AppError('BAD_USER_INPUT', { field: 'files' });
  return read;
}

/** Bytes of base64 text, whole or not at all. @throws AppError `BAD_USER_INPUT` with the field */
export function readBase64(text: string, field: string): Uint8Array {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
    throw new AppError('BAD_USER_INPUT', { field });
  return Buffer.from(text, 'base64');
}
