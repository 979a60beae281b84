import { describe, expect, it } from 'vitest';
import { checkClaimsAgree } from './check-claims-agree.ts';
import { broken, lawful } from './lawful.fixture.ts';

describe('claims are identical wherever a field stands', () => {
  it('accepts a lawful schema', () => {
    expect(checkClaimsAgree(lawful())).toEqual([]);
  });

  it('refuses an interface and a kind that differ', () => {
    const onCitizen =
      'subject: ID! @inaccessible @open(reason: "hidden key")\n      "Name. Vi: Tên." name: String';
    expect(
      checkClaimsAgree(
        broken('population', `${onCitizen} @claim(id: "name"`, `${onCitizen} @claim(id: "kind"`),
      ),
    ).toEqual(['Citizen.name in population and Person.name in population carry different claims.']);
  });

  it('refuses two subgraphs that differ on a field', () => {
    expect(checkClaimsAgree(broken('population', 'reason: "hidden key"', 'reason: "other"'))).toContain(
      'Citizen.subject in population and Citizen.subject in accounts carry different claims.',
    );
  });

  it('refuses two subgraphs that differ on a type', () => {
    expect(checkClaimsAgree(broken('population', 'id: "kind"', 'id: "name"'))).toContain(
      'Citizen in population and Citizen in accounts carry different claims.',
    );
  });

  it('treats the default of self as written', () => {
    expect(checkClaimsAgree(broken('population', 'id: "kind",', 'id: "kind", self: "LEVEL_2",'))).toEqual([]);
  });

  it('refuses two descriptions of one field', () => {
    expect(checkClaimsAgree(broken('population', '"Key. Vi: Khóa."', '"A key. Vi: Khóa."'))).toContain(
      'Citizen.subject in population and Citizen.subject in accounts are described differently.',
    );
  });
});
