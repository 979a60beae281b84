import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { leafPaths } from './leaf-paths.ts';

describe('leafPaths', () => {
  it('goes every way from a root to a leaf once, over every kind, and never in a circle', () => {
    const schema = buildSchema(`
      type Query { me: Account }
      type Mutation { lock(reason: Reason!, input: In!): Account! }
      enum Reason { LOST }
      input In { name: String! note: String }
      type Account { level: Int friend: Account document: Document }
      union Document = Card
      type Card { number(upper: Boolean! = true, length: Int!): String }
    `);
    expect([...leafPaths(schema)]).toEqual([
      'query { me { __typename } }',
      'query { me { level } }',
      'query { me { document { __typename } } }',
      'query { me { document { ... on Card { number(length: 1) } } } }',
      'mutation { lock(reason: LOST, input: { name: "x" }) { __typename } }',
      'mutation { lock(reason: LOST, input: { name: "x" }) { level } }',
      'mutation { lock(reason: LOST, input: { name: "x" }) { document { __typename } } }',
      'mutation { lock(reason: LOST, input: { name: "x" }) { document { ... on Card { number(length: 1) } } } }',
    ]);
  });
});
