import {
  compareFaces,
  compareTemplates,
  describeImage,
  plainComparison,
  plainFaceMatcherAbout,
  templateOf,
} from '@dinhdanh/accounts/face';
import type { DescribedFace } from '@dinhdanh/accounts/face';
import type { PortraitVariation } from '@dinhdanh/people';
import type { Experiment } from './experiment.ts';
import { rounded } from './experiment.ts';
import { documentOf, GROUP, personOf, photosOf, photoWith, PHOTOS } from './face/photos.ts';
import { equalErrorRate, rocOf, shareAtLeast, thresholdFor } from './face/rates.ts';

/** So many groups make a little more than ten thousand pairs of each kind. */
const GROUPS = 7;
/** Of impostors so many may pass at the threshold of a match, at that of a review, and among templates at that of a duplicate. */
const AT_MATCH = 0.001;
const AT_REVIEW = 0.05;
const AT_DUPLICATE = 0.0001;
/** The error rate at which even a plain comparison would be broken. */
const MOST_EQUAL_ERROR = 0.1;

/** A face of somebody, or null where none was found, and its template. */
interface Photo {
  readonly group: number;
  readonly person: number;
  readonly isDocument: boolean;
  readonly face: DescribedFace | null;
  readonly template: Uint8Array | null;
}

interface Pairs {
  readonly genuine: (number | null)[];
  readonly impostor: (number | null)[];
  readonly genuineTemplates: (number | null)[];
  /** Of the genuine pairs, those of a document's portrait with a capture. */
  readonly documentPairs: (number | null)[];
}

/** Genuine pairs are all pairs of one person's fourteen photos; impostors are of the same sex and age. */
export const experiment: Experiment = {
  about:
    'how often the shipped face matcher accepts another and rejects the same, over ten thousand pairs of each kind',
  run: async ({ seed, share, screen }) => {
    const groups = Math.max(1, Math.round(GROUPS * share));
    const pairs: Pairs = { genuine: [], impostor: [], genuineTemplates: [], documentPairs: [] };
    const templates: Photo[] = [];
    let lost = 0;
    for (let group = 0; group < groups; group += 1) {
      const photos = photosOfGroup(seed, group);
      lost += photos.filter(({ face }) => face === null).length;
      comparePairs(photos, group, pairs);
      templates.push(...photos.map((photo) => ({ ...photo, face: null })));
      screen.write(`${pairs.genuine.length} genuine pairs, ${pairs.impostor.length} impostors\n`);
    }
    const matchAt = thresholdFor(pairs.impostor, AT_MATCH);
    const reviewAt = thresholdFor(pairs.impostor, AT_REVIEW);
    const equalError = equalErrorRate(pairs.genuine, pairs.impostor);
    return {
      holds: equalError.rate <= MOST_EQUAL_ERROR,
      figures: {
        matcher: plainFaceMatcherAbout.name,
        version: plainFaceMatcherAbout.version,
        people: groups * GROUP,
        photos: templates.length,
        facesNotFound: rounded(lost / templates.length, 5),
        genuinePairs: pairs.genuine.length,
        impostorPairs: pairs.impostor.length,
        equalError,
        match: ratesAt(pairs, matchAt),
        review: ratesAt(pairs, reviewAt),
        templates: templateFigures(templates, pairs.genuineTemplates),
        oneThingChanged: changedFigures(seed, Math.max(4, Math.round(8 * share)), { matchAt, reviewAt }),
        roc: rocOf(pairs.genuine, pairs.impostor, 0.05),
      },
    };
  },
};

function photosOfGroup(seed: string, group: number): Photo[] {
  return Array.from({ length: GROUP }, (_, person) =>
    photosOf(personOf(seed, group, person)).map((bytes, photo) => {
      const described = describeImage(bytes);
      const face = 'outcome' in described ? null : described;
      return {
        group,
        person,
        isDocument: photo === 0,
        face,
        template: face === null ? null : templateOf(face.cells),
      };
    }),
  ).flat();
}

/** All pairs of a person, and as many of two persons: the n-th pair of photos with another of the group each time. */
function comparePairs(photos: readonly Photo[], group: number, pairs: Pairs): void {
  const photoOf = (person: number, photo: number): Photo =>
    photos[(person % GROUP) * PHOTOS + photo] as Photo;
  for (let person = 0; person < GROUP; person += 1) {
    for (let first = 0, nth = 0; first < PHOTOS; first += 1) {
      for (let second = first + 1; second < PHOTOS; second += 1, nth += 1) {
        const one = photoOf(person, first);
        const other = photoOf(person + 1 + ((nth + group) % (GROUP - 1)), second);
        const score = scoreOf(one, photoOf(person, second));
        pairs.genuine.push(score);
        pairs.genuineTemplates.push(templateScoreOf(one, photoOf(person, second)));
        if (one.isDocument) pairs.documentPairs.push(score);
        pairs.impostor.push(scoreOf(one, other));
      }
    }
  }
}

