import { readAsk, readSupergraph } from '@dinhdanh/schema';
import fc from 'fast-check';
import { getNamedType, isInterfaceType, isLeafType, isObjectType, isUnionType } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { indexClaims } from '../claim-index.ts';
import { createEngine } from '../engine/index.ts';
import { decideGrant } from './decide-grant.ts';
import type { GrantLeaf } from './decide-grant.ts';

const engine = await createEngine({
  supergraph: readSupergraph(),
  attestationField: 'holder',
  knownCodes: [],
});
const claims = indexClaims(engine.schema);

const beyondOf = (granted: Iterable<string>, query: string, variables: Record<string, unknown> = {}) => {
  const { kind, introspects, leaves } = engine.prepare({ query, variables });
  return decideGrant(claims.grantedLeaves(new Set(granted)), {
    kind,
    introspects,
    leaves: leaves.map(claims.grantLeaf),
  });
};

/** A selection below a type, drawn number by number: fields with arguments, conditions, and aliases where they are wanted. */
function drawSelection(
  schema: GraphQLSchema,
  typeName: string,
  draw: (most: number) => number,
  depth: number,
): string {
  const type = schema.getType(typeName);
  const parts: string[] = [];
  if (isInterfaceType(type) || isUnionType(type)) {
    const kinds = schema.getPossibleTypes(type);
    const kind = kinds[draw(kinds.length)];
    if (kind !== undefined && draw(3) === 0) {
      parts.push(`... on ${kind.name} { ${drawSelection(schema, kind.name, draw, depth)} }`);
    }
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields());
    for (let count = 1 + draw(3); count > 0 && fields.length > 0; count -= 1) {
      const field = fields[draw(fields.length)];
      if (field === undefined) continue;
      const call = field.name === 'ageOver' ? `ageOver(years: ${[14, 18, 21][draw(3)]})` : field.name;
      const inner = getNamedType(field.type);
      if (isLeafType(inner)) parts.push(`a${parts.length}_${draw(1_000_000)}: ${call}`);
      else if (depth > 0) {
        const alias = `b${parts.length}_${draw(1_000_000)}`;
        parts.push(`${alias}: ${call} { ${drawSelection(schema, inner.name, draw, depth - 1)} }`);
      }
    }
  }
  return parts.length === 0 || draw(6) === 0 ? [...parts, '__typename'].join(' ') : parts.join(' ');
}

const anyQuery = fc.array(fc.nat(1_000_000), { minLength: 60, maxLength: 60 }).map((numbers) => {
  let at = 0;
  const draw = (most: number): number => {
    const drawn = (numbers[at % numbers.length] ?? 0) + Math.floor(at / numbers.length);
    at += 1;
    return drawn % most;
  };
  return `{ person { ${drawSelection(engine.schema, 'Person', draw, 4)} } }`;
});

/** What the reader of asks says of a query: its leaves, or that it cannot be asked at all. */
function leavesOf(query: string): ReturnType<typeof readAsk>['leaves'] | null {
  try {
    return readAsk({ query }, engine.schema).leaves;
  } catch {
    return null;
  }
}

