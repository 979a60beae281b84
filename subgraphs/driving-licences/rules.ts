/** A class of a licence as far as validity goes. `expiryDate` null: never ends. */
export interface DatedClass {
  readonly expiryDate: string | null;
}

/** Whether a licence allows to drive today: never why not, which is told by `heldOrSuspended` alone. */
export type LicenceStatus = 'VALID' | 'EXPIRED' | 'NOT_VALID';

/**
 * The status of a licence on a day (`YYYY-MM-DD`, Viet Nam). Held, suspended, revoked or without points: not valid;
 * all classes past their date: expired (Law 36/2024/QH15, art. 57–58, 62).
 */
export function licenceStatus(
  holdKind: string | null,
  classes: readonly DatedClass[],
  today: string,
): LicenceStatus {
  if (holdKind !== null) return 'NOT_VALID';
  const expired = classes.every(({ expiryDate }) => expiryDate !== null && expiryDate < today);
  return classes.length > 0 && expired ? 'EXPIRED' : 'VALID';
}
