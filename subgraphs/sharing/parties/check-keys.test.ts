import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkKeys } from './check-keys.ts';

const ec = (members: object = {}): object => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
  kid: 'one',
  ...members,
});
const rsa = (bits: number): object => ({
  ...generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' }),
  kid: 'rsa',
});
const okp = {
  ...generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }),
  kid: 'okp',
};
const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
const codes = (...keys: object[]): string[] =>
  checkKeys(JSON.stringify({ keys }), 'jwks').problems.map(({ field, code }) => `${field} ${code}`);

describe('a key set at registration', () => {
  test('is taken with every kind of key that FAPI 2.0 lets sign', () => {
    const { keys, problems } = checkKeys(JSON.stringify({ keys: [ec(), rsa(2048), okp] }), 'jwks');
    expect(problems).toEqual([]);
    expect(keys?.keys.map(({ kid }) => kid)).toEqual(['one', 'rsa', 'okp']);
  });

  test('is kept without members that mean nothing', () => {
    const { keys } = checkKeys(
      JSON.stringify({ keys: [ec({ note: 'ours', x5u: 'https://x.example' })] }),
      'jwks',
    );
    expect(Object.keys(keys?.keys[0] ?? {}).toSorted()).toEqual(['crv', 'kid', 'kty', 'x', 'y']);
  });

  test.each([
    ['without kid', ec({ kid: undefined }), 'jwks.keys[0].kid KEY_ID_MISSING'],
    ['with an empty kid', ec({ kid: '' }), 'jwks.keys[0].kid KEY_ID_MISSING'],
    ['with its private part', { ...privateKey, kid: 'x' }, 'jwks.keys[0] KEY_PRIVATE'],
    ['that is symmetric', { kty: 'oct', k: 'AAAA', kid: 'x' }, 'jwks.keys[0] KEY_PRIVATE'],
    ['of another curve', { ...ec(), crv: 'P-384' }, 'jwks.keys[0] KEY_UNSUITED'],
    ['to encrypt with', ec({ use: 'enc' }), 'jwks.keys[0] KEY_UNSUITED'],
    ['of RSA that is too short', rsa(1024), 'jwks.keys[0] KEY_UNSUITED'],
    ['whose alg is of another kind', ec({ alg: 'RS256' }), 'jwks.keys[0].alg KEY_ALGORITHM'],
    ['off the curve', ec({ x: 'AAAA' }), 'jwks.keys[0] KEY_BROKEN'],
  ])('refuses a key %s', (_what, key, told) => {
    expect(codes(key)).toEqual([told]);
  });

  test('refuses two keys of one kid', () => {
    expect(codes(ec(), ec())).toEqual(['jwks KEY_ID_TWICE']);
  });

  test.each(['', 'no json', '[]', '{}', '{"keys":[]}', '{"keys":[null]}', '{"keys":"x"}', 'null'])(
    'refuses what is no key set: %s',
    (text) => {
      expect(checkKeys(text, 'jwks')).toMatchObject({ keys: null, problems: [{ code: 'KEYS_NOT_JSON' }] });
    },
  );
});
