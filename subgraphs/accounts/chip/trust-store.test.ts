import { describe, expect, it } from 'vitest';
import { deriveKey } from './synthetic/derive-key.ts';
import type { CertificateTerms } from './synthetic/issue-certificate.ts';
import { issueList } from './synthetic/issue-certificate.ts';
import { makeChip } from './synthetic/make-chip.ts';
import { ChipAuthority } from './synthetic/chip-authority.ts';
import type { ChipSigner } from './synthetic/chip-authority.ts';
import { signSecurityObject } from './synthetic/sign-security-object.ts';
import {
  sampleAuthority,
  sampleHolder,
  sampleKey,
  sampleNow,
  samplePortrait,
  sampleTools,
} from './synthetic/sample-state.ts';
import { openTrustStore, readPem } from './trust-store.ts';
import type { TrustSource, TrustStore } from './trust-store.ts';
import { verifyChip } from './verify-chip.ts';

const source = sampleAuthority.trustSource(sampleNow);
const DAY_MS = 86_400_000;
const NEW_CARD = { ...sampleHolder, issueDate: '2025-03-04' };

function open(changes: Partial<TrustSource>): TrustStore {
  return openTrustStore({ ...source, ...changes });
}

function verdict(trust: TrustStore, holder = NEW_CARD, now = sampleNow): string {
  const chip = makeChip(holder, samplePortrait, sampleTools);
  return verdictOf(trust, chip.groups, chip.answer, now);
}

function verdictOf(
  trust: TrustStore,
  groups: ReturnType<typeof makeChip>['groups'],
  answer: ReturnType<typeof makeChip>['answer'],
  now = sampleNow,
): string {
  const challenge = new Uint8Array(8);
  const told = verifyChip({ groups, challenge, response: answer(challenge) }, { trust, now, holder: null });
  return told.genuine ? 'genuine' : told.code;
}

/** What becomes of a chip whose signer's certificate differs from a good one in what is given. */
function signedBy(
  terms: Partial<CertificateTerms>,
  country = 'VN',
  signedAt: Date | null = new Date('2025-03-04T02:00:00Z'),
): string {
  const key = sampleKey('signer of its own', 'P_256');
  const subject = { name: 'DS của bài kiểm tra (giả lập)', country, key };
  const time = { from: '2025-01-01T00:00:00Z', until: '2030-01-01T00:00:00Z' };
  const certificate = sampleAuthority.issue(
    { serial: 40, subject, ...time, role: 'SIGNER', ...terms },
    'csca-1',
  );
  const signer: ChipSigner = {
    issuer: { ...subject, way: { kind: 'ECDSA', hash: 'sha256' } },
    serial: 40,
    certificate,
  };
  const { groups, answer } = makeChip(NEW_CARD, samplePortrait, sampleTools);
  return verdictOf(open({}), { ...groups, SOD: signSecurityObject(groups, { signer, signedAt }) }, answer);
}

