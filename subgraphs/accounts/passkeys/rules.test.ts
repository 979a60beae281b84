import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterWentOn, maskNumber, passkeyName, relyingPartyOf } from './rules.ts';

describe('a signature counter', () => {
  it.each([
    [0n, 0n, true],
    [0n, 1n, true],
    [7n, 8n, true],
    [7n, 7n, false],
    [7n, 6n, false],
    [7n, 0n, false],
  ])('at %s that tells %s went on: %s', (last, told, wentOn) => {
    expect(counterWentOn(last, told)).toBe(wentOn);
  });
});

describe('the name of a passkey', () => {
  it('is trimmed, composed, and 1 to 40 characters as people count them', () => {
    expect(passkeyName('  Điện thoại ')).toBe('Điện thoại');
    expect(passkeyName('e\u0301')).toBe('é');
    expect(passkeyName('🔑'.repeat(40))).toBe('🔑'.repeat(40));
    for (const name of ['', '  ', 'x'.repeat(41), 'a\0b', '\ud800', null, undefined])
      expect(passkeyName(name)).toBeNull();
  });
});

it('a masked number shows its last three digits and no others', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{12}$/), (number) => {
      expect(maskNumber(number)).toBe(`•••••••••${number.slice(9)}`);
    }),
  );
});

describe('whom passkeys are made for', () => {
  it.each([
    [[], null],
    [['https://dinhdanh.example'], { id: 'dinhdanh.example', origins: ['https://dinhdanh.example'] }],
    [
      ['https://dinhdanh.example', 'https://app.dinhdanh.example:8443'],
      { id: 'dinhdanh.example', origins: ['https://dinhdanh.example', 'https://app.dinhdanh.example:8443'] },
    ],
    [['http://127.0.0.1:4000'], { id: 'localhost', origins: ['http://localhost:4000'] }],
    [['http://[::1]:4000'], { id: 'localhost', origins: ['http://localhost:4000'] }],
  ])('is read from %j', (origins, party) => {
    expect(relyingPartyOf(origins)).toEqual(party);
  });
});
