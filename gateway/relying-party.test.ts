import { describe, expect, test } from 'vitest';
import { makeKey, makeProof, makeToken } from './fixtures/relying-party.ts';
import type { Bent, KeyPair } from './fixtures/relying-party.ts';
import { citizen } from './fixtures/fake-services.ts';
import { consenter, SELF, setScene, WARD } from './fixtures/scene.ts';
import type { Answer, Scene } from './fixtures/scene.ts';
import type { GatewayOptions } from './gateway.ts';

const server = makeKey();
const holder = makeKey();

const GRANTED = ['person.fullName', 'person.sex', 'person.ageOver(years:18)', 'person.__typename'];
const QUERY = '{ person { fullName ageOver(years: 18) } }';

const consent = {
  state: 'ACTIVE',
  clientId: 'hotel-1',
  legalName: 'Công ty Khách sạn Sen Vàng',
  grantor: 'self',
  subject: 'self',
  relationId: null,
  capacity: 'self',
  leaves: GRANTED,
  hash: 'hash',
  purpose: 'hotel_check_in',
  legalBasis: 'Law 91/2025/QH15, art. 9',
  endsAt: '2030-01-01T00:00:00Z',
};

/** A scene with a relying party that holds a token. */
interface PartyScene extends Scene {
  readonly token: string;
  /** The nonce of the moment, as the gateway told it last. */
  nonce: string | undefined;
  /** Asks as the relying party does, by an honest proof unless it is bent or given. */
  readonly askAsParty: (query?: string, options?: PartyOptions) => Promise<Answer>;
}

interface PartyOptions {
  readonly token?: string;
  readonly key?: KeyPair;
  readonly bent?: Bent;
  readonly proof?: string | null;
  readonly scheme?: string;
  readonly variables?: unknown;
}

async function setPartyScene(options: Partial<GatewayOptions> = {}): Promise<PartyScene> {
  const scene = await setScene(options);
  scene.sharing.consent = consent;
  scene.sharing.answer = ({ url }, response) => {
    const body = url === '/oauth/jwks' ? JSON.stringify({ keys: [{ ...server.jwk, kid: 'key-1' }] }) : '{}';
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };
  const issuer = scene.gateway.publicUrl;
  const token = makeToken(server, { issuer, holder });
  const url = `${issuer}/graphql`;
  const askAsParty: PartyScene['askAsParty'] = async (query = QUERY, given = {}) => {
    const { token: shown = token, key = holder, bent, scheme = 'DPoP', variables } = given;
    const proof =
      given.proof === undefined
        ? makeProof(key, { url, token: shown, nonce: party.nonce }, bent)
        : given.proof;
    const answer = await scene.ask(query, {
      session: null,
      variables,
      headers: { authorization: `${scheme} ${shown}`, ...(proof === null ? {} : { dpop: proof }) },
    });
    party.nonce = answer.headers.get('dpop-nonce') ?? party.nonce;
    return answer;
  };
  const party: PartyScene = Object.assign(scene, {
    token,
    nonce: undefined as string | undefined,
    askAsParty,
  });
  // The first question lacks a nonce and is told one.
  await party.askAsParty();
  scene.log.entries.length = 0;
  return party;
}

const codes = ({ errors }: Answer): unknown[] =>
  errors.map(({ extensions: { code, reason } }) => [code, reason]);

