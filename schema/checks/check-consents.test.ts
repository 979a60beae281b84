import { describe, expect, it } from 'vitest';
import { readAsk } from '../ask/read-ask.ts';
import { readConsents } from '../read-consents.ts';
import { publicSchema, readSupergraph } from '../subgraph-files.ts';
import { checkConsents, type StoredConsent } from './check-consents.ts';

const supergraph = readSupergraph();
const schema = publicSchema(supergraph);

/** A consent to a query, as the sharing service keeps one. */
function consentTo(id: string, query: string): StoredConsent {
  const { document, leaves } = readAsk({ query }, schema);
  const fields = leaves.flatMap(({ key, claim, ...leaf }) =>
    claim === null
      ? []
      : [{ key, claim, sensitive: leaf.class === 'SENSITIVE', separateTick: leaf.share === 'SEPARATE_TICK' }],
  );
  return { id, document, fields };
}

const hotel = consentTo('hotel', '{ person { fullName ageOver(years: 18) source { database } } }');
const clinic = consentTo('clinic', '{ person { ... on Citizen { bloodGroup } nameMatches(name: "LÊ AN") } }');

/** What of the two consents breaks when a text of the supergraph is another, wherever it stands. */
function brokenBy(...changes: readonly (readonly [was: string | RegExp, is: string])[]): string[] {
  const changed = changes.reduce((text, [was, is]) => {
    const next = text.replaceAll(was, is);
    expect(next).not.toBe(text);
    return next;
  }, supergraph);
  return checkConsents([hotel, clinic, { ...hotel, id: 'another' }], publicSchema(changed));
}

describe('what people have agreed to', () => {
  it('stays whole under the schema it was agreed to, and under one with more in it', () => {
    expect(checkConsents([hotel, clinic], schema)).toEqual([]);
    expect(
      brokenBy([/\bfullName: String @claim/gu, 'shoeSize: Int @open(reason: "new") fullName: String @claim']),
    ).toEqual([]);
  });

  it.each<[string, [string | RegExp, string], string[]]>([
    [
      'a field that is gone',
      [/\bageOver\(/gu, 'atLeast('],
      [
        'hotel would break: ageOver: there is no such field',
        'another would break: ageOver: there is no such field',
      ],
    ],
    [
      'an argument that came along',
      [/\bageOver\(years: Int!\)/gu, 'ageOver(years: Int!, calendar: String = "solar")'],
      [
        'hotel would break: person.ageOver is no longer what it asks for',
        'another would break: person.ageOver is no longer what it asks for',
      ],
    ],
    [
      'another claim',
      [/id: "age\.over"/gu, 'id: "age.exact"'],
      [
        'hotel would break: person.ageOver was agreed to as "age.over" and is "age.exact"',
        'another would break: person.ageOver was agreed to as "age.over" and is "age.exact"',
      ],
    ],
    [
      'data that became sensitive',
      [/(id: "identity\.match"[^)]*class: )"BASIC"/gu, '$1"SENSITIVE"'],
      ['clinic would break: person.nameMatches was agreed to as BASIC and is SENSITIVE'],
    ],
    [
      'data that takes no tick any more',
      [/(id: "sensitive\.blood"[^)]*share: )"SEPARATE_TICK"/gu, '$1"ALLOWED"'],
      ['clinic would break: person.bloodGroup was agreed to with a tick of its own and is ALLOWED'],
    ],
    [
      'data that is not shared any more',
      [/(id: "sensitive\.blood"[^)]*share: )"SEPARATE_TICK"/gu, '$1"NEVER"'],
      ['clinic would break: person.bloodGroup: what the claim covers is not shared'],
    ],
    [
      'a field that told nothing and now does',
      [
        /(\bdatabase: String [^\n]*?)@open\(reason: "[^"]*"\)/gu,
        '$1@claim(id: "source", share: "ALLOWED", class: "BASIC")',
      ],
      [
        'hotel would break: person.source.database would be told and was never agreed to',
        'another would break: person.source.database would be told and was never agreed to',
      ],
    ],
  ])('is broken by %s: each consent is named, and the field', (_, change, broken) => {
    expect(brokenBy(change)).toEqual(broken.map((sentence) => `The consent ${sentence}.`));
  });
});

describe('exported consents', () => {
  it('are read line by line', () => {
    const lines = [hotel, clinic].map((consent) => `${JSON.stringify(consent)}\n`).join('');
    expect(readConsents(lines)).toEqual([hotel, clinic]);
    expect(readConsents('')).toEqual([]);
  });

  it.each(['{', 'null', '{"id":"a"}', '{"id":"a","document":"d","fields":[{"key":"k"}]}'])(
    'name the line that is none: %s',
    (line) => {
      expect(() => readConsents(`${JSON.stringify(hotel)}\n${line}\n`)).toThrow('Line 2 is no consent.');
    },
  );
});
