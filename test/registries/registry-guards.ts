import { randomUUID } from 'node:crypto';
import { bodyHash, CALLER_TOKEN_SECONDS, signCallerToken } from '@dinhdanh/kit';
import type { CallerToken } from '@dinhdanh/kit';
import type { TestCaller } from '@dinhdanh/kit/testing';
import { describe, expect, it } from 'vitest';
import { callerOf, entities, failures, REGISTRY_KEY } from './registry-under-test.ts';
import type { RegistryUnderTest, Subject } from './registry-under-test.ts';

/** What the guards are tried with: two people, and a document of the first. */
export interface GuardCase {
  readonly registry: () => RegistryUnderTest;
  readonly name: string;
  readonly owner: Subject;
  readonly stranger: Subject;
  /** A type with a hidden `ref`, and the reference of the owner's. */
  readonly document: { readonly __typename: string; readonly ref: string };
  /** The type this registry knows people by: `Person` where it tells no citizens from foreigners. */
  readonly personType?: string;
  /** A selection on that type that leads to documents. */
  readonly selection: string;
  /** The registry's root of changes. */
  readonly changes: string;
}

/** What every registry refuses, whatever the gateway has decided (the gateway may be wrong). */
export function describeGuards(given: GuardCase): void {
  const { registry, owner, stranger, document, selection, changes } = given;
  const { personType = 'Person' } = given;
  const person = ({ subject }: Subject) => ({ __typename: personType, subject });

  describe('a registry that trusts nobody', () => {
    it('refuses the record of a person outside the token, and raises the alarm', async () => {
      const before = registry().log.count('SERVICE_REFERENCE_REFUSED');
      const people = [person(owner), person(stranger)];
      const answer = await entities(
        registry(),
        `... on ${personType} { ${selection} }`,
        people,
        callerOf(owner),
      );
      expect(failures(answer)).toEqual([['NOT_PERMITTED', '_entities.1']]);
      expect(answer.body.data._entities[0]).not.toBeNull();
      expect(answer.body.data._entities[1]).toBeNull();
      expect(registry().log.count('SERVICE_REFERENCE_REFUSED')).toBe(before + 1);
    });

    it('answers a reference to its owner, and the same to a foreign and a missing one', async () => {
      const refs = [document, { ...document, ref: 'no-such-document' }];
      const read = `... on ${document.__typename} { ref holder }`;
      const own = await entities(registry(), read, refs, callerOf(owner));
      expect(own.body.data._entities[0]).toMatchObject({ ref: document.ref });
      const foreign = await entities(registry(), read, refs, callerOf(stranger));
      expect(foreign.body.data._entities).toEqual([null, null]);
      const [first, second] = foreign.body.errors;
      expect({ ...first, path: null }).toEqual({ ...second, path: null });
      expect(failures(foreign)).toEqual([
        ['NOT_FOUND', '_entities.0'],
        ['NOT_FOUND', '_entities.1'],
      ]);
    });

    it('tells its changes to systems alone', async () => {
      const query = `{ ${changes} { nodes { cursor } } }`;
      const refused = await registry().client.ask(query, {}, callerOf(owner));
      expect(failures(refused)).toEqual([['NOT_PERMITTED', changes]]);
      const told = await registry().client.ask(query);
      expect(told.body.errors).toBeUndefined();
    });

    it('answers nothing without a token, its own schema included', async () => {
      for (const query of [
        '{ _service { sdl } }',
        `{ ${changes} { nodes { cursor } } }`,
        '{ __typename }',
        '{',
      ]) {
        const { status, text } = await post(registry(), JSON.stringify({ query }), null);
        expect([status, JSON.parse(text)]).toEqual([401, UNAUTHENTICATED]);
      }
    });

    it.each(Object.entries(BROKEN))('answers nothing to %s', async (_, breakIt) => {
      const body = JSON.stringify({ query: '{ _service { sdl } }' });
      const { status, text } = await post(registry(), body, breakIt(tokenFor(registry(), given, body), body));
      expect([status, JSON.parse(text)]).toEqual([401, UNAUTHENTICATED]);
    });

    it('answers a good token once, and not when it is replayed', async () => {
      const body = JSON.stringify({ query: '{ _service { sdl } }' });
      const token = signCallerToken(tokenFor(registry(), given, body), REGISTRY_KEY);
      expect((await post(registry(), body, token)).status).toBe(200);
      expect((await post(registry(), body, token)).status).toBe(401);
    });
  });
}

const UNAUTHENTICATED = {
  errors: [{ message: 'UNAUTHENTICATED', extensions: { code: 'UNAUTHENTICATED' } }],
};

const signed = (token: CallerToken, key = REGISTRY_KEY): string => signCallerToken(token, key);

const BROKEN: Readonly<Record<string, (token: CallerToken, body: string) => string>> = {
  'a token for another service': (token) => signed({ ...token, aud: 'accounts' }),
  'a token for another body': (token) => signed({ ...token, bh: bodyHash('{}') }),
  'a token that has expired': (token) => signed({ ...token, iat: token.iat - 60, exp: token.exp - 60 }),
  'a token of the future': (token) => signed({ ...token, iat: token.iat + 60, exp: token.exp + 60 }),
  'a token that lives too long': (token) => signed({ ...token, exp: token.iat + 3600 }),
  'a token of another issuer': (token) => signed({ ...token, iss: 'somebody' as 'gateway' }),
  'a token signed with another key': (token) => signed(token, Buffer.alloc(32, 9)),
  'a token without a signature': (token) => signed(token).replace(/\.[^.]*$/, '.'),
  'a token that says it needs no signature': (token) =>
    signed(token).replace(/^[^.]*/, Buffer.from('{"alg":"none","typ":"caller+jwt"}').toString('base64url')),
};

function tokenFor(registry: RegistryUnderTest, { name, owner }: GuardCase, body: string): CallerToken {
  const iat = Math.floor(registry.clock.read().getTime() / 1000);
  return {
    iss: 'gateway',
    aud: name,
    iat,
    exp: iat + CALLER_TOKEN_SECONDS,
    jti: `${randomUUID()}.0`,
    claims: [],
    purpose: 'test',
    legalBasis: 'test',
    bh: bodyHash(body),
    ...(callerOf(owner) as Required<Pick<TestCaller, 'act' | 'level' | 'subjects' | 'ids'>>),
  };
}

async function post(
  { origin }: RegistryUnderTest,
  body: string,
  token: string | null,
): Promise<{ status: number; text: string }> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const headers = { 'content-type': 'application/json', ...authorization };
  const response = await fetch(`${origin}/graphql`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}
