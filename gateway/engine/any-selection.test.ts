import fc from 'fast-check';
import {
  getNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { expect, test } from 'vitest';
import { fakeSources } from './fixtures/fake-sources.ts';
import type { Dice } from './fixtures/random-query.ts';
import { fixtureEngine, oracle, runQuery } from './fixtures/run-query.ts';

const wide = {
  cacheEntries: 50,
  selections: 500,
  aliases: 500,
  tokens: 20_000,
  rootFields: 50,
};
const engine = await fixtureEngine(wide);
const others = [await fixtureEngine(wide, 'general'), await fixtureEngine(wide, 'code')];
const { schema } = engine;

const names = [
  'subject',
  'ref',
  'holder',
  '__typename',
  'c_0',
  'c_1',
  'v_0',
  '__proto__',
  'constructor',
  '_entities',
  'x',
  'y',
];
const literals: Record<string, readonly string[]> = {
  years: ['18', '90', '$years'],
  group: ['"A"', '"B"', '$group', 'null'],
};

/** Builds a random selection that is valid: one response key always means one field with one set of arguments. */
class SelectionMaker {
  readonly #schema: GraphQLSchema;
  readonly #dice: Dice;
  readonly #meaning = new Map<string, string>();
  readonly #used = new Set<string>();
  #fragments = 6;

  constructor(of: GraphQLSchema, dice: Dice) {
    this.#schema = of;
    this.#dice = dice;
  }

  /** A whole operation that declares the variables it uses. */
  operation(): string {
    const isMutation = this.#dice(10) === 0;
    const selection = isMutation
      ? `{ r: rename(name: "x") ${this.make('Account', '/r', 4)} }`
      : this.make('Query', '', 5);
    const types: Record<string, string> = { years: 'Int! = 30', group: 'String', yes: 'Boolean!' };
    const variables = [...this.#used].map((name) => `$${name}: ${types[name]}`).join(', ');
    return `${isMutation ? 'mutation' : 'query'}${variables === '' ? '' : `(${variables})`} ${selection}`;
  }

  make(typeName: string, place: string, depth: number): string {
    const parts: string[] = [];
    for (let count = 1 + this.#dice(5); count > 0; count -= 1) {
      const part =
        this.#dice(5) === 0 ? this.#fragment(typeName, place, depth) : this.#field(typeName, place, depth);
      if (part !== '') parts.push(part);
    }
    return `{ ${parts.length === 0 ? 'safe: __typename' : parts.join(' ')} }`;
  }

  #fragment(typeName: string, place: string, depth: number): string {
    if (this.#fragments === 0) return '';
    this.#fragments -= 1;
    const type = this.#schema.getType(typeName);
    const inside = isAbstractType(type) ? this.#schema.getPossibleTypes(type).map((each) => each.name) : [];
    const on = [typeName, ...inside, ''][this.#dice(inside.length + 2)] ?? '';
    const conditions = ['', '', '@include(if: $yes)', '@skip(if: $yes)', '@include(if: false)'];
    const condition = this.#using(this.#pick(conditions));
    return `... ${on === '' ? '' : `on ${on}`} ${condition} ${this.make(on === '' ? typeName : on, place, depth)}`;
  }

  #field(typeName: string, place: string, depth: number): string {
    const type = this.#schema.getType(typeName);
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const field = fields[this.#dice(fields.length + 1)];
    const below = field && getNamedType(field.type);
    const isLeaf = !below || isLeafType(below);
    if (!isLeaf && depth === 0) return '';
    const args = (field?.args ?? []).map(
      (arg) => `${arg.name}: ${this.#pick(literals[arg.name] ?? ['null'])}`,
    );
    const call = `${field?.name ?? '__typename'}${args.length === 0 ? '' : `(${args.join(', ')})`}`;
    const key = this.#dice(3) === 0 ? this.#pick(names) : (field?.name ?? '__typename');
    const isOther = this.#meaning.get(`${place}/${key}`) ?? call;
    if (isOther !== call) return '';
    this.#meaning.set(`${place}/${key}`, this.#using(call));
    return `${key}: ${call} ${isLeaf ? '' : this.make(below.name, `${place}/${key}`, depth - 1)}`;
  }

  #using(text: string): string {
    for (const [, name = ''] of text.matchAll(/\$(\w+)/gu)) this.#used.add(name);
    return text;
  }

  #pick(list: readonly string[]): string {
    return list[this.#dice(list.length)] ?? '';
  }
}

const query = fc.array(fc.nat(1000), { minLength: 20, maxLength: 120 }).map((numbers) => {
  let at = 0;
  const dice: Dice = (sides) => {
    at += 1;
    return (numbers[at % numbers.length] as number) % sides;
  };
  return new SelectionMaker(schema, dice).operation();
});

test('any selection is answered as by a plain server, and never with another person’s data', async () => {
  let compared = 0;
  let inBytes = 0;
  await fc.assert(
    fc.asyncProperty(
      query,
      fc.constantFrom('an', 'john', 'bao'),
      fc.boolean(),
      fc.constantFrom(null, 'A', 'B'),
      async (text, subject, yes, group) => {
        const given = { engine, subject, variables: { yes, group } };
        const expected = (await oracle(engine, text, given)) as { data?: unknown; errors?: unknown };
        fc.pre(expected.errors === undefined);
        const sources = fakeSources(subject);
        const { data, errors, payload } = await runQuery(text, { ...given, sources });
        if (typeof payload.bytes !== 'string') inBytes += 1;
        for (const other of others) {
          const told = await runQuery(text, { ...given, engine: other });
          expect(told.payload.bytes).toBe(String(payload.bytes));
        }
        expect(errors).toBeUndefined();
        expect(JSON.stringify(data)).toBe(JSON.stringify(expected.data));
        expect(String(payload.bytes)).not.toMatch(/mallory|holder-of/u);
        for (const request of sources.requests) {
          expect(new Set(request.entityKeys.map((key) => key['subject'])).has('mallory')).toBe(false);
        }
        compared += 1;
      },
    ),
    { numRuns: 150, seed: 20261121 },
  );
  expect(compared).toBeGreaterThan(80);
  expect(inBytes).toBeGreaterThan(compared / 2);
}, 120_000);