function scoreOf(one: Photo, other: Photo): number | null {
  return one.face === null || other.face === null ? null : compareFaces(one.face, other.face);
}

function templateScoreOf(one: Photo, other: Photo): number | null {
  return one.template === null || other.template === null
    ? null
    : compareTemplates(one.template, other.template);
}

function ratesAt(
  { genuine, impostor, documentPairs }: Pairs,
  threshold: number,
): Readonly<Record<string, number>> {
  return {
    threshold,
    falseAccept: rounded(shareAtLeast(impostor, threshold), 5),
    falseReject: rounded(1 - shareAtLeast(genuine, threshold), 5),
    falseRejectOfDocumentAndCapture: rounded(1 - shareAtLeast(documentPairs, threshold), 5),
  };
}

/** What a search among accounts would find: the same face, and by mistake others, of all ages and both sexes. */
function templateFigures(
  photos: readonly Photo[],
  genuine: readonly (number | null)[],
): Readonly<Record<string, unknown>> {
  const impostor: (number | null)[] = [];
  for (const [at, one] of photos.entries()) {
    for (let step = 1; step <= 100; step += 1) {
      const other = photos[(at + step * 97) % photos.length] as Photo;
      if (one.group === other.group && one.person === other.person) continue;
      impostor.push(templateScoreOf(one, other));
    }
  }
  const threshold = thresholdFor(impostor, AT_DUPLICATE);
  const falseMatch = shareAtLeast(impostor, threshold);
  return {
    impostorPairs: impostor.length,
    equalError: equalErrorRate(genuine, impostor),
    threshold,
    found: rounded(shareAtLeast(genuine, threshold), 5),
    falseMatch: rounded(falseMatch, 6),
    falseMatchesInASearchOf: { 1000: rounded(falseMatch * 1e3, 2), 1_000_000: rounded(falseMatch * 1e6, 0) },
  };
}

/** Things that are wrong with captures, one by one. */
const CHANGES: Readonly<Record<string, Partial<PortraitVariation>>> = {
  nothing: {},
  'eyes closed': { eyesClosed: 1 },
  'a smile': { smile: 1 },
  'turned by 20 degrees': { yaw: 20 },
  'turned by 30 degrees': { yaw: 30 },
  'tilted by 20 degrees': { roll: 20 },
  'light from a side': { lightX: 1, lightShare: 0.8 },
  'a fifth of the light': { exposure: 0.2 },
  'twice the light': { exposure: 2 },
  'a fifth of the contrast': { contrast: 0.2 },
  'blur of 2.5': { blur: 2.5 },
  'noise of 25': { noise: 25 },
  'far away': { zoom: 0.55 },
  'out of the middle': { shiftX: 45 },
};

function changedFigures(
  seed: string,
  people: number,
  { matchAt, reviewAt }: { readonly matchAt: number; readonly reviewAt: number },
): Readonly<Record<string, unknown>> {
  const requests = Array.from({ length: people }, (_, place) => personOf(`${seed} changed`, place, 0));
  const documents = requests.map((request) => describeImage(documentOf(request)));
  return Object.fromEntries(
    Object.entries(CHANGES).map(([name, change]) => {
      const codes: Record<string, number> = {};
      const scores = requests.map((request, at) => {
        const bytes = photoWith(request, change);
        const quality = plainComparison.quality(bytes);
        for (const { code } of quality.outcome === 'MEASURED' ? quality.findings : [])
          codes[code] = (codes[code] ?? 0) + 1 / people;
        const document = documents[at] as DescribedFace;
        const capture = describeImage(bytes);
        return 'outcome' in capture || 'outcome' in document ? null : compareFaces(document, capture);
      });
      const told = Object.fromEntries(
        Object.entries(codes).map(([code, count]) => [code, rounded(count, 3)]),
      );
      const falseReject = rounded(1 - shareAtLeast(scores, matchAt), 3);
      const belowReview = rounded(1 - shareAtLeast(scores, reviewAt), 3);
      return [name, { falseReject, belowReview, told }];
    }),
  );
}
