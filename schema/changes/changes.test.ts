import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { publicSchema, readSupergraph } from '../subgraph-files.ts';
import { brokenDocuments, readDocuments } from './broken-documents.ts';
import { claimChanges } from './claim-changes.ts';
import { schemaChanges } from './schema-changes.ts';

const directives = `
  directive @claim(id: String!, self: String! = "LEVEL_2", share: String!, class: String!, law: String) on FIELD_DEFINITION | OBJECT
  directive @open(reason: String!) on FIELD_DEFINITION
`;
const types = `
  type Query { person(year: Int): Person, find(filter: Filter): [Person!] }
  interface Named { name: String }
  type Person implements Named {
    name: String
    sex: Sex
    age(unit: Unit! = YEARS): Int
    plates: [Plate!]
  }
  union Plate = Car | Bike
  type Car { number: String }
  type Bike { number: String }
  enum Sex { MALE FEMALE }
  enum Unit { YEARS MONTHS }
  input Filter { name: String }
`;

function schemaWith(was = '', is = ''): GraphQLSchema {
  if (!types.includes(was)) throw new TypeError(`There is no "${was}" to change.`);
  return buildSchema(directives + types.replace(was, is));
}

describe('a change of the schema', () => {
  it.each([
    ['a field that goes', '    sex: Sex\n', '', 'Person.sex was removed.'],
    [
      'a field by another name',
      'name: String\n    sex',
      'fullName: String\n    sex',
      'Person.name was removed.',
    ],
    [
      'a type that goes',
      'union Plate = Car | Bike',
      'union Plate = Car',
      'Bike was removed from union type Plate.',
    ],
    ['another type', 'sex: Sex', 'sex: String', 'Person.sex changed type from Sex to String.'],
    [
      'a list that was none',
      'number: String }\n  type Bike',
      'number: [String] }\n  type Bike',
      'Car.number changed type from String to [String].',
    ],
    [
      'null where there was none',
      '[Plate!]',
      '[Plate]',
      'Person.plates changed type from [Plate!] to [Plate].',
    ],
    ['an enum value that goes', 'YEARS MONTHS', 'YEARS', 'MONTHS was removed from enum type Unit.'],
    ['an argument that goes', '(unit: Unit! = YEARS)', '', 'Person.age arg unit was removed.'],
    [
      'another type of an argument',
      'year: Int',
      'year: String',
      'Query.person arg year has changed type from Int to String.',
    ],
    [
      'an argument that must be given',
      'year: Int',
      'year: Int, month: Int!',
      'A required arg month on Query.person was added.',
    ],
    [
      'an argument that now must be',
      'year: Int',
      'year: Int!',
      'Query.person arg year has changed type from Int to Int!.',
    ],
    [
      'an input field that must be given',
      'input Filter { name: String',
      'input Filter { name: String\n sex: Sex!',
      'A required field sex on input type Filter was added.',
    ],
    [
      'an interface that is no more',
      'Person implements Named',
      'Person',
      'Person no longer implements interface Named.',
    ],
  ])('breaks by %s', (_, was, is, text) => {
    const changes = schemaChanges(schemaWith(), schemaWith(was, is));
    expect(changes.filter(({ severity }) => severity === 'breaking').map((change) => change.text)).toContain(
      text,
    );
  });

  it.each([
    ['an enum value that comes', 'MALE FEMALE', 'MALE FEMALE OTHER', 'OTHER was added to enum type Sex.'],
    [
      'another default',
      '= YEARS',
      '= MONTHS',
      'Person.age arg unit has changed defaultValue from YEARS to MONTHS.',
    ],
    [
      'an argument that may be given',
      'year: Int',
      'year: Int, month: Int',
      'An optional arg month on Query.person was added.',
    ],
    ['another kind of a union', 'Car | Bike', 'Car | Bike | Person', 'Person was added to union type Plate.'],
  ])('is dangerous by %s, and breaks nobody', (_, was, is, text) => {
    const changes = schemaChanges(schemaWith(), schemaWith(was, is));
    expect(changes.map(({ severity }) => severity)).not.toContain('breaking');
    expect(changes).toContainEqual(expect.objectContaining({ severity: 'dangerous', text }));
  });

  it.each([
    ['a field', 'sex: Sex', 'sex: Sex\n    height: Int', 'Person.height'],
    ['a type', 'enum Sex', 'type Dog { name: String }\n  enum Sex', 'Dog'],
  ])('is safe where %s is added', (_, was, is, at) => {
    const text = `${at} was added.`;
    expect(schemaChanges(schemaWith(), schemaWith(was, is))).toEqual([{ severity: 'safe', at, text }]);
  });

  it('is none where nothing changed, of the committed contract too', () => {
    const committed = publicSchema(readSupergraph());
    expect(schemaChanges(committed, publicSchema(readSupergraph()))).toEqual([]);
    expect(claimChanges(committed, committed)).toEqual([]);
  });
});

