import type { RowHolder, Verified } from './basic-records.ts';

/** Groups of vehicles whose points are counted apart. */
export type VehicleGroup = 'MOTORCYCLE' | 'CAR';

/** One class of a licence. */
export interface LicenceClassRecord {
  readonly class: string;
  readonly scheme: 'PRE_2025' | 'LAW_2024';
  readonly passDate: string;
  readonly issueDate: string;
  readonly expiryDate: string | null;
}

/** A driving licence with everything that hangs on it. */
export interface DrivingLicenceRecord extends Verified {
  readonly ref: string;
  readonly holder: RowHolder;
  readonly number: string;
  readonly status: 'VALID' | 'EXPIRED' | 'NOT_VALID';
  readonly classes: readonly LicenceClassRecord[];
  readonly restrictions: readonly { readonly code: string; readonly text: string }[];
  readonly issuingAuthority: string;
  readonly issueDate: string;
  readonly points: readonly {
    readonly group: VehicleGroup;
    readonly value: number;
    readonly lastDeductionAt: string | null;
    readonly restoreAt: string | null;
  }[];
  /** Latest first. */
  readonly deductions: readonly {
    readonly date: string;
    readonly points: number;
    readonly group: VehicleGroup;
    readonly article: string;
    readonly decisionNo: string;
  }[];
  readonly heldOrSuspended: {
    readonly kind: 'SUSPENDED' | 'TEMP_HELD' | 'REVOKED' | 'ZERO_POINTS';
    readonly from: string;
    readonly until: string | null;
    readonly authority: string;
    readonly decisionNo: string;
  } | null;
}

/** Kind of plate. */
export type PlateKind = 'IDENTITY' | 'AUCTION' | 'LEGACY';

/** Colour of a plate. */
export type PlateColour = 'WHITE' | 'YELLOW' | 'BLUE' | 'RED';

/** A vehicle and the plate on it. */
export interface VehicleRecord extends Verified {
  readonly ref: string;
  readonly holder: RowHolder;
  readonly plate: string;
  readonly plateRecord: {
    readonly plate: string;
    readonly kind: PlateKind;
    readonly colour: PlateColour;
    readonly provinceCode: string;
    readonly attachedFrom: string;
    readonly attachedTo: string | null;
  };
  readonly registrationNumber: string;
  readonly issueDate: string;
  readonly place: string;
  readonly type: 'CAR' | 'BUS' | 'TRUCK' | 'TRAILER' | 'MOTORCYCLE' | 'MOPED' | 'OTHER';
  readonly brand: string;
  readonly model: string;
  readonly colour: string;
  readonly year: number;
  readonly seats: number;
  readonly fuel: 'PETROL' | 'DIESEL' | 'ELECTRIC' | 'HYBRID' | 'GAS' | 'OTHER';
  readonly chassisNumber: string;
  readonly engineNumber: string;
  readonly ownerKind: 'PERSON' | 'ORGANISATION' | 'TRANSPORT';
  readonly inspection: {
    readonly certificateNo: string;
    readonly centre: string;
    readonly date: string;
    readonly validTo: string;
    readonly result: 'PASSED' | 'FAILED';
  } | null;
  readonly mandatoryInsurance: {
    readonly insurer: string;
    readonly number: string;
    readonly validTo: string;
  } | null;
}

/** A plate its owner keeps without a vehicle, for five years. */
export interface RetainedPlateRecord extends Verified {
  readonly holder: RowHolder;
  readonly plate: string;
  readonly kind: PlateKind;
  readonly colour: PlateColour;
  readonly provinceCode: string;
  readonly retainedFrom: string;
  readonly retainedUntil: string;
}