describe('whom a verifier trusts', () => {
  it('is whoever is listed, and whom they vouch for by a link', () => {
    expect(verdict(open({}))).toBe('genuine');
    expect(verdict(open({ certificates: [...source.certificates].reverse() }))).toBe('genuine');
  });

  it('is nobody who is vouched for by nobody', () => {
    const [first, link] = source.certificates as [Uint8Array, Uint8Array];
    const unlinked = open({ certificates: [first] });
    expect(verdict(unlinked)).toBe('CHIP_UNTRUSTED');
    const linkAlone = open({ certificates: [link] });
    expect(linkAlone.authorities).toEqual([]);
    expect(linkAlone.leftOut).toEqual([
      { kind: 'CERTIFICATE', place: 0 },
      { kind: 'X509 CRL', place: 0 },
    ]);
    expect(verdict(linkAlone)).toBe('CHIP_UNTRUSTED');
  });

  it('can be the second authority itself, listed without the first', () => {
    const second = open({ certificates: [sampleAuthority.secondAuthority()] });
    expect(verdict(second)).toBe('genuine');
    expect(verdict(second, sampleHolder)).toBe('CHIP_UNTRUSTED');
  });

  it('is no signer of cards, were it listed', () => {
    const { certificate } = sampleAuthority.signer('FIRST');
    expect(open({ certificates: [certificate] }).authorities).toEqual([]);
  });

  it('is of one country: another’s cards are not its own', () => {
    expect(verdict(open({ country: 'XX' }))).toBe('CHIP_UNTRUSTED');
    expect(verdict(open({ issuingState: 'UTO' }))).toBe('CHIP_INCONSISTENT');
  });

  it('is read from text as it is exchanged, and other text is none', () => {
    const block = (label: string, der: Uint8Array): string =>
      `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
    const text = source.certificates.map((der) => block('CERTIFICATE', der)).join('words between\n');
    const read = readPem(text + source.lists.map((der) => block('X509 CRL', der)).join(''));
    expect(verdict(open(read))).toBe('genuine');
    expect(readPem('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')).toEqual({
      certificates: [],
      lists: [],
    });
  });

  it('leaves out what is no certificate, and goes on', () => {
    const store = open({ certificates: [new Uint8Array([1, 2, 3]), ...source.certificates] });
    expect(store.leftOut).toEqual([{ kind: 'CERTIFICATE', place: 0 }]);
    expect(verdict(store)).toBe('genuine');
  });
});

describe('the list of who was revoked', () => {
  const foreign = new ChipAuthority((name, kind) =>
    deriveKey(Buffer.from('another state'), name, kind === 'RSA_3072' ? 'RSA_2048' : kind),
  );

  it.each([
    ['there is none', [], 'CHIP_REVOCATION_UNKNOWN'],
    [
      'it has run out',
      [sampleAuthority.list(new Date(sampleNow.getTime() - 100 * DAY_MS))],
      'CHIP_REVOCATION_UNKNOWN',
    ],
    [
      'it is of tomorrow',
      [sampleAuthority.list(new Date(sampleNow.getTime() + 2 * DAY_MS))],
      'CHIP_REVOCATION_UNKNOWN',
    ],
    ['nobody who is trusted signed it', [foreign.list(sampleNow)], 'CHIP_REVOCATION_UNKNOWN'],
    ['it is current', [sampleAuthority.list(sampleNow)], 'genuine'],
    ['it names the signer', [sampleAuthority.list(sampleNow, [12])], 'CHIP_REVOKED'],
    [
      'it names the link by which the signer’s authority is known',
      [sampleAuthority.list(sampleNow, [4])],
      'CHIP_REVOKED',
    ],
    ['it names others', [sampleAuthority.list(sampleNow, [11, 13])], 'genuine'],
    [
      'an older one still forgives the signer',
      [
        sampleAuthority.list(new Date(sampleNow.getTime() - DAY_MS), []),
        sampleAuthority.list(sampleNow, [12]),
      ],
      'CHIP_REVOKED',
    ],
  ])('where %s', (_when, lists, told) => {
    expect(verdict(open({ lists }))).toBe(told);
  });

  it('is not taken from a signer of cards, even of the same name', () => {
    const issuer = { ...sampleAuthority.signer('SECOND').issuer, name: 'CSCA Dinhdanh (giả lập)' };
    const list = issueList(
      [],
      { from: new Date(sampleNow.getTime() - 1000), until: new Date(sampleNow.getTime() + DAY_MS) },
      issuer,
    );
    expect(verdict(open({ lists: [list] }))).toBe('CHIP_REVOCATION_UNKNOWN');
  });
});

describe('a signer', () => {
  it.each<[string, Partial<CertificateTerms>, string]>([
    ['is taken as it should be', {}, 'genuine'],
    ['is taken for the kind of card it may sign', { documentTypes: ['ID'] }, 'genuine'],
    ['is not taken for another kind of card', { documentTypes: ['P'] }, 'CHIP_UNTRUSTED'],
    ['is not taken with a key for something else', { usage: 4 }, 'CHIP_UNTRUSTED'],
    ['is not taken with a key for lists of authorities', { purposes: ['2.23.136.1.1.3'] }, 'CHIP_UNTRUSTED'],
    ['is not taken as an authority', { role: 'AUTHORITY' }, 'CHIP_UNTRUSTED'],
    [
      'is not taken as an authority that signs as well',
      { role: 'AUTHORITY', usage: 1 + 32 },
      'CHIP_UNTRUSTED',
    ],
    ['is not taken with a demand nobody understands', { demand: '1.2.3.4' }, 'CHIP_UNTRUSTED'],
    ['is not taken before its time', { from: '2025-04-01T00:00:00Z' }, 'CHIP_EXPIRED'],
    ['is not taken after its time', { until: '2025-02-01T00:00:00Z' }, 'CHIP_EXPIRED'],
    [
      'is not taken after the time of its key',
      { signs: { from: '2025-01-01T00:00:00Z', until: '2025-02-01T00:00:00Z' } },
      'CHIP_EXPIRED',
    ],
    [
      'is not taken where its authority had ended before',
      { from: '2137-01-01T00:00:00Z', until: '2139-01-01T00:00:00Z' },
      'CHIP_UNTRUSTED',
    ],
  ])('%s', (_what, terms, told) => {
    expect(signedBy(terms)).toBe(told);
  });

  it('is not taken from another country', () => {
    expect(signedBy({}, 'XX')).toBe('CHIP_UNTRUSTED');
  });

  it('that does not tell when it signed counts as signing now', () => {
    expect(signedBy({}, 'VN', null)).toBe('genuine');
    expect(signedBy({ until: '2026-01-01T00:00:00Z' }, 'VN', null)).toBe('CHIP_EXPIRED');
  });

  it('does not sign in the future', () => {
    expect(signedBy({}, 'VN', new Date(sampleNow.getTime() + DAY_MS))).toBe('CHIP_EXPIRED');
  });
});
