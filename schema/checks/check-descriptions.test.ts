import { describe, expect, it } from 'vitest';
import { checkDescriptions } from './check-descriptions.ts';
import { broken, lawful } from './lawful.fixture.ts';

describe('every type and field is described in both languages, with its law', () => {
  it('accepts a lawful schema', () => {
    expect(checkDescriptions(lawful())).toEqual([]);
  });

  it.each([
    ['"Plate. Vi: Biển số." ', '', 'Vehicle.plate in vehicles is not described.'],
    [
      '"Plate. Vi: Biển số."',
      '"Plate."',
      'Vehicle.plate in vehicles is described without its Vietnamese term ("Vi: …").',
    ],
    [
      'class: "BASIC", law: "1/2024"',
      'class: "BASIC"',
      'Vehicle.plate in vehicles does not name its legal source in @claim(law:).',
    ],
    [
      '"A vehicle. Vi: Xe. Law: 1/2024."',
      '"A vehicle. Vi: Xe."',
      'Vehicle in vehicles does not name its legal source after "Law:".',
    ],
  ])('refuses %s as "%s"', (text, by, sentence) => {
    expect(checkDescriptions(broken('vehicles', text, by))).toEqual([sentence]);
  });
});
