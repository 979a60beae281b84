import { describe, expect, it } from 'vitest';
import { checkRecords } from './check-records.ts';
import { broken, lawful } from './lawful.fixture.ts';

const ref = 'ref: ID! @inaccessible';
const holder = 'holder: String @inaccessible';

function problems(fields: string): string[] {
  return checkRecords(broken('vehicles', '"Plate. Vi: Biển số."', `${fields} "Plate. Vi: Biển số."`));
}

describe('a record attests whose it is and where it comes from', () => {
  it('accepts a lawful schema and a whole document', () => {
    expect(checkRecords(lawful())).toEqual([]);
    expect(problems(`${ref} ${holder} source: Source`)).toEqual([]);
  });

  it('refuses a document without its holder', () => {
    expect(problems(ref)).toEqual(['Vehicle in vehicles is a document without its holder.']);
  });

  it('refuses a record without its source', () => {
    expect(problems(holder)).toEqual(['Vehicle in vehicles is a record without its source.']);
  });

  it('refuses a hidden key in the open', () => {
    expect(problems(`ref: ID! ${holder} source: Source`)).toEqual([
      'Vehicle.ref in vehicles must be @inaccessible: no answer may hold it.',
    ]);
  });
});
