import { describe, expect, it } from 'vitest';
import { publicSchema, readSupergraph } from '../subgraph-files.ts';
import { keysOfLeaf, leafKey } from './leaf-key.ts';

const schema = publicSchema(readSupergraph());

describe('the key of a leaf', () => {
  it('has arguments sorted by name as JSON, paging left out', () => {
    expect(leafKey(['person', 'fullName'], [])).toBe('person.fullName');
    expect(
      leafKey(['person', 'f'], [{}, { z: 'A"', a: 1, first: 2, after: 'x', last: 1, before: 'y' }]),
    ).toBe('person.f(a:1,z:"A\\"")');
    expect(leafKey(['person', 'f'], [{}, { a: { z: [1, null], b: true } }])).toBe(
      'person.f(a:{"b":true,"z":[1,null]})',
    );
  });

  it('is the same for a leaf that an engine has located, on whichever kind it was selected', () => {
    const leaf = { parents: ['Query.person'], args: { years: 18 }, narrowedBy: [] };
    expect(keysOfLeaf({ ...leaf, coordinate: 'Person.ageOver' }, schema)).toEqual([
      'person.ageOver(years:18)',
    ]);
    expect(keysOfLeaf({ ...leaf, coordinate: 'Citizen.ageOver' }, schema)).toEqual([
      'person.ageOver(years:18)',
    ]);
  });

  it('comes with that of the kind where a type condition tells it', () => {
    expect(
      keysOfLeaf(
        {
          coordinate: 'Residence.text',
          parents: ['Query.person', 'Citizen.currentResidence'],
          args: {},
          narrowedBy: ['Person.__typename'],
        },
        schema,
      ),
    ).toEqual(['person.currentResidence.text', 'person.__typename']);
  });
});
