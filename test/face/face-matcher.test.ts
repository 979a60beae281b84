/** The shipped face matcher, as whoever uses it meets it; what its rates are is measured by the experiment `face-matcher`. */
import {
  compareFaces,
  createPlainFaceMatcher,
  describeImage,
  faceMatcherContract,
  plainComparison,
  shippedFacePolicy,
} from '@dinhdanh/accounts/face';
import type { FaceMatcher } from '@dinhdanh/accounts/face';
import { NO_VARIATION, pngOf, portraitPixels } from '@dinhdanh/people';
import type { PortraitVariation } from '@dinhdanh/people';
import { captureQuality } from '@dinhdanh/web/capture-quality';
import { afterAll, expect, it } from 'vitest';
import { captureOf, changed, documentOf, jpegOf, somebody } from './sample-photos.ts';

const matcher = createPlainFaceMatcher();
afterAll(() => matcher.close());

const person = somebody('contract', 0);
const wall = portraitPixels(person);
wall.data.fill(200);

const samples = {
  face: documentOf(person),
  sameFace: captureOf(person, 1),
  otherFace: documentOf(somebody('contract', 8)),
  darkFace: changed(person, { exposure: 0.2 }),
  noFace: jpegOf(wall),
  hostile: [
    { name: 'nothing', bytes: new Uint8Array() },
    { name: 'text', bytes: Buffer.from('no picture at all') },
    { name: 'half a PNG', bytes: documentOf(person).subarray(0, 900) },
    { name: 'half a JPEG', bytes: captureOf(person, 1).subarray(0, 700) },
    { name: 'a JPEG that once ran for ever', bytes: Buffer.from('ffd8ffc1f151d800ff51d800ffdaffde', 'hex') },
    { name: 'four megabytes', bytes: new Uint8Array(4_000_000) },
  ],
  longestMs: 60_000,
  mostMemory: 400_000_000,
};

it.each(faceMatcherContract.map((clause) => [clause.name, clause] as const))(
  'the shipped matcher %s',
  async (_, { broken }) => {
    expect(await broken(matcher, samples)).toBeNull();
  },
);

it('no matcher that gives everybody the same score passes the contract', async () => {
  for (const score of [0, 0.5, 1]) {
    const constant: FaceMatcher = { ...matcher, compare: async () => ({ outcome: 'COMPARED', score }) };
    const failed = [];
    for (const { broken, name } of faceMatcherContract)
      if ((await broken(constant, samples)) !== null) failed.push(name);
    expect(failed.length).toBeGreaterThan(1);
  }
});

it('three hundred pairs: genuine ones nearly all score above impostors, as the policy in force asks', () => {
  const people = Array.from({ length: 25 }, (_, place) => somebody('pairs', place));
  const described = people.map((request) =>
    [documentOf(request), ...[1, 2, 3].map((index) => captureOf(request, index, 1))].map((file) => {
      const face = describeImage(file);
      return 'outcome' in face ? null : face;
    }),
  );
  const score = (one: number, first: number, other: number, second: number): number => {
    const [a, b] = [described[one]?.[first], described[other % people.length]?.[second]];
    return a == null || b == null ? 0 : compareFaces(a, b);
  };
  const pairs = [
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
    [2, 3],
  ] as const;
  const genuine = people.flatMap((_, place) => pairs.map(([a, b]) => score(place, a, place, b)));
  // Eight on is somebody of the same sex and age.
  const impostor = people.flatMap((_, place) => pairs.map(([a, b]) => score(place, a, place + 8, b)));
  const [policy] = shippedFacePolicy;
  const { matchAt, reviewAt } = policy ?? { matchAt: 2, reviewAt: 2 };
  const share = (scores: readonly number[], at: number): number =>
    scores.filter((value) => value >= at).length / scores.length;
  expect(genuine.length + impostor.length).toBe(300);
  expect(share(impostor, matchAt)).toBeLessThan(0.08);
  expect(share(impostor, reviewAt)).toBeLessThan(0.15);
  expect(share(genuine, reviewAt)).toBeGreaterThan(0.85);
  expect(share(genuine, matchAt)).toBeGreaterThan(0.4);
});

it.each<[string, Partial<PortraitVariation>, string | null]>([
  ['nothing', {}, null],
  ['a fifth of the light', { exposure: 0.2 }, 'TOO_DARK'],
  ['twice the light', { exposure: 2.2 }, 'TOO_BRIGHT'],
  ['a lamp at one side', { lightX: 1, lightShare: 0.9 }, 'UNEVEN_LIGHT'],
  ['fog', { contrast: 0.22 }, 'LOW_CONTRAST'],
  ['a lens out of focus', { blur: 3 }, 'BLURRED'],
])('service and screen agree on what is wrong with %s', (_, change, code) => {
  const pixels = portraitPixels(person, { ...NO_VARIATION, ...change });
  const told = plainComparison.quality(pngOf(pixels));
  const service = told.outcome === 'MEASURED' ? told.findings.map((finding) => finding.code) : ['REFUSED'];
  const screen = captureQuality(pixels).map((finding) => finding.code);
  if (code === null) expect([service, screen]).toEqual([[], []]);
  else {
    expect(service).toContain(code);
    expect(screen).toContain(code);
  }
});

it.each<[string, Partial<PortraitVariation>, string]>([
  ['a face far away', { zoom: 0.55 }, 'FACE_TOO_SMALL'],
  ['a tilted head', { roll: 19 }, 'FACE_TILTED'],
  ['a face at the edge', { shiftX: 52 }, 'FACE_CUT_OFF'],
])('the service tells of %s', (_, change, code) => {
  const told = plainComparison.quality(changed(person, change));
  expect(told.outcome === 'MEASURED' ? told.findings.map((finding) => finding.code) : told).toContain(code);
});

it('a question that takes too long is given up, and the next is answered', async () => {
  const hasty = createPlainFaceMatcher(1);
  try {
    expect(await hasty.quality(samples.face)).toEqual({
      outcome: 'REFUSED',
      code: 'MATCHER_FAILED',
      which: null,
    });
  } finally {
    await hasty.close();
  }
  expect((await matcher.quality(samples.face)).outcome).toBe('MEASURED');
});
