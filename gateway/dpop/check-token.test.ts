import { AppError } from '@dinhdanh/kit';
import { expect, test } from 'vitest';
import { makeKey, makeToken } from '../fixtures/relying-party.ts';
import { TokenChecker } from './check-token.ts';
import { openSigningKeys } from './signing-keys.ts';

const server = makeKey();
const holder = makeKey();
const ISSUER = 'https://dinhdanh.example';

const after = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

test('a verified token is remembered until it ends, and not a moment longer', async () => {
  let asked = 0;
  const keys = openSigningKeys(async () => {
    asked += 1;
    return { keys: [{ ...server.jwk, kid: 'key-1' }] };
  });
  const tokens = new TokenChecker({ keys, publicUrl: () => ISSUER });
  const token = makeToken(server, { issuer: ISSUER, holder });
  expect(await tokens.check(token, after(0))).toMatchObject({
    clientId: 'hotel-1',
    consentId: 'consent-1',
    thumbprint: holder.thumbprint,
  });
  await tokens.check(token, after(290));
  expect(asked).toBe(1);
  await expect(tokens.check(token, after(301))).rejects.toMatchObject({ reason: 'TOKEN_EXPIRED' });
  await expect(tokens.check(token, after(301))).rejects.toMatchObject({ reason: 'TOKEN_EXPIRED' });
});

test('an unknown key is asked for, but made-up ones do not make us ask again and again', async () => {
  let asked = 0;
  let published: object[] = [{ ...server.jwk, kid: 'key-1' }];
  const keys = openSigningKeys(async () => {
    asked += 1;
    return { keys: published };
  });
  expect((await keys.of('key-1', after(0)))?.thumbprint).toBe(server.thumbprint);
  const rotated = makeKey();
  published = [{ ...rotated.jwk, kid: 'key-2' }];
  for (let i = 0; i < 5; i += 1) expect(await keys.of(`made-up-${i}`, after(5))).toBeNull();
  expect(asked).toBe(1);
  expect((await keys.of('key-2', after(11)))?.thumbprint).toBe(rotated.thumbprint);
  expect(asked).toBe(2);
  // What is published no more is no key.
  expect(await keys.of('key-1', after(12))).toBeNull();
});

test('many who ask at once ask once; a server that is away is told as such, and its keys serve ten minutes', async () => {
  let asked = 0;
  let isAway = false;
  const keys = openSigningKeys(async () => {
    asked += 1;
    await new Promise((done) => setTimeout(done, 20));
    if (isAway) throw new AppError('SOURCE_UNAVAILABLE', { source: 'sharing' });
    return { keys: [{ ...server.jwk, kid: 'key-1' }] };
  });
  await Promise.all(Array.from({ length: 10 }, () => keys.of('key-1', after(0))));
  expect(asked).toBe(1);
  isAway = true;
  expect(await keys.of('key-1', after(599))).not.toBeNull();
  await expect(keys.of('key-1', after(601))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  await expect(keys.of('key-1', after(602))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  expect(asked).toBe(2);
});

test('a private key, or one of another kind, is no key of the set', async () => {
  const { d } = makeKey().privateKey.export({ format: 'jwk' });
  const keys = openSigningKeys(async () => ({
    keys: [
      { ...server.jwk, d, kid: 'private' },
      { kty: 'oct', k: 'AAAA', kid: 'secret' },
      { ...server.jwk, x: 'AAAA', kid: 'broken' },
      null,
      { ...server.jwk },
    ],
  }));
  for (const kid of ['private', 'secret', 'broken']) expect(await keys.of(kid, after(0))).toBeNull();
  const empty = openSigningKeys(async () => ({ nothing: true }));
  await expect(empty.of('key-1', after(0))).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
});
