import { describe, expect, it } from 'vitest';
import { checkForbiddenDirectives } from './check-forbidden-directives.ts';
import { broken, lawful } from './lawful.fixture.ts';

describe('no data moves between services behind the back of the caller', () => {
  it('accepts a lawful schema', () => {
    expect(checkForbiddenDirectives(lawful())).toEqual([]);
  });

  it.each([
    'requires(fields: "subject")',
    'provides(fields: "plate")',
    'override(from: "population")',
    'external',
    'context(name: "person")',
    'fromContext(field: "$person { name }")',
    'federation__requires(fields: "subject")',
  ])('refuses @%s', (directive) => {
    const name = directive.replace(/\(.*/, '').replace('federation__', '');
    expect(
      checkForbiddenDirectives(broken('vehicles', 'plate: String', `plate: String @${directive}`)),
    ).toEqual([expect.stringMatching(new RegExp(String.raw`^vehicles uses @${name} \(line \d+\): .+\.$`))]);
  });
});
