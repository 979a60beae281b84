import { describe, expect, it } from 'vitest';
import { checkNoWayBack } from './check-no-way-back.ts';
import { broken, lawful } from './lawful.fixture.ts';

describe('there is no way from one person to another', () => {
  it('accepts a lawful schema', () => {
    expect(checkNoWayBack(lawful())).toEqual([]);
  });

  it('refuses a vehicle that leads back to its owner', () => {
    expect(checkNoWayBack(broken('vehicles', 'plate: String', 'owner: Person plate: String'))).toEqual([
      'Vehicle.owner in vehicles leads back to Person.',
    ]);
  });

  it('refuses a list of persons as well', () => {
    expect(checkNoWayBack(broken('vehicles', 'plate: String', 'owners: [Person!]! plate: String'))).toEqual([
      'Vehicle.owners in vehicles leads back to Person.',
    ]);
  });
});
