import type { DemoPerson } from '@dinhdanh/start';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { readDemo } from '../harness/client.ts';
import { persona } from '../harness/told-people.ts';
import { dateInDays, hotelDetail, proofKey, pushed, send } from './relying-party.ts';
import type { RelyingParty } from './relying-party.ts';
import * as whole from './whole-flow.ts';
import type { Shared, Way } from './whole-flow.ts';

// The relying party that asks for more than it may: at its registration's edge, and at the edge of what was granted.
const system = inject('system');
const person = readDemo(system.dataFolder).citizens['level2'] as DemoPerson;
const GRANTED = '{ person { fullName ageOver(years: 18) } }';

let way: Way;
let party: RelyingParty;
let shared: Shared;
beforeAll(async () => {
  way = await whole.openWay(system);
  party = await whole.newParty(way);
  const visitor = await whole.visitorOf(way, person);
  shared = await whole.share(way, party, visitor, { more: { voluntary: ['person.ageOver(years:18)'] } });
});

async function denied(actor: string): Promise<whole.LoggedEntry[]> {
  return (await whole.entriesOf(way, { actor })).filter(({ event }) => event === 'denied');
}

describe('beyond the registration', () => {
  const BEYOND: readonly [what: string, detail: object][] = [
    ['a claim the purpose is not registered for', { query: '{ person { contact { phone } } }' }],
    [
      'a field of the same record that is not registered',
      { query: '{ person { fullName ... on Citizen { religion } } }' },
    ],
    ['an age that the purpose has no use for', { query: '{ person { ageOver(years: 47) } }' }],
    ['the schema', { query: '{ __schema { queryType { name } } }' }],
    ['another root', { query: '{ me { level } }' }],
    [
      'an alias of a granted name',
      { query: '{ person { fullName: dateOfBirth ageOver: personalNumber } me { level } }' },
    ],
    [
      'a purpose it has not',
      { purpose: { code: 'hospital', text: { vi: 'Khám bệnh', en: 'To be treated' } } },
    ],
    ['a purpose nobody has', { purpose: { code: 'marketing', text: { vi: 'Quảng cáo', en: 'Marketing' } } }],
    ['to keep it longer', { retention_days: 31 }],
    [
      'a standing consent',
      { fetch: 'standing', frequency: { times: 1, per: 'P1D' }, valid_until: dateInDays(30) },
    ],
    ['another type', { type: 'profile_dump' }],
    [
      'a hundred ages',
      {
        query: `{ person { ${Array.from({ length: 100 }, (_, at) => `a${at}: ageOver(years: ${at})`).join(' ')} } }`,
      },
    ],
  ];

  it.each(BEYOND)('%s is refused when it is pushed, and stands in the log', async (_what, detail) => {
    const own = await whole.newParty(way);
    const key = await proofKey();
    const answer = await send(
      own,
      { issuer: way.url, path: '/oauth/par', key },
      pushed(own, { ...hotelDetail, voluntary: [], ...detail }),
    );
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_authorization_details']);
    await expect
      .poll(() => denied(own.id))
      .toMatchObject([{ refusal: 'OAUTH_INVALID_AUTHORIZATION_DETAILS' }]);
  });
});

