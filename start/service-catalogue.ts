import { service as accessLog } from '@dinhdanh/access-log';
import { seed as seedAccessLog } from '@dinhdanh/access-log/seed';
import { service as accounts } from '@dinhdanh/accounts';
import { seed as seedAccounts } from '@dinhdanh/accounts/seed';
import { service as drivingLicences } from '@dinhdanh/driving-licences';
import { seed as seedDrivingLicences } from '@dinhdanh/driving-licences/seed';
import { service as immigration } from '@dinhdanh/immigration';
import { seed as seedImmigration } from '@dinhdanh/immigration/seed';
import type { Seed, Service } from '@dinhdanh/kit';
import { service as population } from '@dinhdanh/population';
import { seed as seedPopulation } from '@dinhdanh/population/seed';
import { service as sharing } from '@dinhdanh/sharing';
import { seed as seedSharing } from '@dinhdanh/sharing/seed';
import { service as socialInsurance } from '@dinhdanh/social-insurance';
import { seed as seedSocialInsurance } from '@dinhdanh/social-insurance/seed';
import { service as vehicles } from '@dinhdanh/vehicles';
import { seed as seedVehicles } from '@dinhdanh/vehicles/seed';
import type { ServiceName } from './service-names.ts';

/** A service and what fills its database with synthetic people. */
export interface CatalogueEntry {
  readonly service: Service;
  readonly seed: Seed;
}

/** Every service this repository holds. */
export const serviceCatalogue: Readonly<Record<ServiceName, CatalogueEntry>> = {
  population: { service: population, seed: seedPopulation },
  immigration: { service: immigration, seed: seedImmigration },
  'driving-licences': { service: drivingLicences, seed: seedDrivingLicences },
  vehicles: { service: vehicles, seed: seedVehicles },
  'social-insurance': { service: socialInsurance, seed: seedSocialInsurance },
  accounts: { service: accounts, seed: seedAccounts },
  sharing: { service: sharing, seed: seedSharing },
  'access-log': { service: accessLog, seed: seedAccessLog },
};
