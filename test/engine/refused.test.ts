import { createEngine } from '@dinhdanh/gateway/engine';
import { describe, expect, test } from 'vitest';
import { fed2 } from './cases/case.ts';
import { compose, federate } from './federate.ts';

const context = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
  type Query { a: A } type A @key(fields: "id") @context(name: "c") { id: ID! cur: String b: B }
  type B @key(fields: "id") { id: ID! price(c: String @fromContext(field: "$c { cur }")): String }`;

const moved = (label: string) => ({
  a: fed2('type Query { bills: [Bill] } type Bill @key(fields: "id") { id: ID! amount: Int }'),
  b: fed2(`type Bill @key(fields: "id") { id: ID! amount: Int @override(from: "a", label: "${label}") }`),
});

describe('at the start, with the field named', () => {
  test('an argument filled from a context', async () => {
    const supergraph = compose({ a: context, b: fed2('type B @key(fields: "id") { id: ID! n: Int }') });
    await expect(createEngine({ supergraph })).rejects.toThrow(/^B\.price .*@fromContext/u);
  });

  test('a field overridden for a share of the requests', async () => {
    await expect(createEngine({ supergraph: compose(moved('percent(30)')) })).rejects.toThrow(
      /^Bill\.amount .*percent\(30\)/u,
    );
  });

  test('a label that overrides nothing', async () => {
    const supergraph = compose(moved('later'));
    await expect(createEngine({ supergraph, overrideLabels: ['sooner'] })).rejects.toThrow(/sooner/u);
  });
});

test.each([
  ['later', [], 'a'],
  ['later', ['later'], 'b'],
] as const)(
  'a field overridden under the label %s with %j on is asked of %s',
  async (label, overrideLabels, service) => {
    const { engine } = await federate(moved(label), undefined, { overrideLabels });
    const { services } = await engine.plan(engine.prepare({ query: '{ bills { amount } }' }), new Map());
    expect(services.includes('b')).toBe(service === 'b');
  },
);

describe('an operation, with BAD_USER_INPUT', async () => {
  const { engine } = await federate({ a: fed2('type Query { n: Int } type Subscription { n: Int }') });
  test.each([
    ['a subscription', 'subscription { n }', 'subscription'],
    ['@defer', '{ ... @defer { n } }', 'invalid'],
    ['@stream', '{ n @stream }', 'invalid'],
  ])('%s', (_title, query, sentence) => {
    expect(() => engine.prepare({ query })).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', sentence }),
    );
  });
});
