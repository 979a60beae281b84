import { randomUUID } from 'node:crypto';
import { service as immigration } from '@dinhdanh/immigration';
import { seed as seedImmigration } from '@dinhdanh/immigration/seed';
import { bodyHash, signCallerToken } from '@dinhdanh/kit';
import type { CallerToken } from '@dinhdanh/kit';
import { persona } from '@dinhdanh/people';
import { service as population } from '@dinhdanh/population';
import { seed as seedPopulation } from '@dinhdanh/population/seed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerOf, entities, failures, REGISTRY_KEY, startRegistry } from './registry-under-test.ts';
import type { RegistryUnderTest, Subject } from './registry-under-test.ts';

const person = (key: 'level1' | 'level2'): Subject => {
  const { subject, identifiers } = persona(key).account;
  if (identifiers === null) throw new TypeError('staff are nobody’s record');
  return { subject, identifiers };
};
const [owner, other] = [person('level2'), person('level1')];

describe.each([
  ['population', population, seedPopulation, '... on Citizen { fullName }'],
  ['immigration', immigration, seedImmigration, '... on Citizen { passports { number } }'],
] as const)('%s', (name, service, seed, selection) => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await startRegistry(service, seed);
  });
  afterAll(() => registry.stop());

  const body = JSON.stringify({
    query: `{ _entities(representations: [{__typename: "Citizen", subject: "${owner.subject}"}]) { ${selection} } }`,
  });
  const token = (change: Partial<CallerToken> = {}): CallerToken => {
    const iat = Math.floor(registry.clock.read().getTime() / 1000);
    return {
      iss: 'gateway',
      aud: name,
      iat,
      exp: iat + 30,
      jti: `${randomUUID()}.0`,
      act: { kind: 'person', id: owner.subject },
      level: 2,
      subjects: [{ id: owner.subject, as: 'self', claims: ['identity.basic'] }],
      ids: { [owner.subject]: owner.identifiers },
      claims: ['identity.basic'],
      purpose: 'profile',
      legalBasis: 'owner',
      bh: bodyHash(body),
      ...change,
    };
  };
  const post = async (authorization: string | null, sent = body) => {
    const response = await fetch(`${registry.origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === null ? {} : { authorization: `Bearer ${authorization}` }),
      },
      body: sent,
    });
    return { status: response.status, text: await response.text() };
  };
  const signed = (change: Partial<CallerToken> = {}) => signCallerToken(token(change), REGISTRY_KEY);
  const REFUSED = '{"errors":[{"message":"UNAUTHENTICATED","extensions":{"code":"UNAUTHENTICATED"}}]}';

  it('answers a right token once and its replay never', async () => {
    const once = signed();
    expect((await post(once)).text).not.toContain('errors');
    expect(await post(once)).toEqual({ status: 401, text: REFUSED });
  });

  it.each([
    ['no token', () => null, undefined],
    ['no token, asked for its own schema', () => null, '{"query":"{ _service { sdl } }"}'],
    ['no token, asked who it is', () => null, '{"query":"{ __typename }"}'],
    ['a token for another service', () => signed({ aud: 'vehicles' }), undefined],
    ['a token for another body', () => signed(), body.replace('query', 'query ')],
    ['a token that has ended', () => signed({ iat: token().iat - 60, exp: token().iat - 30 }), undefined],
    ['a token that lives too long', () => signed({ exp: token().iat + 31 }), undefined],
    ['a token of another issuer', () => signed({ iss: 'somebody' as 'gateway' }), undefined],
    ['a token of another key', () => signCallerToken(token(), Buffer.alloc(32, 8)), undefined],
    ['a token that is none', () => 'abc', undefined],
  ])('answers nothing to %s', async (_, authorization, sent) => {
    expect(await post(authorization(), sent)).toEqual({ status: 401, text: REFUSED });
  });

  it('refuses a subject outside the token and answers the others beside it', async () => {
    const references = [other, owner].map(({ subject }) => ({ __typename: 'Citizen', subject }));
    const answer = await entities(registry, selection, references, callerOf(owner));
    expect(failures(answer)).toEqual([['NOT_PERMITTED', '_entities.0']]);
    expect(answer.body.data._entities[1]).toEqual(expect.any(Object));
    expect(registry.log.count('SERVICE_REFERENCE_REFUSED')).toBe(1);
  });

  it('keeps what it served, by call and without a word of the person', async () => {
    await entities(registry, selection, [{ __typename: 'Citizen', subject: owner.subject }], {
      ...callerOf(owner),
      jti: 'kept.0',
    });
    const rows = await registry.sql(`SELECT * FROM served WHERE call_id = 'kept.0'`);
    expect(rows).toEqual([
      { call_id: 'kept.0', at: registry.clock.read(), actor_kind: 'person', subjects: 1, claims: 0 },
    ]);
  });

  it('answers nothing that it could not keep a record of', async () => {
    await registry.sql('ALTER TABLE served RENAME TO served_away');
    const { status, text } = await post(signed());
    await registry.sql('ALTER TABLE served_away RENAME TO served');
    expect({ status, text }).toEqual({
      status: 503,
      text: '{"errors":[{"message":"SOURCE_UNAVAILABLE","extensions":{"code":"SOURCE_UNAVAILABLE"}}]}',
    });
  });
});
