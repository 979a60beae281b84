import { validOn } from './dated.ts';
import type { Dated } from './dated.ts';

/** What beginnings of registrations are counted by. */
export type VelocityKind = 'device' | 'phone' | 'source' | 'prefix' | 'number';

/** How many registrations within some hours are looked at, and how many are refused. */
export interface VelocityRow extends Dated {
  readonly kind: VelocityKind;
  readonly hours: number;
  /** From this many on the registration is reviewed by an officer and an alarm raised. */
  readonly review: number;
  /** From this many on another is not begun; null never refuses. */
  readonly refuse: number | null;
}

/** Numbers that are ours to choose and to change by a row. */
export interface LimitsRow extends Dated {
  /** How long a registration that was begun may be filled in. */
  readonly draftDays: number;
  /** How long an applicant’s session lives. */
  readonly sessionDays: number;
  /** How long a chip has to answer. */
  readonly challengeSeconds: number;
  /** Portraits that may be taken before an officer looks at the last one. */
  readonly portraitTries: number;
  /** Bytes of a portrait. */
  readonly portraitBytes: number;
  /** Other registrations with the same face from which on an officer looks. */
  readonly sameFace: number;
  /** Registrations begun by everybody together within ten minutes from which on an alarm is raised. */
  readonly begunForAlarm: number;
}

const OURS: Dated = { law: 'own policy', validFrom: '2021-11-08', validTo: null };

/** The thresholds. Households share devices and addresses, and numbers of one place and year share a prefix. */
export const velocityRows: readonly VelocityRow[] = [
  { ...OURS, kind: 'device', hours: 24, review: 5, refuse: 20 },
  { ...OURS, kind: 'phone', hours: 24, review: 5, refuse: 10 },
  { ...OURS, kind: 'number', hours: 24, review: 10, refuse: null },
  { ...OURS, kind: 'source', hours: 1, review: 50, refuse: 500 },
  { ...OURS, kind: 'prefix', hours: 1, review: 100, refuse: null },
];

const limitsRows: readonly LimitsRow[] = [
  {
    ...OURS,
    draftDays: 7,
    sessionDays: 30,
    challengeSeconds: 300,
    portraitTries: 5,
    portraitBytes: 64 * 1024,
    sameFace: 1,
    begunForAlarm: 2_000,
  },
];

/** The limits of a legal day. */
export function limitsOn(day: string): LimitsRow {
  const [row = limitsRows[0]] = validOn(limitsRows, day);
  return row as LimitsRow;
}

/** The thresholds of a legal day. */
export function velocityOn(day: string): VelocityRow[] {
  return validOn(velocityRows, day);
}
