// One record type per registry, in the field names and enum values of the schema. Dates are ISO text
// (`2026-11-21`), partial dates may be shorter (`1950`), instants are UTC (`2026-11-21T03:00:00Z`), money is whole đồng.

import type { PopulationRecord } from './population-record.ts';
import type { ImmigrationRecord } from './immigration-record.ts';
import type { DrivingLicenceRecord, RetainedPlateRecord, VehicleRecord } from './traffic-records.ts';
import type { HealthInsuranceRecord, SocialInsuranceRecord } from './insurance-records.ts';
import type { AccountRecord } from './account-record.ts';

export type * from './basic-records.ts';
export type * from './population-record.ts';
export type * from './immigration-record.ts';
export type * from './traffic-records.ts';
export type * from './insurance-records.ts';
export type * from './account-record.ts';

/** One person with the record each registry holds; what is not asked for is not computed. */
export interface SyntheticPerson {
  readonly index: number;
  readonly kind: 'CITIZEN' | 'FOREIGN_RESIDENT';
  readonly account: AccountRecord | undefined;
  readonly population: PopulationRecord | undefined;
  readonly immigration: ImmigrationRecord | undefined;
  readonly drivingLicences: readonly DrivingLicenceRecord[];
  readonly vehicles: readonly VehicleRecord[];
  readonly retainedPlates: readonly RetainedPlateRecord[];
  readonly socialInsurance: SocialInsuranceRecord | undefined;
  readonly healthInsurance: HealthInsuranceRecord | undefined;
}
