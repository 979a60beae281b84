import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { claimsOf } from '../claim-directives.ts';
import { publicSchema, readSupergraph } from '../subgraph-files.ts';
import { anyPen, shareablePaths, writeQuery } from './any-selection.fixture.ts';
import { AskError } from './ask-error.ts';
import { pruneAsk, readAsk } from './read-ask.ts';

const schema = publicSchema(readSupergraph());
const pool = shareablePaths(schema);
const anyPaths = fc.uniqueArray(fc.constantFrom(...pool), { minLength: 1, maxLength: 40 });

function keysOf(query: string): string[] {
  return readAsk({ query }, schema).leaves.map(({ key }) => key);
}

function refusal(source: Parameters<typeof readAsk>[0], of = schema): string {
  try {
    readAsk(source, of);
    return 'read';
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    return `${error.reason} ${error.field}`;
  }
}

describe('what is asked has one form', () => {
  it('is the same under any alias, order, whitespace and fragment', () => {
    expect(pool.length).toBeGreaterThan(150);
    fc.assert(
      fc.property(anyPaths, anyPen, anyPen, (paths, one, other) => {
        const first = readAsk({ query: writeQuery(paths, schema, one) }, schema);
        expect(readAsk({ query: writeQuery(paths, schema, other) }, schema)).toEqual(first);
      }),
      { numRuns: 150 },
    );
  });

  it('reads back from its document', () => {
    fc.assert(
      fc.property(anyPaths, anyPen, (paths, pen) => {
        const ask = readAsk({ query: writeQuery(paths, schema, pen) }, schema);
        expect(readAsk({ query: ask.document }, schema)).toEqual(ask);
      }),
      { numRuns: 100 },
    );
  });

  it('differs as soon as one leaf does', () => {
    fc.assert(
      fc.property(anyPaths, anyPen, (paths, pen) => {
        const { leaves, hash } = readAsk({ query: writeQuery(paths, schema, pen) }, schema);
        for (const path of pool.slice(0, 20)) {
          const wider = readAsk({ query: writeQuery([...paths, path], schema, pen) }, schema);
          if (wider.leaves.length > leaves.length) expect(wider.hash).not.toBe(hash);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('names leaves by their path, with their own arguments and no paging', () => {
    expect(
      keysOf(`{ person { old: ageOver(years: 60) n: fullName
        socialInsurance { contributionPeriods(first: 3) { nodes { employer } pageInfo { endCursor } } } } }`),
    ).toEqual([
      'person.ageOver(years:60)',
      'person.fullName',
      'person.socialInsurance.contributionPeriods.nodes.employer',
      'person.socialInsurance.contributionPeriods.pageInfo.endCursor',
    ]);
  });

  it('keeps pages in the document and leaves defaults out', () => {
    const pages = (first: number): string =>
      readAsk({ query: `{ person { entries(first: ${first}) { nodes { date } } } }` }, schema).document;
    expect(pages(3)).toBe('{ person { entries(first: 3) { nodes { date } } } }');
    expect(pages(20)).toBe('{ person { entries { nodes { date } } } }');
  });

  it('holds two limits of age apart by names of its own', () => {
    const { document } = readAsk(
      { query: '{ person { b: ageOver(years: 60) a: ageOver(years: 18) c: ageOver(years: 18) } }' },
      schema,
    );
    expect(document).toBe('{ person { ageOver(years: 18) ageOver_2: ageOver(years: 60) } }');
  });
});

describe('what a leaf tells', () => {
  it('asks for the kind wherever a type condition tells it', () => {
    const { document, leaves } = readAsk(
      { query: '{ person { fullName ... on Citizen { fullName religion } } }' },
      schema,
    );
    expect(document).toBe('{ person { __typename fullName ... on Citizen { religion } } }');
    expect(leaves).toEqual([
      { key: 'person.__typename', claim: 'identity.kind', class: 'BASIC', share: 'ALLOWED' },
      { key: 'person.fullName', claim: 'identity.basic', class: 'BASIC', share: 'ALLOWED' },
      { key: 'person.religion', claim: 'sensitive.religion', class: 'SENSITIVE', share: 'SEPARATE_TICK' },
    ]);
    expect(keysOf('{ person { ... on Person { fullName } } }')).toEqual(['person.fullName']);
  });

  it('counts an open leaf as free beside a claimed one, and as its record alone', () => {
    const claims = (query: string): unknown[] => readAsk({ query }, schema).leaves.map(({ claim }) => claim);
    expect(claims('{ person { vehicles { plate source { database } } } }')).toEqual(['vehicle', null]);
    expect(claims('{ person { vehicles { source { database } } fullName } }')).toEqual([
      'identity.basic',
      'vehicle',
    ]);
    expect(
      refusal({ query: '{ person { drivingLicences { deductions { pageInfo { hasNextPage } } } } }' }),
    ).toBe('CLAIM_NOT_SHAREABLE person.drivingLicences.deductions.pageInfo.hasNextPage');
  });

  it('is never what the schema does not share', () => {
    const claims = claimsOf(schema);
    for (const [coordinate, access] of claims) {
      const [type, field] = coordinate.split('.');
      if (access.kind === 'open' || (type !== 'Citizen' && type !== 'ForeignResident')) continue;
      if (field === undefined || access.share === 'ALLOWED' || access.share === 'SEPARATE_TICK') continue;
      expect(refusal({ query: `{ person { ... on ${type} { ${field} } } }` })).toBe(
        `CLAIM_NOT_SHAREABLE person.${field}`,
      );
    }
    expect(refusal({ query: '{ person { fullName drivingLicences { points { value } } } }' })).toBe(
      'CLAIM_NOT_SHAREABLE person.drivingLicences.points.value',
    );
  });
});

describe('what is no plain query of person is refused by name', () => {
  it.each([
    ['{', 'NOT_PARSABLE person'],
    ['{ person { fullName } } { person { sex } }', 'NOT_ONE_QUERY person'],
    ['mutation { signOut }', 'NOT_ONE_QUERY person'],
    ['type Query { person: Int }', 'NOT_ONE_QUERY person'],
    ['fragment f on Person { fullName }', 'NOT_ONE_QUERY person'],
    ['{ me { level } }', 'ROOT_NOT_PERSON me'],
    ['{ person { fullName } me { level } }', 'ROOT_NOT_PERSON me'],
    ['{ person: me { level } }', 'ROOT_NOT_PERSON me'],
    ['{ __typename }', 'ROOT_NOT_PERSON __typename'],
    ['{ __schema { types { name } } }', 'ROOT_NOT_PERSON __schema'],
    ['query ($y: Int!) { person { ageOver(years: $y) } }', 'VARIABLES $y'],
    ['{ person { fullName @skip(if: false) } }', 'DIRECTIVES @skip'],
    ['{ person { ... @include(if: true) { fullName } } }', 'DIRECTIVES @include'],
    ['query @live { person { fullName } }', 'DIRECTIVES @live'],
    ['{ person { shoeSize } }', 'FIELD_UNKNOWN shoeSize'],
    ['{ person { subject } }', 'FIELD_UNKNOWN subject'],
    ['{ person { fullName: personalNumber fullName } }', 'ARGUMENTS_CONFLICT personalNumber'],
    ['{ person { ageOver(years: 18) ageOver(years: 19) } }', 'ARGUMENTS_CONFLICT ageOver'],
    [
      '{ person { a: entries(first: 1) { nodes { date } } entries { nodes { date } } } }',
      'ARGUMENTS_CONFLICT entries',
    ],
    ['{ person { ageOver } }', 'NOT_VALID ageOver'],
    ['{ person { ageOver(years: "Nguyễn") } }', 'NOT_VALID person'],
    ['{ person { ...f } } fragment f on Person { ...f }', 'NOT_VALID f'],
    [`{ person { fullName } } #${'x'.repeat(8192)}`, 'TOO_LARGE person'],
    [`{ ${'a { '.repeat(12)} b ${'}'.repeat(13)}`, 'TOO_DEEP person'],
    [
      `{ person { ${Array.from({ length: 201 }, (_, i) => `a${i}: ageOver(years: ${i})`).join(' ')} } }`,
      'TOO_MANY_LEAVES person',
    ],
  ])('%.60s', (query, refused) => {
    expect(refusal({ query })).toBe(refused);
  });

  it('refuses what is nested deeper than a stack goes', () => {
    expect(refusal({ query: '{a'.repeat(4000) })).toMatch(/^(?:TOO_DEEP|NOT_PARSABLE) person$/);
  });

  it('refuses a bomb of fragments before it goes off', () => {
    const doubling = Array.from(
      { length: 60 },
      (_, i) => `fragment f${i} on Person { ...f${i + 1} ...f${i + 1} }`,
    );
    const bomb = `{ person { ...f0 } } ${doubling.join(' ')} fragment f60 on Person { fullName }`;
    // Of the processor: what others take of a busy machine says nothing of us.
    const used = process.cpuUsage();
    expect(refusal({ query: bomb })).toBe('TOO_MANY_LEAVES person');
    expect(process.cpuUsage(used).user / 1000).toBeLessThan(1000);
  });

  it('refuses an argument that tells something above the leaf, which no comparison of leaves would see', () => {
    const told = '@claim(id: "vehicle", share: "ALLOWED", class: "BASIC")';
    const telling = buildSchema(`
      directive @claim(id: String!, share: String!, class: String!) on FIELD_DEFINITION | OBJECT
      type Query { person: Person } type Person { vehicle(plate: String): Vehicle }
      type Vehicle ${told} { brand: String ${told} }`);
    expect(refusal({ query: '{ person { vehicle(plate: "29A") { brand } } }' }, telling)).toBe(
      'ARGUMENT_ABOVE_LEAF vehicle',
    );
    expect(refusal({ query: '{ person { vehicle { brand } } }' }, telling)).toBe('read');
  });

  it('never repeats a value', () => {
    const query = '{ person { ageOver(years: "097190000011") } }';
    expect(() => readAsk({ query }, schema)).toThrow(/^(?!.*0971)/u);
  });
});

describe('ids of claims', () => {
  it('bring every leaf of the claims, and read back', () => {
    const ask = readAsk({ claims: ['residence', 'vehicle.inspection'] }, schema);
    expect(ask.leaves.map(({ claim }) => claim)).toEqual([
      ...Array.from({ length: 9 }, () => 'residence'),
      ...Array.from({ length: 5 }, () => 'vehicle.inspection'),
    ]);
    expect(readAsk({ query: ask.document }, schema)).toEqual(ask);
    expect(readAsk({ claims: ['vehicle.inspection', 'residence', 'residence'] }, schema)).toEqual(ask);
  });

  it('bring what one kind alone has with the kind, or where there is nothing else', () => {
    const keys = (...claims: string[]): string[] => readAsk({ claims }, schema).leaves.map(({ key }) => key);
    expect(keys('identity.basic')).not.toContain('person.otherName');
    expect(keys('identity.basic', 'identity.kind')).toContain('person.otherName');
    expect(keys('sensitive.religion')).toEqual(['person.__typename', 'person.religion']);
  });

  it.each([
    [['shoe.size'], 'CLAIM_UNKNOWN shoe.size'],
    [['account'], 'CLAIM_NOT_SHAREABLE account'],
    [['driving.points'], 'CLAIM_NOT_SHAREABLE person.drivingLicences.points.group'],
    [['identity.basic', 'age.over'], 'ARGUMENT_NEEDED age.over'],
    [[], 'EMPTY person'],
  ])('%j is refused', (claims, refused) => {
    expect(refusal({ claims })).toBe(refused);
  });
});

describe('what is left when not all is agreed to', () => {
  it('holds no other leaf than those agreed to, with the same claims', () => {
    fc.assert(
      fc.property(anyPaths, anyPen, fc.func(fc.boolean()), (paths, pen, agrees) => {
        const ask = readAsk({ query: writeQuery(paths, schema, pen) }, schema);
        const keys = ask.leaves.filter(({ key }) => agrees(key)).map(({ key }) => key);
        const left = prunedOrNull(ask, keys);
        for (const leaf of left?.leaves ?? []) {
          expect(ask.leaves).toContainEqual(leaf);
          if (leaf.claim !== null) expect(keys).toContain(leaf.key);
        }
        if (left !== null) expect(readAsk({ query: left.document }, schema)).toEqual(left);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same ask when all of it is agreed to', () => {
    fc.assert(
      fc.property(anyPaths, anyPen, (paths, pen) => {
        const ask = readAsk({ query: writeQuery(paths, schema, pen) }, schema);
        expect(
          pruneAsk(
            ask,
            ask.leaves.map(({ key }) => key),
            schema,
          ),
        ).toEqual(ask);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps what is open with its record and drops what would tell the kind', () => {
    const ask = readAsk(
      {
        query: `{ person { fullName vehicles { plate source { database } } passports { source { database } }
          ... on Citizen { religion } } }`,
      },
      schema,
    );
    const left = (...keys: string[]): string => pruneAsk(ask, keys, schema).document;
    expect(left('person.vehicles.plate')).toBe('{ person { vehicles { plate source { database } } } }');
    expect(left('person.fullName', 'person.religion', 'person.vehicles.source.database')).toBe(
      '{ person { fullName } }',
    );
    expect(left('person.passports.source.database')).toBe('{ person { passports { source { database } } } }');
    expect(() => left('person.religion')).toThrow(new AskError('EMPTY'));
  });
});

function prunedOrNull(
  ask: Parameters<typeof pruneAsk>[0],
  keys: readonly string[],
): ReturnType<typeof readAsk> | null {
  try {
    return pruneAsk(ask, keys, schema);
  } catch (error) {
    if (error instanceof AskError && error.reason === 'EMPTY') return null;
    throw error;
  }
}
