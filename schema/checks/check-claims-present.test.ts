import { describe, expect, it } from 'vitest';
import { checkClaimsPresent } from './check-claims-present.ts';
import { broken, lawful } from './lawful.fixture.ts';

const plate = '@claim(id: "vehicle", share: "ALLOWED", class: "BASIC", law: "1/2024")';

describe('every leaf says who may read it', () => {
  it('accepts a lawful schema', () => {
    expect(checkClaimsPresent(lawful())).toEqual([]);
  });

  it('refuses a leaf with neither @claim nor @open', () => {
    expect(checkClaimsPresent(broken('vehicles', plate, ''))).toContain(
      'Vehicle.plate in vehicles says neither @claim nor @open: who may read it?',
    );
  });

  it('refuses a leaf with both', () => {
    expect(checkClaimsPresent(broken('vehicles', plate, `${plate} @open(reason: "none")`))).toEqual([
      'Vehicle.plate in vehicles carries 2 of @claim and @open: exactly one must stand.',
    ]);
  });

  it('refuses a claim on a field that returns an object', () => {
    expect(checkClaimsPresent(broken('vehicles', '[Vehicle!]', `[Vehicle!] ${plate}`))).toEqual([
      'Person.vehicles in vehicles returns an object: its leaves carry @claim or @open, not it.',
    ]);
  });

  it('refuses a leaf without a claim on an interface too', () => {
    const name = '@claim(id: "name", share: "ALLOWED", class: "BASIC", law: "1/2024")';
    expect(checkClaimsPresent(broken('population', name, ''))).toContain(
      'Person.name in population says neither @claim nor @open: who may read it?',
    );
  });

  it('refuses a record whose mere presence has no claim', () => {
    const claim = 'type Vehicle @claim(id: "vehicle", share: "ALLOWED", class: "BASIC")';
    expect(checkClaimsPresent(broken('vehicles', claim, 'type Vehicle'))).toEqual([
      'Vehicle in vehicles has no @claim for its __typename: who may learn that it is there?',
    ]);
  });

  it('takes rules that say nothing of a person, however they nest, and no type that leads to a record', () => {
    const rules = 'type Rule { text: Text more: [Rule!] } type Text { vi: String @open(reason: "a text") }';
    const vehicle = 'type Vehicle @claim';
    expect(checkClaimsPresent(broken('vehicles', vehicle, `${rules} ${vehicle}`))).toEqual([]);
    expect(checkClaimsPresent(broken('vehicles', vehicle, `type Rule { of: Vehicle } ${vehicle}`))).toEqual([
      'Rule in vehicles has no @claim for its __typename: who may learn that it is there?',
    ]);
  });

  it('refuses two claims on one type', () => {
    const claim = 'type Vehicle @claim(id: "vehicle", share: "ALLOWED", class: "BASIC")';
    expect(
      checkClaimsPresent(
        broken('vehicles', claim, `${claim} @claim(id: "x", share: "NEVER", class: "BASIC")`),
      ),
    ).toEqual(['Vehicle in vehicles carries 2 claims: one must stand.']);
  });
});
