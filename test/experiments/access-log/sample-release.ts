import type { Random } from './random.ts';

/** What the gateway tells of one release, as `POST /append` of the access log takes it. */
export interface ReleaseEntry {
  readonly requestId: string;
  readonly [field: string]: unknown;
}

const CLAIMS = ['age.over(years:18)', 'driving', 'identity.basic', 'insurance.number', 'passport', 'vehicle'];
const SOURCES = ['driving-licences', 'population', 'social-insurance', 'vehicles'];
const PURPOSES = ['hotel_check_in', 'bank_account_opening', 'vehicle_rental'];

/** A release by chance: of one or a few persons that nobody is, by an office or a business that there is none of. */
export function sampleRelease(random: Random, requestId: string): ReleaseEntry {
  const some = <Item>(items: readonly Item[]): Item[] => items.filter(() => random.next() < 0.4);
  const persons = random.next() < 0.9 ? 1 : random.between(2, 5);
  const subjects = new Set(
    Array.from({ length: persons }, () => `098${String(random.between(0, 999_999_999)).padStart(9, '0')}`),
  );
  const business = random.between(1, 40);
  return {
    time: new Date().toISOString(),
    event: 'intent',
    actor: { kind: 'relying_party', id: `business-${business}`, session: null, name: `Business ${business}` },
    subjects: [...subjects],
    purpose: random.pick(PURPOSES),
    legalBasis: 'Law 91/2025/QH15, art. 9',
    consentId: `consent-${random.between(1, 9999)}`,
    caseId: null,
    claims: ['identity.name', ...some(CLAIMS)].toSorted(),
    sources: ['accounts', ...some(SOURCES)],
    refusal: null,
    operationHash: null,
    policyVersion: 'experiment-1',
    requestId,
    level: 2,
    completes: null,
    ...(random.next() < 0.3
      ? { detail: { fields: ['person.fullName', 'person.ageOver'], address: null, device: null } }
      : {}),
  };
}
