import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { EngineRefusal } from './engine-refusal.ts';
import { fixtureEngine } from './fixtures/run-query.ts';
import { defaultLimits } from './limits.ts';
import { readDocument } from './read-document.ts';

const schema = buildSchema('type Query { old(years: Int!): Boolean, one: Query }');

/** Everything that can be reached from a value. */
function reachable(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  for (const part of Object.values(value)) reachable(part, found);
  return found;
}

describe('a document that was read', () => {
  test('holds no place and no token but those of its variables and arguments', () => {
    const names = (query: string): string[] =>
      [...reachable(readDocument(schema, query, defaultLimits))].map((each) => each.constructor.name);
    expect(names('{ one { one { __typename } } }')).not.toContain('Token');
    expect(names('{ one { one { __typename } } }')).not.toContain('Location');
    const tokens = (rest: string): number =>
      names(`query ($years: Int!) { old(years: $years) ${rest} }`).filter((name) => name === 'Token').length;
    expect(tokens('')).toBeGreaterThan(0);
    expect(tokens('one { __typename } '.repeat(50))).toBe(tokens(''));
  });

  test.each([
    ['a variable', 'query ($years: Int!) {\n  person { ageOver(years: $years) } }', { years: 'no' }, [1, 8]],
    [
      'an argument',
      'query ($years: Int = 18) {\n  person { ageOver(years: $years) } }',
      { years: null },
      [2, 27],
    ],
  ])('still tells where %s stands whose value is refused', async (_, query, variables, [line, column]) => {
    const engine = await fixtureEngine();
    for (let time = 0; time < 2; time += 1) {
      let refusal: unknown;
      try {
        engine.prepare({ query, variables });
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(EngineRefusal);
      expect((refusal as EngineRefusal).locations).toEqual([{ line, column }]);
    }
  });
});
