import { legalDateOf } from '@dinhdanh/kit';
import { stepsOf } from './machine.ts';
import { isOfAge } from './policy/levels.ts';
import { limitsOn } from './policy/thresholds.ts';
import { reasonOf } from './reasons.ts';
import type { ReasonCode } from './reasons.ts';
import type { ReasonRow, Registration } from './registration.ts';

/** What else a decision rests on: how things stand at this moment, each a fact of one statement. */
export interface Standing {
  /** Whether the number has an account, or one that is approved and not activated. */
  readonly accountExists: boolean;
  /** The level of that account. */
  readonly accountLevel: 0 | 1 | 2;
  /** Whether it is one that can be changed: in use or locked, with somebody who signs in. */
  readonly canChange: boolean;
  /** Whether the phone belongs to another person's account. */
  readonly phoneOfAnother: boolean;
  /** Whether who began it represents the ward, as population has told. */
  readonly isRepresentative: boolean;
  /** Registrations of other numbers with the same face. */
  readonly sameFace: number;
}

/** What is decided: at once where the evidence is complete, by an officer everywhere else. */
export type Verdict =
  | { readonly event: 'APPROVE' }
  | { readonly event: 'REJECT'; readonly reasons: readonly ReasonRow[] }
  | { readonly event: 'REVIEW'; readonly reasons: readonly ReasonRow[] };

/** Decides a registration that was sent in. What refuses goes before what an officer has to look at. */
export function decide(registration: Registration, standing: Standing, receivedAt: Date): Verdict {
  const refused = [...dataReasons(registration), ...personReasons(registration, standing, receivedAt)];
  if (refused.length > 0) return { event: 'REJECT', reasons: refused };
  const doubtful = doubts(registration, standing, receivedAt).map((code) => reasonOf(code));
  return doubtful.length > 0 ? { event: 'REVIEW', reasons: doubtful } : { event: 'APPROVE' };
}

/** What the database or the chip contradicts, field by field. */
function dataReasons(registration: Registration): ReasonRow[] {
  const { match, chip } = registration;
  if (!stepsOf(registration).includes('MATCH')) return [];
  const differing = [...new Set([...(match?.differing ?? []), ...(chip?.differing ?? [])])];
  if (differing.length > 0) return differing.map((field) => reasonOf('DATA_MISMATCH', 'IDENTITY', field));
  return match?.level === 'FULL' ? [] : [reasonOf('DATA_MISMATCH', 'IDENTITY')];
}

function personReasons(registration: Registration, standing: Standing, receivedAt: Date): ReasonRow[] {
  const { purpose, kind, level, channel, identity, biometrics } = registration;
  if (kind === 'ORGANISATION') return [];
  const reasons: ReasonRow[] = [];
  const day = legalDateOf(receivedAt);
  // What is given in this way from an age on is got back into in this way from that age on.
  const asked = { kind, level: level ?? 1, channel } as const;
  const declares = stepsOf(registration).includes('IDENTITY');
  if (declares && (identity === null || !isOfAge(asked, identity.dateOfBirth, day)))
    reasons.push(reasonOf('NOT_ELIGIBLE', 'IDENTITY', 'dateOfBirth'));
  if (purpose !== 'ACCOUNT') {
    if (!standing.canChange) reasons.push(reasonOf('NO_ACCOUNT', 'CONTACT'));
    // Somebody who has an account asks for the next level of it; everybody else already has what they ask for.
  } else if (standing.accountExists && (level === null || standing.accountLevel >= level))
    reasons.push(reasonOf('ACCOUNT_EXISTS', 'CONTACT'));
  if (standing.phoneOfAnother && !isRepresented(registration))
    reasons.push(reasonOf('PHONE_IN_USE', 'CONTACT', 'phone'));
  if (biometrics?.same === false) reasons.push(reasonOf('FACE_MISMATCH', 'BIOMETRICS'));
  return reasons;
}

function doubts(registration: Registration, standing: Standing, receivedAt: Date): ReasonCode[] {
  const { kind, chip, face, signs } = registration;
  if (kind === 'ORGANISATION') return ['ORGANISATION_REVIEW'];
  const found: ReasonCode[] = [];
  if (isRepresented(registration) && !standing.isRepresentative) found.push('NOT_REPRESENTATIVE');
  const needsFace = stepsOf(registration).includes('PORTRAIT');
  if (needsFace && chip === null) found.push('NO_REFERENCE_FACE');
  if (needsFace && chip !== null && face?.outcome !== 'SAME') found.push('FACE_UNSURE');
  const { sameFace } = limitsOn(legalDateOf(receivedAt));
  if (signs.length > 0 || standing.sameFace >= sameFace) found.push('SUSPECTED_FRAUD');
  return found;
}

/** Whether somebody else registers for the person. */
export function isRepresented({ kind }: Pick<Registration, 'kind'>): boolean {
  return kind === 'CHILD' || kind === 'WARD';
}
