import { expect, it } from 'vitest';
import { faceEvidence } from './face-evidence.ts';
import { type FacePolicyRow, facePolicyOn, judgeScore } from './face-policy.ts';
import { noFingerprintMatcher } from './fingerprint-matcher.ts';
import { plainFaceMatcherAbout } from './plain-face-matcher.ts';

const row: FacePolicyRow = {
  from: '2024-07-01',
  matcher: 'm',
  version: '1',
  matchAt: 0.8,
  reviewAt: 0.5,
  duplicateAt: 0.9,
};
const later = { ...row, from: '2026-01-01', matchAt: 0.9 };
const rows = [later, row, { ...row, version: '2', from: '2024-01-01' }];

it.each([
  ['2024-06-30', null],
  ['2024-07-01', row],
  ['2025-12-31', row],
  ['2026-01-01', later],
])('on %s the row of that day holds, for this matcher and version alone', (day, expected) => {
  expect(facePolicyOn(rows, { name: 'm', version: '1' }, day)).toEqual(expected);
});

it.each([
  [0.8, 'MATCH'],
  [0.7999, 'REVIEW'],
  [0.5, 'REVIEW'],
  [0.4999, 'NO_MATCH'],
])('%d is %s', (score, verdict) => {
  expect(judgeScore(score, row).verdict).toBe(verdict);
});

it('never calls a score a match for which there is no policy', () => {
  expect(judgeScore(1, null).verdict).toBe('NO_POLICY');
});

it('keeps of a comparison the score, who compared and hashes of the files, and no byte of a picture', () => {
  const images = { probe: Buffer.from('abc'), reference: Buffer.from('') };
  const about = { ...plainFaceMatcherAbout, name: 'm', version: '1' };
  expect(faceEvidence(about, images, { outcome: 'COMPARED', score: 0.81 }, row)).toEqual({
    matcher: 'm',
    version: '1',
    isBiometricGrade: false,
    score: 0.81,
    verdict: 'MATCH',
    refusal: null,
    // SHA-256 of "abc" and of nothing: FIPS 180-4, and everywhere else.
    probeSha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    referenceSha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    policyFrom: '2024-07-01',
  });
});

it('says of a refused picture which one, and gives no score', () => {
  const images = { probe: new Uint8Array(), reference: new Uint8Array() };
  const refusal = { outcome: 'REFUSED', code: 'IMAGE_EMPTY', which: 'PROBE' } as const;
  expect(faceEvidence(plainFaceMatcherAbout, images, refusal, row)).toMatchObject({
    score: null,
    verdict: 'REFUSED',
    refusal: { code: 'IMAGE_EMPTY', which: 'PROBE' },
  });
});

it('says truthfully that no fingerprint was read', async () => {
  const answer = await noFingerprintMatcher.compare({ format: 'ISO_19794_2', bytes: new Uint8Array(9) }, '0');
  expect(answer).toEqual({ outcome: 'REFUSED', code: 'FINGERPRINT_NOT_READ' });
});
