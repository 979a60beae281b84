import { describe, expect, test } from 'vitest';
import type { RelyingPartyInput } from '../generated/resolvers.ts';
import { checkRegistration } from './check-registration.ts';
import { purposes } from './purposes.ts';
import { isPublicAddress } from './read-published-keys.ts';

const hotel = purposes.get('hotel_check_in');
const purpose = {
  code: 'hotel_check_in',
  claims: hotel?.claims.slice(0, 2) ?? [],
  retentionDays: hotel?.retentionDays ?? 0,
};
const input = (given: Partial<RelyingPartyInput> = {}): RelyingPartyInput => ({
  organisation: 'o',
  displayName: 'Khách sạn',
  domain: 'hotel.example',
  dataContact: 'data@hotel.example',
  redirectUris: ['https://hotel.example/back'],
  purposes: [purpose],
  ...given,
});
const told = (given: Partial<RelyingPartyInput>, allowLoopback = false): string[] =>
  checkRegistration(input(given), { allowLoopback }).map(({ field, code }) => `${field} ${code}`);

describe('a registration', () => {
  test('that is right has nothing wrong', () => {
    expect(told({})).toEqual([]);
    expect(told({ redirectUris: ['https://a.hotel.example/x?y=z', 'https://hotel.example/'] })).toEqual([]);
    expect(told({ dataContact: 'https://hotel.example/data' })).toEqual([]);
  });

  test.each<[Partial<RelyingPartyInput>, string]>([
    [{ displayName: ' ' }, 'displayName TEXT_LENGTH'],
    [{ displayName: 'a\u0000b' }, 'displayName TEXT_LENGTH'],
    [{ domain: 'https://hotel.example' }, 'domain DOMAIN_INVALID'],
    [{ domain: 'hotel' }, 'domain DOMAIN_INVALID'],
    [{ dataContact: 'call us' }, 'dataContact CONTACT_INVALID'],
    [{ dataContact: 'javascript:alert(1)' }, 'dataContact CONTACT_INVALID'],
    [{ redirectUris: [] }, 'redirectUris REDIRECTS_COUNT'],
    [{ redirectUris: ['http://hotel.example/back'] }, 'redirectUris[0] REDIRECT_INVALID'],
    [{ redirectUris: ['https://hotel.example/#x'] }, 'redirectUris[0] REDIRECT_INVALID'],
    [{ redirectUris: ['https://*.hotel.example/'] }, 'redirectUris[0] REDIRECT_INVALID'],
    [{ redirectUris: ['https://me@hotel.example/'] }, 'redirectUris[0] REDIRECT_INVALID'],
    [{ redirectUris: ['http://localhost:3000/'] }, 'redirectUris[0] REDIRECT_INVALID'],
    [{ redirectUris: ['https://evil.example/'] }, 'redirectUris[0] REDIRECT_FOREIGN'],
    [{ redirectUris: ['https://evilhotel.example/'] }, 'redirectUris[0] REDIRECT_FOREIGN'],
    [{ purposes: [] }, 'purposes PURPOSES_COUNT'],
    [{ purposes: [purpose, purpose] }, 'purposes PURPOSES_COUNT'],
    [{ purposes: [{ ...purpose, code: 'spying' }] }, 'purposes[0].code PURPOSE_UNKNOWN'],
    [{ purposes: [{ ...purpose, claims: [] }] }, 'purposes[0].claims CLAIMS_MISSING'],
    [
      { purposes: [{ ...purpose, claims: ['insurance.social.salary'] }] },
      'purposes[0].claims CLAIM_BEYOND_PURPOSE',
    ],
    [{ purposes: [{ ...purpose, retentionDays: 100_000 }] }, 'purposes[0].retentionDays RETENTION_TOO_LONG'],
    [{ purposes: [{ ...purpose, standing: true }] }, 'purposes[0].standing STANDING_NOT_ALLOWED'],
  ])('is told what is wrong: %j', (given, problem) => {
    expect(told(given)).toEqual([problem]);
  });

  test('may lead to this machine where that is allowed, for demonstrations', () => {
    expect(told({ redirectUris: ['http://desk.localhost:4020/hotel/callback'] }, true)).toEqual([]);
  });

  test('tells all that is wrong at once, each with what to do in both languages', () => {
    const problems = checkRegistration(input({ displayName: '', domain: '', redirectUris: [] }), {
      allowLoopback: false,
    });
    expect(problems.map(({ code }) => code)).toEqual(['TEXT_LENGTH', 'DOMAIN_INVALID', 'REDIRECTS_COUNT']);
    for (const { hint } of problems) expect(hint.vi.length * hint.en.length).toBeGreaterThan(100);
  });
});

test.each([
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['169.254.169.254', false],
  ['::1', false],
  ['::ffff:10.0.0.1', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['no address', false],
  ['203.0.113.9', true],
  ['2001:4860:4860::8888', true],
])('keys are read from public addresses alone: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});
