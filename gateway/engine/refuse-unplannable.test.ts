import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { refuseUnplannable, refuseUnplannableOnce } from './refuse-unplannable.ts';

const schema = buildSchema(`type Query { a: A u: U } type A { b: B n: Int } type B { a: A far: Int near: Int }
  union U = A | B type Mutation { set(n: Int!): B }`);

const failingAt = (pattern: RegExp) => (text: string) => {
  if (pattern.test(text)) throw new Error('no plan');
};

test('a schema of which everything is planned is served', () => {
  const asked: string[] = [];
  refuseUnplannable(schema, (text) => asked.push(text));
  expect(asked.some((text) => text.startsWith('mutation{set{'))).toBe(true);
  expect(asked.some((text) => text.includes('...on B{') && text.includes('far'))).toBe(true);
});

test.each([
  [/\ba\{b\{.*far/u, 'No plan leads from A.b to B.far'],
  [/^query\{c_\d:u|^query\{.* c_\d:u/u, 'No plan leads from Query to Query.u'],
  [/^mutation\{set\{.*near/u, 'No plan leads from Mutation.set to B.near'],
  [/^query\{u\{.*\.\.\.on A\{c_\d:n/u, 'No plan leads from Query.u to A.n'],
])('the first field without a plan is named: %s', (pattern, sentence) => {
  expect(() => refuseUnplannable(schema, failingAt(pattern))).toThrow(new TypeError(sentence));
});

test('what was found plannable is not planned again; what was not is refused each time, and so is another', () => {
  let asked = 0;
  const counted = (source: readonly string[], fail = false): void =>
    refuseUnplannableOnce(source, schema, () => {
      asked += 1;
      if (fail) throw new Error('no plan');
    });
  counted(['one']);
  const once = asked;
  expect(once).toBeGreaterThan(0);
  counted(['one']);
  expect(asked).toBe(once);
  counted(['one', 'label']);
  expect(asked).toBe(2 * once);
  expect(() => counted(['two'], true)).toThrow(TypeError);
  expect(() => counted(['two'], true)).toThrow(TypeError);
  expect(() => counted(['two'])).not.toThrow();
  for (let other = 0; other < 8; other += 1) counted([`other ${other}`]);
  const before = asked;
  counted(['one']);
  expect(asked).toBe(before + once);
});
