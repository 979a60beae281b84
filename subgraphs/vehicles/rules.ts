/** How a plate is read: the same letters and digits are grouped otherwise on a motorcycle. */
export type PlateShape = 'CAR' | 'MOTORCYCLE';

/** The shape of the plate on a vehicle of this type. */
export function plateShapeOf(vehicleType: string): PlateShape {
  return vehicleType === 'MOTORCYCLE' || vehicleType === 'MOPED' ? 'MOTORCYCLE' : 'CAR';
}

/** A plate without separators, in capitals, as people type it: `30a-123.45` is `30A12345`. */
export function normalPlate(text: string): string {
  return text.replace(/[-.\s]/g, '').toUpperCase();
}

const SERIES = {
  CAR: /^(\d{2}[A-Z]{1,2})(\d{4,5})$/,
  MOTORCYCLE: /^(\d{2}[A-Z][A-Z\d])(\d{4,5})$/,
} as const;

/**
 * A plate as it is written, `30A-123.45`, `59X1-123.45` or the old `29A-1234`, out of its normal form; null where it is
 * no plate of that shape. The shape is needed: `29H11234` is `29H-112.34` on a car and `29H1-1234` on a motorcycle.
 */
export function displayPlate(normal: string, shape: PlateShape): string | null {
  const [, series, digits] = SERIES[shape].exec(normal) ?? [];
  if (series === undefined || digits === undefined) return null;
  return digits.length === 4 ? `${series}-${digits}` : `${series}-${digits.slice(0, 3)}.${digits.slice(3)}`;
}

/** The code of the province that issued a plate: its first two digits. */
export function plateProvince(plate: string): string {
  return plate.slice(0, 2);
}

/** How long an owner may keep a plate without a vehicle, in years (Circular 79/2024/TT-BCA). */
const RETENTION_YEARS = 5;

/** The days between which a plate taken off on a day stays with its owner. */
export function retention(takenOff: string): {
  readonly retainedFrom: string;
  readonly retainedUntil: string;
} {
  const year = Number(takenOff.slice(0, 4)) + RETENTION_YEARS;
  // Five years after a 29 February there is none.
  const day = takenOff.slice(4) === '-02-29' ? '-02-28' : takenOff.slice(4);
  return { retainedFrom: takenOff, retainedUntil: `${year}${day}` };
}

/** Whether a kept plate is still its owner's on a day; afterwards it has gone back to the stock. */
export function isRetained(plate: { readonly retainedUntil: string | null }, today: string): boolean {
  return plate.retainedUntil !== null && plate.retainedUntil >= today;
}

/** An inspection as far as its validity goes. */
export interface DatedInspection {
  readonly date: string;
  readonly validTo: string;
  readonly result: string;
}

/** Whether a vehicle may be driven on a day by this inspection (Circular 37/2026/TT-BXD). */
export function isInspectionValid(inspection: DatedInspection, today: string): boolean {
  return inspection.result === 'PASSED' && inspection.date <= today && today <= inspection.validTo;
}
