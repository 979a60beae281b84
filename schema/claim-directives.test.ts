import { describe, expect, it } from 'vitest';
import { claimsOf } from './claim-directives.ts';
import { publicSchema, readSupergraph } from './subgraph-files.ts';

const claims = claimsOf(publicSchema(readSupergraph()));

describe('claimsOf the committed supergraph', () => {
  it.each(['Person.fullName', 'Citizen.fullName', 'ForeignResident.fullName'])(
    'finds the claim of %s',
    (name) => {
      expect(claims.get(name)).toEqual({
        kind: 'claim',
        id: 'identity.basic',
        self: 'LEVEL_1',
        share: 'ALLOWED',
        class: 'BASIC',
        law: '26/2023/QH15 Điều 9 khoản 1',
      });
    },
  );

  it('fills in LEVEL_2 where a claim does not say', () => {
    expect(claims.get('Vehicle.plate')).toMatchObject({ self: 'LEVEL_2' });
  });

  it('finds what is open, and why', () => {
    expect(claims.get('Source.database')).toEqual({
      kind: 'open',
      reason: expect.stringContaining('source'),
    });
  });

  it('finds the claims of __typename', () => {
    expect(claims.get('Person')).toMatchObject({ id: 'identity.kind' });
    expect(claims.get('Document')).toMatchObject({ id: 'document.kind' });
    expect(claims.get('RetainedPlate')).toMatchObject({ id: 'vehicle.retained' });
  });

  it('gives fields that return objects no claim of their own', () => {
    expect(claims.has('Person.vehicles')).toBe(false);
  });

  it.each([
    ['Citizen.deathDate', 'NEVER', 'AUTHORITY'],
    ['Person.entryBanned', 'NEVER', 'AUTHORITY'],
    ['PopulationChange.kind', 'NEVER', 'NEVER'],
    ['DrivingLicence.heldOrSuspended', undefined, undefined],
    ['LicenceHold.kind', 'LEVEL_2', 'NEVER'],
    ['LicencePoints.value', 'LEVEL_2', 'NEVER'],
    ['Citizen.religion', 'LEVEL_2', 'SEPARATE_TICK'],
    ['ContributionPeriod.salaryBase', 'LEVEL_2', 'SEPARATE_TICK'],
  ])('%s: self %s, share %s', (coordinate, self, share) => {
    const access = claims.get(coordinate);
    expect(access?.kind === 'claim' ? [access.self, access.share] : [undefined, undefined]).toEqual([
      self,
      share,
    ]);
  });
});

describe('the public schema', () => {
  const schema = publicSchema(readSupergraph());

  it('has none of the hidden keys and attestations', () => {
    const hidden = Object.values(schema.getTypeMap())
      .flatMap((type) => ('getFields' in type ? Object.keys(type.getFields()) : []))
      .filter((name) => ['subject', 'ref', 'holder'].includes(name));
    expect(hidden).toEqual([]);
  });

  it('has no root that reads a record by a number; the access log alone is searched by one, and declarations compared by one', () => {
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).toSorted()).toEqual([
      'accessAlerts',
      'accessExport',
      'accessHistory',
      'accessLog',
      'accessLogServed',
      'accessLogStatus',
      'accessNotices',
      'accessProof',
      'accessStatistics',
      'accountsChanges',
      'accountsServed',
      'consent',
      'drivingLicenceChanges',
      'drivingLicencesServed',
      'immigrationChanges',
      'immigrationServed',
      'matchCitizen',
      'matchForeignResident',
      'me',
      'person',
      'populationChanges',
      'populationServed',
      'purposes',
      'registration',
      'registrationRules',
      'relyingParties',
      'relyingPartyApplications',
      'shareRequest',
      'sharingServed',
      'socialInsuranceChanges',
      'socialInsuranceServed',
      'vehicleChanges',
      'vehiclesServed',
    ]);
  });
});
