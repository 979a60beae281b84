import { buildSubgraphSchema } from '@apollo/subgraph';
import { readSubgraph } from '@dinhdanh/schema';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readClaims } from './count-claims.ts';

const claimsOf = readClaims(buildSubgraphSchema([{ typeDefs: readSubgraph('population') }]));
const claims = (selection: string, more = ''): string[] => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } } ${more}`;
  return [...claimsOf(parse(query))].toSorted();
};

describe('the claims of an operation, as the service reads them off its schema', () => {
  it('are those of its fields, behind aliases and fragments too', () => {
    expect(
      claims('... on Citizen { other: fullName ...Rest }', 'fragment Rest on Citizen { religion }'),
    ).toEqual(['identity.basic', 'identity.kind', 'sensitive.religion']);
  });

  it('are those of the records whose presence it tells, where nothing but open leaves is asked of them', () => {
    expect(claims('... on Citizen { identityCard { source { database } } }')).toEqual([
      'card',
      'identity.kind',
    ]);
    expect(claims('... on Citizen { __typename }')).toEqual(['identity.kind']);
  });

  it('are none where nobody’s record is asked for', () => {
    expect([...claimsOf(parse('{ __typename }'))]).toEqual([]);
  });

  it('are read once for a document', () => {
    const document = parse('{ populationChanges { nodes { kind } } }');
    expect(claimsOf(document)).toBe(claimsOf(document));
    expect([...claimsOf(document)]).toEqual(['system.changes']);
  });
});