describe('a change of who may read', () => {
  const claim = { id: 'name', self: 'LEVEL_1', share: 'ALLOWED', class: 'BASIC' };
  const claimed = (change: Partial<typeof claim>): GraphQLSchema => {
    const made = { ...claim, ...change };
    const values = Object.entries(made).map(([name, value]) => `${name}: "${value}"`);
    return buildSchema(`${directives} type Query { name: String @claim(${values.join(', ')}) }`);
  };
  const open = buildSchema(`${directives} type Query { name: String @open(reason: "none") }`);

  it.each<[Partial<typeof claim>, Partial<typeof claim>]>([
    [{}, { self: 'LEVEL_2' }],
    [{}, { self: 'NEVER' }],
    [{}, { share: 'SEPARATE_TICK' }],
    [{ share: 'SEPARATE_TICK' }, { share: 'AUTHORITY' }],
    [{ share: 'AUTHORITY' }, { share: 'NEVER' }],
    [{}, { class: 'SENSITIVE' }],
  ])('%j to %j narrows and breaks; the other way round it widens, which is dangerous', (wide, narrow) => {
    const severities = (from: object, to: object): unknown =>
      claimChanges(claimed(from), claimed(to)).map(({ severity, at }) => [severity, at]);
    expect(severities(wide, narrow)).toEqual([['breaking', 'Query.name']]);
    expect(severities(narrow, wide)).toEqual([['dangerous', 'Query.name']]);
  });

  it('another id is another thing to agree to; closing what was open breaks, opening it is dangerous', () => {
    const severities = (from: GraphQLSchema, to: GraphQLSchema): unknown =>
      claimChanges(from, to).map(({ severity }) => severity);
    expect(severities(claimed({}), claimed({ id: 'name.full' }))).toEqual(['breaking']);
    expect(severities(open, claimed({}))).toEqual(['breaking']);
    expect(severities(claimed({}), open)).toEqual(['dangerous']);
  });
});

describe('a trusted document', () => {
  it('is named with the reason where the schema could no longer run it', () => {
    const documents = [
      { id: 'a'.repeat(64), name: 'Sex', body: 'query Sex { person { sex } }' },
      { id: 'b'.repeat(64), name: 'Name', body: 'query Name { person { name } }' },
    ];
    expect(brokenDocuments(documents, schemaWith())).toEqual([]);
    expect(brokenDocuments(documents, schemaWith('    sex: Sex\n', ''))).toEqual([
      'The trusted document Sex (aaaaaaaaaaaa) would break: Cannot query field "sex" on type "Person".',
    ]);
  });

  it('of the system’s own manifest can be run on the committed contract, each of them', () => {
    const file = new URL('../../start/generated/documents.json', import.meta.url);
    const documents = readDocuments(readFileSync(file, 'utf8'));
    expect(documents.length).toBeGreaterThan(70);
    expect(brokenDocuments(documents, publicSchema(readSupergraph()))).toEqual([]);
  });

  it('of another form than a manifest’s is no document', () => {
    for (const text of ['{}', '{"operations": [{"id": 1}]}', '[]'])
      expect(() => readDocuments(text)).toThrow(SyntaxError);
  });
});
