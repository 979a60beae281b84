import { createHash } from 'node:crypto';
import { AppError, legalDateOf } from '@dinhdanh/kit';
import { changeStep, mustBeNow, mustBeUnchanged, ownRegistration } from './own-registration.ts';
import { stepDone, stepFailed } from './machine.ts';
import { limitsOn } from './policy/thresholds.ts';
import { readBase64 } from './prove-card.ts';
import type { FaceEvidence, Registration } from './registration.ts';
import type { RegistrationCall, RegistrationRoom } from './registration-room.ts';

/**
 * Takes a portrait: refused with codes of its quality while it can be taken better, compared with the chip's, kept as
 * score and hash. Where there is nothing to compare it with, or it is not certain, an officer sees it; it is erased with
 * the decision.
 *
 * @throws AppError `BAD_USER_INPUT` field image, for what is no picture or too large
 */
export async function submitPortrait(
  image: string,
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<Registration> {
  const before = await ownRegistration(call, room);
  mustBeNow(before, 'PORTRAIT', call.now);
  const limits = limitsOn(legalDateOf(call.now));
  const portrait = readImage(image, limits.portraitBytes);
  const portraitHash = createHash('sha256').update(portrait).digest('hex');
  if (before.done.PORTRAIT !== undefined && before.face?.portraitHash === portraitHash) return before;
  const poor = await room.ports.faces.quality(portrait);
  if (poor.length > 0) return refusePortrait(poor, before, call, room);
  const evidence = await compare(before, portrait, portraitHash, call, room);
  const tries = (before.face?.tries ?? 0) + 1;
  const isOther = evidence.outcome === 'OTHER' && tries < limits.portraitTries;
  return changeStep('PORTRAIT', call, room, (registration) => {
    mustBeUnchanged(before, registration);
    const face = { ...evidence, tries };
    if (isOther)
      return { patch: { ...stepFailed(registration, 'PORTRAIT', [{ code: 'FACE_MISMATCH' }]), face } };
    return {
      patch: { ...stepDone(registration, 'PORTRAIT', call.now), face },
      also: async (sql) => {
        // What is certain needs nobody to look at it again.
        if (face.outcome === 'SAME') {
          await sql.$executeRaw`DELETE FROM registration_images
            WHERE registration_id = ${registration.id} AND kind = 'PORTRAIT'`;
          return;
        }
        await sql.$executeRaw`INSERT INTO registration_images (registration_id, kind, bytes, taken_at)
          VALUES (${registration.id}, 'PORTRAIT', ${Buffer.from(portrait)}, ${call.now})
          ON CONFLICT (registration_id, kind) DO UPDATE SET bytes = EXCLUDED.bytes, taken_at = EXCLUDED.taken_at`;
      },
    };
  });
}

function refusePortrait(
  codes: readonly string[],
  before: Registration,
  call: RegistrationCall,
  room: RegistrationRoom,
): Promise<Registration> {
  return changeStep('PORTRAIT', call, room, (registration) => {
    mustBeUnchanged(before, registration);
    const failed = stepFailed(
      registration,
      'PORTRAIT',
      codes.map((code) => ({ code })),
    );
    return { patch: { ...failed, face: registration.face } };
  });
}

async function compare(
  { id }: Registration,
  portrait: Uint8Array,
  portraitHash: string,
  { now }: RegistrationCall,
  { registrations, ports }: RegistrationRoom,
): Promise<Omit<FaceEvidence, 'tries'>> {
  const reference = (await registrations.imagesOf(id)).get('CHIP_FACE');
  const base = { at: now.toISOString(), matcher: ports.faces.name, portraitHash };
  if (reference === undefined) return { ...base, score: 0, outcome: 'UNSURE' };
  return { ...base, ...(await ports.faces.compare(reference, portrait, now)) };
}

/** JPEG or PNG by their first bytes. */
function readImage(image: string, most: number): Uint8Array {
  if (image.length > Math.ceil(most / 3) * 4)
    throw new AppError('BAD_USER_INPUT', { field: 'image', reason: 'REGISTRATION_IMAGE_TOO_LARGE' });
  const bytes = readBase64(image, 'image');
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (!start.startsWith('ffd8ff') && start !== '89504e470d0a1a0a')
    throw new AppError('BAD_USER_INPUT', { field: 'image' });
  return bytes;
}
