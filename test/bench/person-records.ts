import type { SyntheticPerson } from '@dinhdanh/people';

/** What each registry holds of a person, by service, under the fields of the schema. */
export function recordsOf(person: SyntheticPerson): Readonly<Record<string, unknown>> {
  const { socialInsurance, healthInsurance, drivingLicences, vehicles, population, immigration } = person;
  return {
    population,
    // An immigration record names a citizen too, but there only a foreigner's fields are part of the schema.
    immigration: immigration ?? { passports: [], visas: [] },
    'driving-licences': { drivingLicences },
    vehicles: { vehicles },
    'social-insurance': {
      socialInsurance: socialInsurance ?? null,
      healthInsurance: healthInsurance ?? null,
    },
  };
}
