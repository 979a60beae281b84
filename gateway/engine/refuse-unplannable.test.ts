import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { refuseUnplannable } from './refuse-unplannable.ts';

const schema = buildSchema(`type Query { a: A u: U } type A { b: B n: Int } type B { a: A far: Int near: Int }
  union U = A | B type Mutation { set(n: Int!): B }`);

const failingAt = (pattern: RegExp) => (text: string) =>
  pattern.test(text) ? Promise.reject(new Error('no plan')) : Promise.resolve();

test('a schema of which everything is planned is served', async () => {
  const asked: string[] = [];
  await refuseUnplannable(schema, (text) => Promise.resolve(asked.push(text)));
  expect(asked.some((text) => text.startsWith('mutation{set{'))).toBe(true);
  expect(asked.some((text) => text.includes('...on B{') && text.includes('far'))).toBe(true);
});

test.each([
  [/\ba\{b\{.*far/u, 'No plan leads from A.b to B.far'],
  [/^query\{c_\d:u|^query\{.* c_\d:u/u, 'No plan leads from Query to Query.u'],
  [/^mutation\{set\{.*near/u, 'No plan leads from Mutation.set to B.near'],
  [/^query\{u\{.*\.\.\.on A\{c_\d:n/u, 'No plan leads from Query.u to A.n'],
])('the first field without a plan is named: %s', async (pattern, sentence) => {
  await expect(refuseUnplannable(schema, failingAt(pattern))).rejects.toThrow(new TypeError(sentence));
});
