import { constants, createPublicKey, generateKeyPairSync, privateEncrypt, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkAnswer, readChipKey } from './active-authentication.ts';
import { answerChallenge } from './synthetic/answer-challenge.ts';
import { sampleKey } from './synthetic/sample-state.ts';
import { objectIdentifier, sequence, smallNumber, tlv } from './synthetic/write-der.ts';
import { writeChipKey, writeSecurityInfos } from './synthetic/write-groups.ts';

/** ICAO Doc 9303-11, appendix F: the challenge, the chip's own part, the hash over both; the key is not in the book. */
const CHALLENGE = Buffer.from('F173589974BF40C6', 'hex');
const OWN_PART =
  '9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C98599F40B79F377B5F3A' +
  '1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD4E7292E2DCDA3024B47DA8';
const HASH = 'C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127';
const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const infos = writeSecurityInfos();

function answer(key: KeyObject, message: string): Uint8Array {
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(message, 'hex'));
}

function check(
  key: KeyObject,
  response: Uint8Array,
  challenge: Uint8Array = CHALLENGE,
  dg14: Uint8Array | undefined = infos,
): string {
  try {
    checkAnswer(readChipKey(writeChipKey(key)), dg14, { challenge, response });
    return 'right';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('the answer of a chip with an RSA key', () => {
  it('is right in the worked example of ICAO Doc 9303-11', () => {
    expect(check(small, answer(small, `6A${OWN_PART}${HASH}BC`))).toBe('right');
  });

  it.each([
    ['another header', `4A${OWN_PART}${HASH}BC`],
    ['another trailer', `6A${OWN_PART}${HASH}BB`],
    ['another own part', `6A${OWN_PART.replace('9D27', '9D26')}${HASH}BC`],
    ['another hash', `6A${OWN_PART}${HASH.replace('C063', 'C062')}BC`],
  ])('is wrong with %s', (_what, message) => {
    expect(check(small, answer(small, message))).toBe('CHIP_CLONED');
  });

  it('is wrong for another challenge, by another key, cut, or longer than the key', () => {
    const right = answer(small, `6A${OWN_PART}${HASH}BC`);
    const other = sampleKey('another chip', 'RSA_2048');
    expect(
      check(
        small,
        right,
        Uint8Array.from(CHALLENGE, (byte, at) => byte ^ (at === 7 ? 1 : 0)),
      ),
    ).toBe('CHIP_CLONED');
    expect(check(other, right)).toBe('CHIP_CLONED');
    expect(check(small, right.slice(1))).toBe('CHIP_CLONED');
    expect(check(small, Buffer.concat([Buffer.alloc(1), right]))).toBe('CHIP_CLONED');
    expect(check(small, new Uint8Array())).toBe('CHIP_CLONED');
  });

  it('is right with the other hashes that a trailer names', () => {
    const key = sampleKey('another chip', 'RSA_2048');
    expect(check(key, answerChallenge(key, CHALLENGE))).toBe('right');
  });
});

describe('the answer of a chip with an elliptic key', () => {
  const key = sampleKey('a chip', 'P_256');

  it('is right with the hash that DG14 names, in plain form', () => {
    expect(check(key, answerChallenge(key, CHALLENGE))).toBe('right');
  });

  it('is wrong in the form that certificates use, and with another hash', () => {
    expect(check(key, sign('sha256', CHALLENGE, key))).toBe('CHIP_CLONED');
    expect(check(key, sign('sha384', CHALLENGE, { key, dsaEncoding: 'ieee-p1363' }))).toBe('CHIP_CLONED');
    expect(check(key, new Uint8Array(64))).toBe('CHIP_CLONED');
  });

  it('cannot be looked at where DG14 is not there, or does not name the hash', () => {
    const response = answerChallenge(key, CHALLENGE);
    const { key: held } = readChipKey(writeChipKey(key));
    expect(() =>
      checkAnswer({ key: held, kind: 'ECDSA' }, undefined, { challenge: CHALLENGE, response }),
    ).toThrow(expect.objectContaining({ code: 'CHIP_INCOMPLETE' }));
    const other = tlv(0x6e, tlv(0x31, sequence(objectIdentifier('0.4.0.127.0.7.2.2.1.2'), smallNumber(1))));
    expect(check(key, response, CHALLENGE, other)).toBe('CHIP_MALFORMED');
  });
});

describe('the key of a chip', () => {
  it('is refused where it proves nothing: too short, of another kind, an exponent of one', () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 768 }).privateKey;
    const other = generateKeyPairSync('ed25519').privateKey;
    const { n } = createPublicKey(small).export({ format: 'jwk' });
    for (const key of [short, other]) expect(() => readChipKey(writeChipKey(key))).toThrow();
    const one = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: n as string, e: 'AQ' } });
    const file = tlv(0x6f, one.export({ format: 'der', type: 'spki' }));
    expect(() => readChipKey(file)).toThrow();
  });
});
