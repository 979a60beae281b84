/** The profile: something of every registry, as the first screen of an app would show it. */
export const PROFILE = `query Profile { person {
  __typename personalNumber fullName dateOfBirth sex nationality
  permanentResidence { text }
  identityCard { cardNumber documentType issueDate expiryDate cardStatus }
  passports { number issueDate expiryDate }
  drivingLicences { number status issueDate classes { class scheme expiryDate } points { group value } }
  vehicles { plate type brand model year inspection { validTo } }
  socialInsurance { number status totalMonths }
  healthInsurance { number benefitLevel validFrom validTo }
} }`;