describe('a relying party’s query', () => {
  test('is answered by the grant: sources are told who asks, on which consent; the entry says so', async () => {
    const scene = await setPartyScene();
    const answer = await scene.askAsParty();
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({ person: { fullName: 'NGUYỄN VĂN AN', ageOver: true } });
    expect(answer.headers.get('dpop-nonce')).toMatch(/^[\w-]{22}$/);
    expect(scene.sharing.checks).toEqual([
      { consentId: 'consent-1', clientId: 'hotel-1', tokenId: expect.any(String) },
    ]);
    expect(scene.population.calls.at(-1)).toMatchObject({
      act: { kind: 'relying_party', id: 'hotel-1' },
      level: 2,
      subjects: [{ id: 'self', as: 'consenter', claims: ['age.over', 'identity.basic'] }],
      ids: { self: { personalNumber: SELF } },
      consent: 'consent-1',
      purpose: 'hotel_check_in',
      legalBasis: 'Law 91/2025/QH15, art. 9',
    });
    expect(scene.log.entries).toMatchObject([
      {
        event: 'intent',
        actor: { kind: 'relying_party', id: 'hotel-1', name: 'Công ty Khách sạn Sen Vàng', session: null },
        subjects: [SELF],
        purpose: 'hotel_check_in',
        legalBasis: 'Law 91/2025/QH15, art. 9',
        consentId: 'consent-1',
        claims: ['age.over(years:18)', 'identity.basic'],
        sources: ['population'],
        level: 2,
      },
    ]);
    expect(scene.log.entries[0]?.['actor']).not.toHaveProperty('number');
  });

  test('keys are fetched once, the consent is asked each time, and what was revoked a moment ago is refused', async () => {
    const scene = await setPartyScene();
    for (let i = 0; i < 3; i += 1) expect((await scene.askAsParty()).errors).toEqual([]);
    expect(scene.sharing.passed.filter(({ url }) => url === '/oauth/jwks')).toHaveLength(1);
    expect(scene.sharing.checks).toHaveLength(3);
    scene.sharing.consent = { ...consent, state: 'REVOKED' };
    const calls = scene.population.calls.length;
    const answer = await scene.askAsParty();
    expect([answer.status, codes(answer)]).toEqual([403, [['CONSENT_WITHDRAWN', 'CONSENT_WITHDRAWN']]]);
    expect(scene.population.calls).toHaveLength(calls);
    await expect
      .poll(() => scene.log.entries.at(-1))
      .toMatchObject({
        event: 'denied',
        actor: { kind: 'relying_party', id: 'hotel-1', name: 'Công ty Khách sạn Sen Vàng' },
        subjects: [SELF],
        purpose: 'hotel_check_in',
        consentId: 'consent-1',
        refusal: 'CONSENT_WITHDRAWN',
        sources: [],
      });
  });

  test('about a ward is answered of the ward, while the guardianship lasts', async () => {
    const scene = await setPartyScene();
    scene.sharing.consent = { ...consent, subject: 'ward', relationId: 'relation-1', capacity: 'guardian' };
    const ward = { ...consenter, subject: 'ward', ids: citizen(WARD) };
    scene.consenters.set('ward', ward);
    expect((await scene.askAsParty()).errors).toEqual([]);
    expect(scene.population.calls.at(-1)?.subjects).toMatchObject([{ id: 'ward', as: 'consenter' }]);
    expect(scene.log.entries.at(-1)).toMatchObject({ subjects: [WARD] });
    scene.consenters.set('ward', { ...ward, stillGuardian: false });
    expect(codes(await scene.askAsParty())).toEqual([['CONSENT_REQUIRED', 'GUARDIANSHIP_ENDED']]);
  });

  const ENDED: readonly [
    what: string,
    ofConsent: object,
    ofConsenter: object,
    code: string,
    reason: string,
    number,
  ][] = [
    ['paused', { state: 'PAUSED' }, {}, 'CONSENT_REQUIRED', 'CONSENT_PAUSED', 403],
    ['stopped', { state: 'STOPPED' }, {}, 'CONSENT_REQUIRED', 'CONSENT_STOPPED', 403],
    ['expired', { state: 'EXPIRED' }, {}, 'CONSENT_EXPIRED', 'CONSENT_EXPIRED', 403],
    ['unknown', { state: 'UNKNOWN' }, {}, 'CONSENT_REQUIRED', 'CONSENT_UNKNOWN', 403],
    ['locked', {}, { status: 'LOCKED' }, 'ACCOUNT_LOCKED', 'ACCOUNT_LOCKED', 403],
    ['level 1', {}, { level: 1 }, 'LEVEL_REQUIRED', 'LEVEL_LOST', 403],
    ['a minor unconfirmed', {}, { guardianRequired: true }, 'GUARDIAN_REQUIRED', 'GUARDIAN_REQUIRED', 403],
    ['somebody else’s consent', { clientId: 'hotel-2' }, {}, 'SOURCE_INVALID', '', 502],
    ['another’s data', {}, { subject: 'other' }, 'SOURCE_INVALID', '', 502],
    ['an account that is gone', {}, { actor: null }, 'CONSENT_REQUIRED', 'CONSENT_STOPPED', 403],
  ];

  test('is refused by what has changed since, and no source asked', async () => {
    const scene = await setPartyScene();
    for (const [what, ofConsent, ofConsenter, code, reason, status] of ENDED) {
      scene.sharing.consent = { ...consent, ...ofConsent };
      scene.consenters.set('self', { ...consenter, ...ofConsenter });
      const answer = await scene.askAsParty();
      const expected = [status, [[code, reason === '' ? undefined : reason]]];
      expect([answer.status, codes(answer)], what).toEqual(expected);
      if (reason !== '') await expect.poll(() => scene.log.entries.at(-1)?.refusal).toBe(code);
    }
    expect(scene.population.calls).toEqual([]);
  });

  test('without sharing or accounts nobody is verified', async () => {
    const scene = await setPartyScene();
    await scene.sharing.stop();
    const answer = await scene.askAsParty();
    expect([answer.status, answer.errors[0]?.extensions]).toMatchObject([
      503,
      { code: 'SOURCE_UNAVAILABLE', source: 'sharing' },
    ]);
    expect(scene.population.calls).toEqual([]);
  });
});

