/** What entries of the bench have in common: skewed, as a country's would be. */
export interface BenchFacet {
  readonly event: string;
  readonly actorKind: string;
  readonly purpose: string;
  readonly outcome: string;
  readonly refusal: string | null;
  readonly claims: readonly string[];
  readonly sources: readonly string[];
  readonly withConsent: boolean;
  readonly delayed: boolean;
  /** How many of a million entries. */
  readonly weight: number;
}

const profile = ['identity.basic', 'identity.number', 'residence.permanent'];
const documents = ['passport', 'driving', 'vehicle', 'insurance.number', 'health.card'];
const claimSets = [
  ['age.over(years:18)'],
  ['age.over(years:16)', 'identity.basic'],
  ['identity.basic'],
  ['identity.basic', 'identity.number'],
  profile,
  ...documents.map((document) => ['identity.basic', document]),
  ...documents.map((document) => [...profile, document]),
  [...documents.slice(0, 3), 'identity.basic'],
  [...documents, ...profile],
];
const purposes = [
  'hotel_check_in',
  'bank_account',
  'sim_registration',
  'vehicle_hire',
  'employment',
  'school',
];
const sources = ['immigration', 'population', 'social-insurance'];

const facet = (given: Partial<BenchFacet> & { weight: number }): BenchFacet => ({
  event: 'intent',
  actorKind: 'person',
  purpose: 'profile_view',
  outcome: 'released',
  refusal: null,
  claims: profile,
  sources,
  withConsent: false,
  delayed: false,
  ...given,
  ...(given.claims === undefined ? {} : { claims: given.claims.toSorted() }),
});

/** Shares of a weight that fall off with the place, the last a thousandth of the first. */
function falling(total: number, count: number): number[] {
  const raw = Array.from({ length: count }, (_, place) => 1000 ** (-place / Math.max(1, count - 1)));
  const sum = raw.reduce((one, other) => one + other, 0);
  return raw.map((share) => (total * share) / sum);
}

function spread(total: number, made: readonly Omit<Partial<BenchFacet>, 'weight'>[]): BenchFacet[] {
  return falling(total, made.length).map((weight, place) => facet({ ...made[place], weight }));
}

const consents = claimSets.flatMap((claims) =>
  purposes.map((purpose) => ({ actorKind: 'relying_party', purpose, claims, withConsent: true })),
);

/** Some two hundred combinations; the rarest are some entries in a million. */
export const benchFacets: readonly BenchFacet[] = [
  ...spread(
    550_000,
    claimSets.map((claims) => ({ claims })),
  ),
  ...spread(280_000, consents),
  ...spread(
    60_000,
    claimSets.map((claims) => ({ actorKind: 'representative', claims, purpose: 'ward_view' })),
  ),
  ...spread(
    80_000,
    claimSets.map((claims) => ({ actorKind: 'officer', claims, purpose: 'case_work' })),
  ),
  ...spread(
    25_000,
    ['NOT_PERMITTED', 'CONSENT_WITHDRAWN', 'CONSENT_EXPIRED', 'LEVEL_REQUIRED', 'SOURCE_UNAVAILABLE'].flatMap(
      (refusal) =>
        ['relying_party', 'person', 'officer'].map((actorKind) => ({
          event: 'denied',
          outcome: 'refused',
          refusal,
          actorKind,
        })),
    ),
  ),
  facet({
    event: 'audit-read',
    actorKind: 'auditor',
    purpose: 'log_audit',
    claims: ['access.audit'],
    weight: 3000,
  }),
  facet({
    event: 'consent-change',
    outcome: 'recorded',
    purpose: 'consent',
    claims: ['passport'],
    weight: 1000,
  }),
  facet({
    event: 'aborted',
    outcome: 'undelivered',
    actorKind: 'relying_party',
    withConsent: true,
    weight: 800,
  }),
  facet({ actorKind: 'authority', purpose: 'investigation', delayed: true, weight: 150 }),
  facet({ actorKind: 'officer', purpose: 'case_work', claims: ['biometrics.face'], weight: 5 }),
];
