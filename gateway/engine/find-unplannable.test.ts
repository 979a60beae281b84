import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import {
  causesOf,
  findUnplannable,
  findUnplannableOnce,
  refuseUnplannable,
  type Unplannable,
} from './find-unplannable.ts';

const schema = buildSchema(`type Query { a: A u: U } type A { b: B n: Int } type B { a: A far: Int near: Int }
  union U = A | B type Mutation { set(n: Int!): B }`);

const failingAt = (pattern: RegExp) => (text: string) =>
  pattern.test(text) ? Promise.reject(new Error('no plan')) : Promise.resolve();

test('a schema of which everything is planned is served', async () => {
  const asked: string[] = [];
  await findUnplannable(schema, (text) => Promise.resolve(asked.push(text)), refuseUnplannable);
  expect(asked.some((text) => text.startsWith('mutation{set{'))).toBe(true);
  expect(asked.some((text) => text.includes('...on B{') && text.includes('far'))).toBe(true);
});

test.each([
  [/\ba\{b\{.*far/u, 'No plan leads from A.b to B.far'],
  [/^query\{c_\d:u|^query\{.* c_\d:u/u, 'No plan leads from Query to Query.u'],
  [/^mutation\{set\{.*near/u, 'No plan leads from Mutation.set to B.near'],
  [/^query\{u\{.*\.\.\.on A\{c_\d:n/u, 'No plan leads from Query.u to A.n'],
])('the first field without a plan is named: %s', async (pattern, sentence) => {
  await expect(findUnplannable(schema, failingAt(pattern), refuseUnplannable)).rejects.toThrow(
    new TypeError(sentence),
  );
});

test('what was found plannable is not planned again; what was not is refused each time, and so is another', async () => {
  let asked = 0;
  const counted = (source: readonly string[], fail = false, isToKeep = true): Promise<void> => {
    const plan = (): Promise<void> => {
      asked += 1;
      return fail ? Promise.reject(new Error('no plan')) : Promise.resolve();
    };
    return findUnplannableOnce(source, schema, plan, () => isToKeep, refuseUnplannable);
  };
  await counted(['one'], false, false);
  const once = asked;
  expect(once).toBeGreaterThan(0);
  await counted(['one']);
  expect(asked).toBe(2 * once);
  await counted(['one']);
  expect(asked).toBe(2 * once);
  await counted(['one', 'label']);
  expect(asked).toBe(3 * once);
  await expect(counted(['two'], true)).rejects.toThrow(TypeError);
  await expect(counted(['two'], true)).rejects.toThrow(TypeError);
  await counted(['two']);
  for (let other = 0; other < 8; other += 1) await counted([`other ${other}`]);
  const before = asked;
  await counted(['one']);
  expect(asked).toBe(before + once);
});

test('where they are to be served without, all are told, each time', async () => {
  const found = async (): Promise<readonly string[]> => {
    const told: Unplannable[] = [];
    const plan = failingAt(/far|^query\{.* c_\d:u|^query\{c_\d:u/u);
    await findUnplannableOnce(
      ['told'],
      schema,
      plan,
      () => true,
      (each) => told.push(each),
    );
    return told.map(({ from, field }) => `${from} ${field}`).toSorted();
  };
  const all = ['A.b B.far', 'Mutation.set B.far', 'Query Query.u', 'Query.u B.far'];
  expect(await found()).toEqual(all);
  expect(await found()).toEqual(all);
});

test('what lies behind a field out of reach is not told beside it', async () => {
  const found: Unplannable[] = [];
  await findUnplannable(schema, failingAt(/\bb\b/u), (each) => found.push(each));
  expect(found.length).toBeGreaterThan(3);
  const causes = causesOf(found).map(({ from, field }) => `${from} ${field}`);
  expect(causes.toSorted()).toEqual(['Query.a A.b', 'Query.u A.b']);
});
