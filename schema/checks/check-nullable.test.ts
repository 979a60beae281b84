import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkNullable } from './check-nullable.ts';

const sdl = `
  type Query { me: Account! }
  type Account { level: Int dependants: [Dependant!] document: Document }
  type Dependant { id: ID! person: Person }
  interface Person { name: String }
  type Citizen implements Person { name: String vehicles: [Vehicle!] }
  type Vehicle { plate: String }
  type Card { number: String }
  union Document = Card
  type Payload { token: String! }
`;

describe('a dead source takes nothing above it away', () => {
  it('accepts non-null items, ids, and what is not below Person or Account', () => {
    expect(checkNullable(buildSchema(sdl))).toEqual([]);
  });

  it.each([
    ['type Account { level: Int', 'type Account { level: Int!', 'Account.level'],
    ['vehicles: [Vehicle!]', 'vehicles: [Vehicle!]!', 'Citizen.vehicles'],
    ['plate: String', 'plate: String!', 'Vehicle.plate'],
    ['number: String', 'number: String!', 'Card.number'],
  ])('refuses %s as %s', (text, by, coordinate) => {
    expect(checkNullable(buildSchema(sdl.replace(text, by)))).toEqual([
      `${coordinate} is below Person or Account and must be nullable.`,
    ]);
  });
});