describe('beyond the grant', () => {
  const ages = (count: number): string =>
    Array.from({ length: count }, (_, at) => `a${at}: ageOver(years: ${at})`).join(' ');
  const BEYOND: readonly [what: string, query: string, variables?: object][] = [
    ['a field', '{ person { fullName dateOfBirth } }'],
    ['a field under the alias of a granted one', '{ person { fullName: personalNumber } }'],
    ['a fragment', 'fragment F on Person { dateOfBirth } query { person { fullName ...F } }'],
    [
      'a fragment in a fragment',
      'fragment G on Person { dateOfBirth } fragment F on Person { ...G } { person { ...F } }',
    ],
    ['an inline fragment', '{ person { fullName ... { dateOfBirth } } }'],
    ['a type condition', '{ person { fullName ... on Citizen { religion } } }'],
    ['@include', '{ person { fullName dateOfBirth @include(if: true) } }'],
    [
      '@include by a variable',
      'query($all: Boolean!) { person { fullName dateOfBirth @include(if: $all) } }',
      { all: true },
    ],
    ['@skip by a default', 'query($no: Boolean = false) { person { fullName dateOfBirth @skip(if: $no) } }'],
    [
      '@skip on a fragment',
      'fragment F on Person { dateOfBirth } { person { fullName ...F @skip(if: false) } }',
    ],
    ['another age', '{ person { ageOver(years: 21) } }'],
    ['another age by a variable', 'query($years: Int!) { person { ageOver(years: $years) } }', { years: 19 }],
    ['another age beside the granted one', '{ person { ageOver(years: 18) older: ageOver(years: 60) } }'],
    ['twenty ages', `{ person { ${ages(20)} } }`],
    ['the kind of person', '{ person { __typename fullName } }'],
    ['the kind of person by a type condition', '{ person { ... on Citizen { fullName } } }'],
    ['the kind of the root', '{ __typename person { fullName } }'],
    ['a record', '{ person { passports { number } } }'],
    [
      'how many records there are',
      '{ person { fullName ... on Citizen { vehicles { source { database } } } } }',
    ],
    [
      'what is open in a record that was not granted',
      '{ person { healthInsurance { source { fetchedAt } } } }',
    ],
    ['the account', '{ me { level } }'],
    ['the history', '{ person { fullName } accessHistory { nodes { index } } }'],
    ['consents', '{ me { consents { nodes { id } } } }'],
    ['the schema', '{ __schema { types { name } } }'],
    ['a type of the schema', '{ person { fullName } __type(name: "Citizen") { fields { name } } }'],
    ['a mutation of the consent', 'mutation($id: ID!) { resumeConsent(id: $id) { state } }', { id: 'x' }],
    ['a mutation of the session', 'mutation { signOut }'],
    ['to take a request', 'mutation { claimShare(input: {code: "a.0.q.b"}) { handle } }'],
    ['operations of a named kind', 'query A { person { dateOfBirth } }'],
  ];

  it.each(BEYOND)(
    '%s refuses the whole operation, and stands in the log',
    async (_what, query, variables) => {
      const before = (await denied(party.id)).length;
      const answer = await whole.read(way, shared, query, { variables });
      expect(answer.data ?? null).toBeNull();
      expect([answer.status, answer.errors.map(({ extensions }) => extensions.code)]).toEqual([
        403,
        ['CONSENT_REQUIRED'],
      ]);
      await expect.poll(async () => (await denied(party.id)).length).toBe(before + 1);
      expect((await denied(party.id)).at(-1)).toMatchObject({
        refusal: 'CONSENT_REQUIRED',
        consentId: shared.consentId,
      });
    },
  );

  it('a hundred ages are refused as well, before anybody is asked', async () => {
    const answer = await whole.read(way, shared, `{ person { ${ages(100)} } }`);
    expect(answer.data ?? null).toBeNull();
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it('what was granted is answered in all its writings', async () => {
    for (const query of [
      GRANTED,
      '{ person { name: fullName adult: ageOver(years: 18) } }',
      'fragment F on Person { fullName } { person { ...F dateOfBirth @skip(if: true) } }',
    ]) {
      const answer = await whole.read(way, shared, query);
      expect([answer.status, answer.errors], query).toEqual([200, []]);
    }
  });

  it('the log names claims and never a value: neither the name nor any number of the person', async () => {
    const { account } = persona('level2');
    const { personalNumber, matchName, dateOfBirth, oldIdNumber, passports, cancelledNumbers } =
      account.identifiers ?? expect.unreachable('identifiers');
    const fullName = await whole.read(way, shared, '{ person { fullName } }');
    const name = /"fullName":"([^"]+)"/.exec(fullName.text)?.[1] ?? expect.unreachable('a name');
    const values = [
      name,
      matchName,
      personalNumber,
      dateOfBirth,
      oldIdNumber,
      ...passports,
      ...cancelledNumbers,
    ];
    const words = values.filter((word) => word !== null && word !== '') as string[];
    const entries = [
      ...(await whole.entriesOf(way, { actor: party.id })),
      ...(await whole.entriesOf(way, { consentId: shared.consentId })),
    ];
    expect(entries.length).toBeGreaterThan(20);
    for (const { text } of entries) for (const word of words) expect(text).not.toContain(word);
    expect(entries.flatMap(({ claims }) => claims)).toContain('age.over(years:18)');
    expect(entries.some(({ claims }) => claims.includes('identity.basic'))).toBe(true);
  });
});
