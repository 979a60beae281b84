/** The profile of one person over the five registries, as the screens ask it in their first request. */
export const profileQuery = `query Profile { person {
  __typename fullName dateOfBirth sex personalNumber permanentResidence { text asOf source { database fetchedAt } }
  passports { number holderName }
  drivingLicences { number classes { class } source { database agency fetchedAt } }
  vehicles { plate brand }
  socialInsurance { number } healthInsurance { number }
} }`;

/** The registries that answer it. */
export const profileServices = [
  'population',
  'immigration',
  'driving-licences',
  'vehicles',
  'social-insurance',
] as const;
