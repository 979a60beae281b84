import type { Random } from './random.ts';

/** What the gateway tells of one release, as `POST /append` of the access log takes it. */
export interface ReleaseEntry {
  readonly requestId: string;
  readonly [field: string]: unknown;
}

/** What is released together: a few kinds of requests, as there are in life. */
const REQUESTS = [
  {
    purpose: 'hotel_check_in',
    claims: ['age.over(years:18)', 'identity.name'],
    sources: ['accounts', 'population'],
  },
  {
    purpose: 'hotel_check_in',
    claims: ['identity.name', 'passport'],
    sources: ['accounts', 'immigration', 'population'],
  },
  {
    purpose: 'bank_account_opening',
    claims: ['identity.name', 'identity.number'],
    sources: ['accounts', 'population'],
  },
  {
    purpose: 'bank_account_opening',
    claims: ['insurance.number'],
    sources: ['accounts', 'social-insurance'],
  },
  {
    purpose: 'vehicle_rental',
    claims: ['driving', 'identity.name'],
    sources: ['accounts', 'driving-licences', 'population'],
  },
  {
    purpose: 'vehicle_sale',
    claims: ['identity.name', 'vehicle'],
    sources: ['accounts', 'population', 'vehicles'],
  },
] as const;

/** How many persons there are whose data is read: each has a key of their own for what is kept encrypted. */
const PERSONS = 2_000;

/**
 * A release by chance: of one or a few persons that nobody is, by an office or a business that there is none of.
 * @param details which share of them has something kept encrypted beside it
 */
export function sampleRelease(random: Random, requestId: string, details: number): ReleaseEntry {
  const persons = random.next() < 0.9 ? 1 : random.between(2, 5);
  const subjects = new Set(
    Array.from({ length: persons }, () => `098${String(random.between(0, PERSONS)).padStart(9, '0')}`),
  );
  const business = random.between(1, 40);
  return {
    time: new Date().toISOString(),
    event: 'intent',
    actor: { kind: 'relying_party', id: `business-${business}`, session: null, name: `Business ${business}` },
    subjects: [...subjects],
    ...random.pick(REQUESTS),
    legalBasis: 'Law 91/2025/QH15, art. 9',
    consentId: `consent-${random.between(1, 9999)}`,
    caseId: null,
    refusal: null,
    operationHash: null,
    policyVersion: 'experiment-1',
    requestId,
    level: 2,
    completes: null,
    ...(random.next() < details
      ? { detail: { fields: ['person.fullName', 'person.ageOver'], address: null, device: null } }
      : {}),
  };
}