describe('more than was granted refuses the whole operation before any source is asked', () => {
  const BEYOND: readonly [what: string, query: string, fields: unknown][] = [
    ['another field', '{ person { fullName dateOfBirth } }', ['person.dateOfBirth']],
    ['another age', '{ person { ageOver(years: 21) } }', ['person.ageOver(years:21)']],
    ['an alias of a granted name', '{ person { fullName: dateOfBirth } }', ['person.dateOfBirth']],
    [
      'a fragment',
      'fragment F on Person { dateOfBirth } { person { fullName ...F } }',
      ['person.dateOfBirth'],
    ],
    ['a type condition', '{ person { ... on Citizen { religion } } }', ['person.religion']],
    ['another root', '{ me { level } }', ['me.level']],
    [
      'another root beside',
      '{ person { fullName } accessHistory { nodes { index } } }',
      ['accessHistory.nodes.index'],
    ],
    ['the schema', '{ __schema { queryType { name } } person { fullName } }', ['__schema']],
    ['a mutation', 'mutation { signOut }', ['mutation']],
    ['the kind of the root', '{ __typename person { fullName } }', ['__typename']],
    [
      'a hundred ages',
      `{ person { ${Array.from({ length: 30 }, (_, at) => `a${at}: ageOver(years: ${at})`).join(' ')} } }`,
      expect.arrayContaining(['person.ageOver(years:0)', 'person.ageOver(years:29)']),
    ],
  ];

  test('however it is written', async () => {
    const scene = await setPartyScene();
    for (const [what, query, fields] of BEYOND) {
      scene.log.entries.length = 0;
      const answer = await scene.askAsParty(query);
      expect([answer.status, answer.data], what).toEqual([403, undefined]);
      expect(answer.errors, what).toMatchObject([
        { extensions: { code: 'CONSENT_REQUIRED', reason: 'BEYOND_GRANT', fields } },
      ]);
      await expect
        .poll(() => scene.log.entries)
        .toMatchObject([
          {
            event: 'denied',
            refusal: 'CONSENT_REQUIRED',
            subjects: [SELF],
            actor: { id: 'hotel-1' },
          },
        ]);
    }
    expect(scene.population.calls).toEqual([]);
  });

  test('a variable counts by its value, a condition by what it leaves', async () => {
    const scene = await setPartyScene();
    const age = 'query ($years: Int!) { person { ageOver(years: $years) } }';
    expect((await scene.askAsParty(age, { variables: { years: 18 } })).errors).toEqual([]);
    expect(codes(await scene.askAsParty(age, { variables: { years: 19 } }))).toEqual([
      ['CONSENT_REQUIRED', 'BEYOND_GRANT'],
    ]);
    const maybe = 'query ($all: Boolean!) { person { fullName dateOfBirth @include(if: $all) } }';
    expect((await scene.askAsParty(maybe, { variables: { all: false } })).errors).toEqual([]);
    expect(codes(await scene.askAsParty(maybe, { variables: { all: true } }))).toEqual([
      ['CONSENT_REQUIRED', 'BEYOND_GRANT'],
    ]);
  });

  test('the refused attempt names the claims and fields, never a value', async () => {
    const scene = await setPartyScene();
    await scene.askAsParty('{ person { fullName religion: dateOfBirth ageOver(years: 77) } }');
    await expect
      .poll(() => scene.log.entries.at(-1))
      .toMatchObject({
        claims: ['age.over', 'identity.basic'],
        detail: { fields: ['Person.ageOver', 'Person.dateOfBirth'] },
      });
  });
});

