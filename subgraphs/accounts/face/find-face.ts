import { FACE_WINDOW, type FacePlace, scalePlace } from './face-window.ts';
import type { GreyImage } from './grey-image.ts';
import { type SkinMap, skinShare } from './skin-map.ts';
import { facePatterns, fitAt, levelFor, slide } from './face-pattern.ts';

/** A face that was found, and how sure it is: about 1 for a face, about 0 for none. */
export interface FoundFace {
  readonly place: FacePlace;
  readonly fit: number;
}

/** Eye distances that are tried, as shares of the shorter side of the picture. */
const SMALLEST = 0.12;
const LARGEST = 0.42;
const STEP = 1.13;
/** Tilts that are tried, in radians. */
const TILTS = [-0.14, 0, 0.14] as const;
/** How many places of each size are looked at in other tilts, and how many of all closely. */
const TILTED = 8;
const CLOSER = 5;
/** How many of each size are brought to where they fit best. */
const CLIMBED = 3;

const { coarse, fine } = facePatterns;
const COARSE_UNIT = coarse.width / (FACE_WINDOW.left + FACE_WINDOW.right);
const FINE_UNIT = fine.width / (FACE_WINDOW.left + FACE_WINDOW.right);

/**
 * Looks for a face all over the picture, by a linear pattern at every size and tilt, and then closer where it
 * fits best. Finds upright, roughly frontal faces; the answer's `fit` tells how sure it is. Takes about 20 ms whatever the
 * size of the picture; null for one too small to hold a face.
 */
export function findFace(image: GreyImage, skin: SkinMap | null = null): FoundFace | null {
  const [best = null] = findFaces(image, skin);
  return best;
}

/**
 * All that may be faces, the best first, none over another. Where the skin of the picture is known, what leaves most of it
 * out comes last.
 */
export function findFaces(image: GreyImage, skin: SkinMap | null = null): FoundFace[] {
  const rank = ({ fit, place }: FoundFace): number =>
    skin === null ? fit : fit * skinShare(skin, place, skin.width / image.width);
  const byRank = (one: FoundFace, other: FoundFace): number => rank(other) - rank(one);
  const candidates = everyCandidate(image).toSorted(byRank);
  const apart: FoundFace[] = [];
  for (const candidate of candidates) {
    if (apart.length === CLOSER) break;
    const { place } = candidate;
    if (!apart.some((other) => isSamePlace(other.place, place, 0.4) && isSameSize(other.place, place)))
      apart.push(candidate);
  }
  const closer = apart.map((candidate) => lookCloser(image, candidate)).toSorted(byRank);
  return closer.filter((face, at) =>
    closer.slice(0, at).every(({ place }) => !isSamePlace(place, face.place, 1.2)),
  );
}

function isSamePlace(one: FacePlace, other: FacePlace, reach: number): boolean {
  const size = Math.max(one.eyeDistance, other.eyeDistance);
  return Math.hypot(one.x - other.x, one.y - other.y) < reach * size;
}

function isSameSize(one: FacePlace, other: FacePlace): boolean {
  return Math.abs(Math.log(one.eyeDistance / other.eyeDistance)) < 0.3;
}

function everyCandidate(image: GreyImage): FoundFace[] {
  const shorter = Math.min(image.width, image.height);
  const found: FoundFace[] = [];
  for (let share = SMALLEST; share <= LARGEST; share *= STEP) {
    const level = levelFor(image, share * shorter, 'coarse');
    for (const face of bestOf(level))
      found.push({ place: scalePlace(face.place, image.width / level.width), fit: face.fit });
  }
  return found;
}

/** The best few places of one size, upright at first and then in every tilt. */
function bestOf(level: GreyImage): FoundFace[] {
  const found: FoundFace[] = [];
  slide(coarse, level, (x, y, value) => {
    if (value < 0.2) return;
    const place = {
      x: x + FACE_WINDOW.left * COARSE_UNIT,
      y: y + FACE_WINDOW.above * COARSE_UNIT,
      eyeDistance: COARSE_UNIT,
      tilt: 0,
    };
    found.push({ place, fit: value });
  });
  const upright = found.toSorted((one, other) => other.fit - one.fit).slice(0, TILTED);
  const tilted = upright.map(({ place }) => {
    const each = TILTS.map((tilt) => ({
      place: { ...place, tilt },
      fit: fitAt(coarse, level, { ...place, tilt }),
    }));
    return each.reduce((best, other) => (other.fit > best.fit ? other : best));
  });
  // Between two places and sizes that are tried a face may seem a poor one: the best are brought to where they fit.
  return tilted
    .toSorted((one, other) => other.fit - one.fit)
    .slice(0, CLIMBED)
    .map(({ place }) => climb(place, (tried) => fitAt(coarse, level, tried), COARSE_UNIT));
}

/** Climbs to the place, size and tilt of the best fit near a candidate. */
function lookCloser(image: GreyImage, candidate: FoundFace): FoundFace {
  const level = levelFor(image, candidate.place.eyeDistance, 'fine');
  const scale = level.width / image.width;
  const start = scalePlace(candidate.place, scale);
  const best = climb(start, (place) => fitAt(fine, level, place), FINE_UNIT);
  return { place: scalePlace(best.place, 1 / scale), fit: best.fit };
}

/** Goes a step along each of the four measures as long as it gets better, then with half the step. */
export function climb(start: FacePlace, measure: (place: FacePlace) => number, unit: number): FoundFace {
  let best = { place: start, fit: measure(start) };
  for (let step = 0.08; step > 0.015; step /= 2) {
    for (let again = 0, better = true; better && again < 2; again += 1) {
      better = false;
      for (const change of steps(step, unit)) {
        const place = change(best.place);
        const value = measure(place);
        if (value <= best.fit) continue;
        best = { place, fit: value };
        better = true;
      }
    }
  }
  return best;
}

function steps(step: number, unit: number): ((place: FacePlace) => FacePlace)[] {
  return [-1, 1].flatMap((side) => [
    (place) => ({ ...place, x: place.x + side * step * unit }),
    (place) => ({ ...place, y: place.y + side * step * unit }),
    (place) => ({ ...place, eyeDistance: place.eyeDistance * (1 + side * step * 0.7) }),
    (place) => ({ ...place, tilt: place.tilt + side * step * 0.8 }),
  ]);
}
