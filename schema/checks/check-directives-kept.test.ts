import { buildASTSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkClaimsKept, checkDirectivesComposed } from './check-directives-kept.ts';
import { broken, lawful } from './lawful.fixture.ts';

describe('no claim is lost in composition', () => {
  it('accepts a lawful schema', () => {
    expect(checkDirectivesComposed(lawful())).toEqual([]);
  });

  it('refuses a subgraph that forgets @composeDirective', () => {
    expect(checkDirectivesComposed(broken('vehicles', '@composeDirective(name: "@claim")', ''))).toEqual([
      'vehicles does not @composeDirective "@claim".',
    ]);
  });

  it('refuses a subgraph that defines a directive differently', () => {
    expect(checkDirectivesComposed(broken('vehicles', '= "LEVEL_2"', '= "LEVEL_1"'))).toEqual([
      'vehicles and accounts define @claim differently.',
    ]);
  });

  it('refuses a subgraph that does not define one', () => {
    expect(
      checkDirectivesComposed(broken('vehicles', 'directive @open(reason: String!) on FIELD_DEFINITION', '')),
    ).toEqual(['vehicles does not define @open.']);
  });

  it('finds a claim that the composed schema has lost or changed', () => {
    const [accounts] = lawful();
    const composed = buildASTSchema(
      parse(`
        type Query { me: Account }
        type Account @claim(id: "account", share: "NEVER", class: "BASIC") {
          level: Int @claim(id: "account", share: "ALLOWED", class: "BASIC", law: "1/2024")
        }
        interface Person { id: ID }
        type Citizen implements Person @claim(id: "kind", share: "ALLOWED", class: "BASIC") { id: ID }
      `),
      { assumeValidSDL: true },
    );
    expect(checkClaimsKept(accounts === undefined ? [] : [accounts], composed)).toEqual([
      'What accounts says of Account.level is lost or changed in the supergraph.',
      'What accounts says of Person is lost or changed in the supergraph.',
    ]);
  });
});
