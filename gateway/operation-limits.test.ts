import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesDocuments, servedDocument } from '@dinhdanh/kit';
import { readSupergraph } from '@dinhdanh/schema';
import {
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  print,
  typeFromAST,
  visit,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { setScene } from './fixtures/scene.ts';
import { noDocuments } from './documents/read-manifest.ts';
import { openServed } from './served.ts';
import { defaultSettings } from './settings.ts';

describe('limits are what the operator sets', () => {
  const cases: Record<string, [settings: object, fits: string, exceeds: string, sentence: string]> = {
    depth: [
      { maxDepth: 2 },
      '{ person { fullName } }',
      '{ person { identityCard { cardNumber } } }',
      'too-deep',
    ],
    aliases: [{ maxAliases: 1 }, '{ a: __typename }', '{ a: __typename b: __typename }', 'too-many-aliases'],
    tokens: [{ maxTokens: 3 }, '{ __typename }', '{ __typename __typename }', 'too-many-tokens'],
    directives: [
      { maxDirectives: 1 },
      '{ __typename @skip(if: false) }',
      '{ __typename @skip(if: false) @include(if: true) }',
      'too-many-directives',
    ],
    selections: [{ maxSelections: 1 }, '{ __typename }', '{ __typename __typename }', 'too-many-selections'],
    'root fields': [
      { maxRootFields: 1 },
      '{ __typename }',
      '{ a: __typename b: __typename }',
      'too-many-root-fields',
    ],
    cost: [{ maxCost: 1 }, '{ person { fullName } }', '{ person { fullName } me { level } }', 'too-costly'],
  };
  for (const [name, [settings, fits, exceeds, sentence]] of Object.entries(cases)) {
    test(name, async () => {
      const { engine } = await openServed(readSupergraph(), noDocuments, { ...defaultSettings, ...settings });
      expect(() => engine.prepare({ query: fits })).not.toThrow();
      expect(() => engine.prepare({ query: exceeds })).toThrow(`QUERY_TOO_COSTLY: ${sentence}`);
    });
  }

  test('over HTTP a refusal for its cost names the cost and the limit, and is measured', async () => {
    const scene = await setScene({ settings: { maxCost: 1 } });
    const { status, errors } = await scene.ask('{ person { fullName } me { level } }');
    expect([status, errors[0]?.extensions]).toEqual([
      400,
      { code: 'QUERY_TOO_COSTLY', reason: 'TOO_COSTLY', cost: 2, limit: 1 },
    ]);
    const metrics = await (await fetch(`${scene.url}/metrics`)).text();
    expect(metrics).toContain('dinhdanh_operation_cost_sum 2');
  });

  test('0 measures and refuses nothing', async () => {
    const scene = await setScene({ settings: { maxCost: 0 } });
    expect((await scene.ask('{ person { fullName } me { level } }')).errors).toEqual([]);
    const metrics = await (await fetch(`${scene.url}/metrics`)).text();
    expect(metrics).toContain('dinhdanh_operation_cost_sum 2');
  });
});

const { engine } = await openServed(readSupergraph());

describe('what is shipped fits into the limits that are shipped', () => {
  const folder = join(import.meta.dirname, '../web/operations');
  const document = parse(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.graphql'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n'),
  );
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
    test(`the screen’s ${operation.name?.value ?? ''} takes a quarter of the cost at most`, () => {
      const used = new Set<string>();
      const gather = (node: typeof operation | ReturnType<typeof fragments.get>): void => {
        if (node === undefined) return;
        visit(node, {
          FragmentSpread: ({ name }) => {
            if (used.has(name.value)) return;
            used.add(name.value);
            gather(fragments.get(name.value));
          },
        });
      };
      gather(operation);
      const parts = [operation, ...[...used].flatMap((name) => fragments.get(name) ?? [])];
      const variables = Object.fromEntries(
        (operation.variableDefinitions ?? [])
          .filter(({ defaultValue }) => defaultValue === undefined)
          .map(({ variable, type }) => [
            variable.name.value,
            sampleOf(typeFromAST(engine.schema, type as never), variable.name.value),
          ]),
      );
      const query = parts.map((node) => print(node)).join('\n');
      const cost = engine.costOf(engine.prepare({ query, variables }));
      expect(cost).toBeLessThanOrEqual(defaultSettings.maxCost / 4);
    });
  }

  test('what services ask under their own names fits, with every service asked at once', () => {
    for (const { text } of [servedDocument, ...Object.values(changesDocuments)]) {
      const variables = Object.fromEntries(
        [...text.matchAll(/\$(\w+Asked)/gu)].map(([, name = '']) => [name, true]),
      );
      const cost = engine.costOf(engine.prepare({ query: text, variables }));
      expect(cost).toBeGreaterThan(1000);
      expect(cost).toBeLessThanOrEqual(defaultSettings.maxCost);
    }
  });

  test('a page of a million does not', () => {
    const query = '{ accessHistory(first: 1000000) { nodes { __typename } } }';
    expect(() => engine.prepare({ query })).toThrow(/too-costly/u);
  });
});

/** A value of an input type: pages of fifty, otherwise the first thing that is valid. */
function sampleOf(type: GraphQLType | undefined, name: string): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, name);
  if (isListType(type)) return [sampleOf(type.ofType, name)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(fields.map((field) => [field.name, sampleOf(field.type, field.name)]));
  }
  const samples: Record<string, unknown> = {
    Int: name === 'first' ? 50 : 1,
    Float: 1,
    Boolean: true,
    Date: '2026-01-01',
    DateTime: '2026-01-01T00:00:00Z',
  };
  return samples[type === undefined ? '' : String(type)] ?? 'x';
}