describe('a query is within a grant exactly where every key that is asked was granted', () => {
  test('whatever is selected and whatever was granted', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyQuery, anyQuery, fc.nat(), (granted, asked, mask) => {
        const [given, wanted] = [leavesOf(granted), leavesOf(asked)];
        if (given === null || wanted === null) return;
        compared += 1;
        // Some of what is asked, and all of something else.
        const keys = new Set([
          ...given.map(({ key }) => key),
          ...wanted.filter((_, at) => ((mask >> (at % 30)) & 1) === 1).map(({ key }) => key),
        ]);
        const beyond = beyondOf(keys, asked);
        const missing = wanted.filter(({ key }) => !keys.has(key));
        // Whatever has a claim: set inclusion, to the letter.
        const claimed = (each: readonly string[]): string[] => each.filter((key) => !isOpen(key)).sort();
        expect(claimed(beyond)).toEqual(claimed(missing.map(({ key }) => key)));
        // What is open is beyond only where it was not granted, and never beside a granted leaf of its record.
        for (const key of beyond) expect(keys.has(key)).toBe(false);
        const free = missing.filter(({ key }) => isOpen(key) && hasClaimedIn(key, keys));
        expect(free.filter(({ key }) => beyond.includes(key))).toEqual([]);
        const bare = missing.filter(({ key }) => isOpen(key) && !hasClaimedIn(key, keys));
        expect(bare.filter(({ key }) => !beyond.includes(key))).toEqual([]);
        expect(
          beyondOf(
            wanted.map(({ key }) => key),
            asked,
          ),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(5);
  });
});

/** Told apart from the code under test: what stands in `source` or `pageInfo` is about the record around it. */
function isOpen(key: string): boolean {
  return /\.(?:source|pageInfo)\.\w+$/.test(key);
}

function hasClaimedIn(key: string, keys: ReadonlySet<string>): boolean {
  const record = key.split('.').slice(0, -2).join('.');
  return [...keys].some((granted) => granted.startsWith(`${record}.`) && !isOpen(granted));
}

describe('however it is written', () => {
  const granted = ['person.fullName', 'person.ageOver(years:18)', 'person.vehicles.plate'];

  test('a hundred ages are a hundred keys; one age a hundred times is one', () => {
    const ages = (years: (at: number) => number): string =>
      `{ person { ${Array.from({ length: 25 }, (_, at) => `a${at}: ageOver(years: ${years(at)})`).join(' ')} } }`;
    expect(
      beyondOf(
        granted,
        ages(() => 18),
      ),
    ).toEqual([]);
    expect(
      beyondOf(
        granted,
        ages((at) => at + 1),
      ),
    ).toHaveLength(24);
  });

  test('a condition tells the kind, which is a leaf of its own', () => {
    const query = '{ person { fullName ... on Citizen { vehicles { plate } } } }';
    expect(beyondOf(granted, query)).toEqual(['person.__typename']);
    expect(beyondOf([...granted, 'person.__typename'], query)).toEqual([]);
  });

  test('where a record came from is free inside it, and nowhere else', () => {
    const [vehicle, licence] = ['vehicles', 'drivingLicences'].map(
      (record) => `{ person { ... on Citizen { ${record} { source { database } } } } }`,
    );
    const known = [...granted, 'person.__typename'];
    expect(beyondOf(known, vehicle ?? '')).toEqual([]);
    expect(beyondOf(known, licence ?? '')).toEqual(['person.drivingLicences.source.database']);
  });

  test('no other root, no mutation, not the schema, not the kind of the root', () => {
    expect(beyondOf(granted, '{ me { level } }')).toEqual(['me.level']);
    expect(beyondOf(granted, 'mutation { signOut }')).toEqual(['mutation']);
    expect(beyondOf(granted, '{ person { fullName } __type(name: "Query") { name } }')).toEqual(['__schema']);
    expect(beyondOf(granted, '{ person { fullName } __typename }')).toEqual(['__typename']);
    expect(beyondOf([...granted, 'me.level', '__typename'], '{ me { level } __typename }')).toHaveLength(2);
  });
});

test('under a field that is called with more than a page nothing is granted, as no key has a place for it', () => {
  const leaf: GrantLeaf = {
    keys: ['person.things.name'],
    root: 'Query.person',
    isOpen: false,
    within: 'person.things',
    isCalledAbove: false,
  };
  const operation = { kind: 'query', introspects: false } as const;
  const granted = { keys: new Set(leaf.keys), claimed: new Set(leaf.keys) };
  const called = { ...leaf, isCalledAbove: true };
  expect(decideGrant(granted, { ...operation, leaves: [leaf] })).toEqual([]);
  expect(decideGrant(granted, { ...operation, leaves: [called] })).toEqual(leaf.keys);
});
