/** A class of a licence as far as validity goes. `expiryDate` null: never ends. */
export interface DatedClass {
  readonly expiryDate: string | null;
}

/** What stops a licence, as its row has it; all null where nothing ever did. `holdUntil` null: open. */
export interface Hold {
  readonly holdKind: string | null;
  readonly holdUntil: string | null;
}

/** Whether a licence allows to drive today: never why not, which is told by `heldOrSuspended` alone. */
export type LicenceStatus = 'VALID' | 'EXPIRED' | 'NOT_VALID';

/** Whether something stops a licence on a day: a suspension ends with its last day, without anybody's doing. */
export function isHeld({ holdKind, holdUntil }: Hold, today: string): boolean {
  return holdKind !== null && (holdUntil === null || today <= holdUntil);
}

/**
 * The status of a licence on a day (`YYYY-MM-DD`, Viet Nam). Held, suspended, revoked or without points: not valid;
 * all classes past their date: expired (Law 36/2024/QH15, art. 57–58, 62).
 */
export function licenceStatus(hold: Hold, classes: readonly DatedClass[], today: string): LicenceStatus {
  if (isHeld(hold, today)) return 'NOT_VALID';
  const expired = classes.every(({ expiryDate }) => expiryDate !== null && expiryDate < today);
  return classes.length > 0 && expired ? 'EXPIRED' : 'VALID';
}

/** A class of a licence as far as its vehicles go: the letters say nothing without the scheme. */
export interface HeldClass extends DatedClass {
  readonly class: string;
  readonly scheme: string;
  readonly issueDate: string;
}

/** A licence with its classes. */
export interface ClassedLicence extends Hold {
  readonly classes: readonly HeldClass[];
}

/** Whether any licence allows to drive vehicles of a class on a day: given by then, not past its date, nothing stopping it. */
export function holdsClass(
  licences: readonly ClassedLicence[],
  wanted: Pick<HeldClass, 'class' | 'scheme'>,
  today: string,
): boolean {
  return licences.some(
    (licence) =>
      !isHeld(licence, today) &&
      licence.classes.some(
        (held) =>
          held.class === wanted.class &&
          held.scheme === wanted.scheme &&
          held.issueDate <= today &&
          (held.expiryDate === null || today <= held.expiryDate),
      ),
  );
}

/** The points of one group of vehicles. */
export interface Points {
  readonly group: string;
  readonly value: number;
}

/** The points of a group after an offence, and when twelve come back: a year later, or by a test alone once none is left. */
export function pointsAfter(
  value: number,
  deducted: number,
  on: string,
): { readonly value: number; readonly lastDeductionAt: string; readonly restoreAt: string | null } {
  const left = Math.max(0, value - deducted);
  return { value: left, lastDeductionAt: on, restoreAt: left === 0 ? null : yearAfter(on) };
}

/** Whether a licence is stopped for want of points: no group of vehicles has any left. */
export function isOutOfPoints(points: readonly Points[]): boolean {
  return points.length > 0 && points.every(({ value }) => value === 0);
}

function yearAfter(day: string): string {
  const rest = day.slice(4) === '-02-29' ? '-02-28' : day.slice(4);
  return `${Number(day.slice(0, 4)) + 1}${rest}`;
}