describe('who does not prove themself is refused', () => {
  const other = makeKey();
  const past = Math.floor(Date.now() / 1000) - 120;

  const PROOFS: readonly [what: string, PartyOptions, reason: string, challenge: string][] = [
    ['no proof', { proof: null }, 'PROOF_MISSING', 'invalid_dpop_proof'],
    ['no JWT', { proof: 'abc' }, 'PROOF_INVALID', 'invalid_dpop_proof'],
    ['two proofs', { proof: 'a.b.c, d.e.f' }, 'PROOF_INVALID', 'invalid_dpop_proof'],
    ['another type', { bent: { header: { typ: 'jwt' } } }, 'PROOF_INVALID', 'invalid_dpop_proof'],
    [
      'no signature to speak of',
      { bent: { header: { alg: 'none' } } },
      'PROOF_INVALID',
      'invalid_dpop_proof',
    ],
    ['a symmetric algorithm', { bent: { header: { alg: 'HS256' } } }, 'PROOF_INVALID', 'invalid_dpop_proof'],
    [
      'another algorithm than the key’s',
      { bent: { header: { alg: 'EdDSA' } } },
      'PROOF_INVALID',
      'invalid_dpop_proof',
    ],
    ['another signer', { bent: { signedBy: other } }, 'PROOF_INVALID', 'invalid_dpop_proof'],
    [
      'a private key shown',
      { bent: { header: { jwk: { ...holder.jwk, d: 'AAAA' } } } },
      'PROOF_INVALID',
      'invalid_dpop_proof',
    ],
    [
      'a critical extension',
      { bent: { header: { crit: ['x'], x: 1 } } },
      'PROOF_INVALID',
      'invalid_dpop_proof',
    ],
    ['no id', { bent: { payload: { jti: undefined } } }, 'PROOF_INVALID', 'invalid_dpop_proof'],
    ['a stolen token and another key', { key: other }, 'PROOF_KEY', 'invalid_token'],
    ['another method', { bent: { payload: { htm: 'GET' } } }, 'PROOF_TARGET', 'invalid_dpop_proof'],
    [
      'another address',
      { bent: { payload: { htu: 'https://elsewhere.example/graphql' } } },
      'PROOF_TARGET',
      'invalid_dpop_proof',
    ],
    ['no address', { bent: { payload: { htu: undefined } } }, 'PROOF_TARGET', 'invalid_dpop_proof'],
    ['another token', { bent: { payload: { ath: 'AAAA' } } }, 'PROOF_TOKEN', 'invalid_dpop_proof'],
    ['no token', { bent: { payload: { ath: undefined } } }, 'PROOF_TOKEN', 'invalid_dpop_proof'],
    ['an old proof', { bent: { payload: { iat: past } } }, 'PROOF_TIME', 'invalid_dpop_proof'],
    ['a proof of the future', { bent: { payload: { iat: past + 240 } } }, 'PROOF_TIME', 'invalid_dpop_proof'],
    ['a proof of no time', { bent: { payload: { iat: undefined } } }, 'PROOF_TIME', 'invalid_dpop_proof'],
  ];

  test('each wrong proof by its name, and an honest one serves after it', async () => {
    const scene = await setPartyScene();
    for (const [what, options, reason, challenge] of PROOFS) {
      scene.log.entries.length = 0;
      const asked = scene.sharing.checks.length;
      const answer = await scene.askAsParty(QUERY, options);
      expect([answer.status, codes(answer)], what).toEqual([401, [['UNAUTHENTICATED', reason]]]);
      expect(answer.headers.get('www-authenticate')).toBe(
        `DPoP error="${challenge}", error_description="${reason}", algs="ES256 EdDSA PS256"`,
      );
      expect(scene.sharing.checks, what).toHaveLength(asked);
      // The token was genuine: whoever held it has tried.
      await expect
        .poll(() => scene.log.entries)
        .toMatchObject([
          { event: 'denied', actor: { kind: 'relying_party', id: 'hotel-1' }, refusal: reason, subjects: [] },
        ]);
    }
    expect(scene.population.calls).toEqual([]);
    expect((await scene.askAsParty()).errors).toEqual([]);
  });

  test('who lacks a nonce, or has an old one, is told one, which then serves; nothing is held against them', async () => {
    const scene = await setPartyScene();
    for (const nonce of [undefined, 'AAAAAAAAAAAAAAAAAAAAAA']) {
      scene.nonce = nonce;
      const answer = await scene.askAsParty();
      expect([answer.status, codes(answer)]).toEqual([401, [['UNAUTHENTICATED', 'PROOF_NONCE']]]);
      expect(answer.headers.get('www-authenticate')).toContain('error="use_dpop_nonce"');
      expect((await scene.askAsParty()).errors).toEqual([]);
    }
    expect(scene.log.entries.every(({ event }) => event === 'intent')).toBe(true);
  });

  test('a proof serves once', async () => {
    const scene = await setPartyScene();
    const { token, nonce } = scene;
    const proof = makeProof(holder, { url: `${scene.gateway.publicUrl}/graphql`, token, nonce });
    expect((await scene.askAsParty(QUERY, { proof })).errors).toEqual([]);
    const again = await scene.askAsParty(QUERY, { proof });
    expect([again.status, codes(again)]).toEqual([401, [['UNAUTHENTICATED', 'PROOF_REPLAYED']]]);
    await expect.poll(() => scene.log.entries.at(-1)?.refusal).toBe('PROOF_REPLAYED');
    expect(scene.events).toContainEqual({
      event: 'GATEWAY_PARTY_REFUSED',
      fields: { requestId: expect.any(String), reason: 'PROOF_REPLAYED' },
    });
  });

  test.each(['EdDSA', 'PS256'] as const)('a key of %s serves as well', async (alg) => {
    const scene = await setPartyScene();
    const key = makeKey(alg);
    const token = makeToken(server, { issuer: scene.gateway.publicUrl, holder: key });
    expect((await scene.askAsParty(QUERY, { token, key })).errors).toEqual([]);
  });

  test('an address with a query, or in other letters, is the same; a port or path of its own is not', async () => {
    const scene = await setPartyScene({ settings: { publicUrl: 'https://dinhdanh.example' } });
    const ask = async (htu: string): Promise<number> =>
      (await scene.askAsParty(QUERY, { bent: { payload: { htu } } })).status;
    expect(await ask('HTTPS://DinhDanh.example:443/graphql?x=1#y')).toBe(200);
    expect(await ask('https://dinhdanh.example:444/graphql')).toBe(401);
    expect(await ask('https://dinhdanh.example/graphql/')).toBe(401);
    expect(await ask('https://a@dinhdanh.example/graphql')).toBe(401);
  });

  const TOKENS: readonly [what: string, Bent][] = [
    ['of another server', { payload: { iss: 'https://elsewhere.example' } }],
    ['for another audience', { payload: { aud: 'https://elsewhere.example/graphql' } }],
    ['signed by another', { signedBy: other }],
    ['of a key nobody publishes', { header: { kid: 'key-2' } }],
    ['of another type', { header: { typ: 'jwt' } }],
    ['unsigned', { header: { alg: 'none' } }],
    ['bound to no key', { payload: { cnf: undefined } }],
    ['of no consent', { payload: { authorization_details: [] } }],
    [
      'of two consents',
      {
        payload: {
          authorization_details: [
            { type: 'profile_share', consent_id: 'a' },
            { type: 'profile_share', consent_id: 'b' },
          ],
        },
      },
    ],
    ['that lives too long', { payload: { exp: Math.floor(Date.now() / 1000) + 4_000 } }],
    ['that has ended', { payload: { iat: past - 300, exp: past } }],
  ];

  test('of each wrong token nobody is written down, since nobody knows who it was', async () => {
    const scene = await setPartyScene();
    for (const [what, bent] of TOKENS) {
      const token = makeToken(server, { issuer: scene.gateway.publicUrl, holder }, bent);
      const answer = await scene.askAsParty(QUERY, { token });
      expect(answer.status, what).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    }
    expect(scene.log.entries).toEqual([]);
    expect(scene.sharing.checks).toEqual([]);
    // Ids of keys that nobody publishes can be made up: the set is not fetched for each.
    expect(scene.sharing.passed.filter(({ url }) => url === '/oauth/jwks')).toHaveLength(1);
  });

  test('a token as a bearer’s opens nothing, with a proof or without', async () => {
    const scene = await setPartyScene();
    for (const proof of [undefined, null]) {
      const answer = await scene.askAsParty(QUERY, {
        scheme: 'Bearer',
        ...(proof === null ? { proof } : {}),
      });
      expect([answer.status, codes(answer)]).toEqual([401, [['UNAUTHENTICATED', 'DPOP_REQUIRED']]]);
      expect(answer.headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_token"/);
    }
    expect(scene.sharing.checks).toEqual([]);
  });
});

describe('where trusted documents alone are run', () => {
  test('what a person has agreed to is asked by text as ever, and nothing beyond it', async () => {
    const party = await setPartyScene({ settings: { documents: 'trusted' } });
    expect((await party.askAsParty()).data).toEqual({ person: { fullName: party.name, ageOver: true } });
    const beyond = await party.askAsParty('{ person { fullName dateOfBirth } }');
    expect(beyond.errors[0]?.extensions).toMatchObject({ code: 'CONSENT_REQUIRED', reason: 'BEYOND_GRANT' });
    const read = party.gateway.stats.documents;
    const stranger = await party.askAsParty('{ person { dateOfBirth } }', { key: makeKey() });
    expect(stranger.status).toBe(401);
    expect(party.gateway.stats.documents).toBe(read);
  });
});
