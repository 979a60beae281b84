/**
 * `node test/face/learn-face-pattern.ts` makes `subgraphs/accounts/face/face-pattern.json` anew: the weights by which faces are
 * found and the mean description of a face, both learned from synthetic portraits. Takes a minute. A new file is a new version
 * of the matcher: measure it again by `npm run experiments -- face-matcher`.
 */
import { writeFileSync } from 'node:fs';
import {
  describeFace,
  DESCRIPTION_LENGTH,
  greyOf,
  levelFor,
  patternPoints,
  sampleAt,
  scalePlace,
} from '@dinhdanh/accounts/face-learning';
import type { FacePlace, GreyImage } from '@dinhdanh/accounts/face-learning';
import { drawVariation, portraitPixels } from '@dinhdanh/people';
import type { PortraitVariation } from '@dinhdanh/people';
import { Regression } from './regression.ts';
import { somebody } from './sample-photos.ts';

const PEOPLE = 200;
const RIDGE = 1;
const forms = { coarse: patternPoints(22), fine: patternPoints(40) } as const;
type Form = keyof typeof forms;
const regressions = {
  coarse: new Regression(forms.coarse.right.length),
  fine: new Regression(forms.fine.right.length),
} as const;

let word = 0x2545f491;
for (let place = 0; place < PEOPLE; place += 1) learnFrom(place);
const learned = { coarse: patternOf('coarse'), fine: patternOf('fine'), meanCells: meanDescription() };
const file = new URL('../../subgraphs/accounts/face/face-pattern.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(learned)}\n`);

/** A number from `low` to `high`: xorshift32, so that the file is the same each time. */
function between(low: number, high: number): number {
  word ^= word << 13;
  word ^= word >>> 17;
  word ^= word << 5;
  return low + ((high - low) * (word >>> 0)) / 0x1_0000_0000;
}

/** Windows on the face of one capture, a little off as a search is, and windows beside it, too small, too large or askew. */
function learnFrom(place: number): void {
  const request = somebody('learn', place);
  const variation = { ...drawVariation(request.seed, 1), eyesClosed: between(0, 1) < 0.08 ? 1 : 0 };
  const image = greyOf(portraitPixels(request, variation));
  const face = placeIn(variation);
  for (let nth = 0; nth < 3; nth += 1) learn(image, near(face, 0.04, 0.05), 1, ['coarse', 'fine']);
  // At first heads are looked for upright.
  for (let nth = 0; nth < 2; nth += 1) learn(image, { ...near(face, 0.07, 0.07), tilt: 0 }, 1, ['coarse']);
  for (let nth = 0; nth < 16; nth += 1) {
    const eyeDistance = face.eyeDistance * Math.exp(between(-0.95, 0.5));
    const isNear = between(0, 1) < 0.5;
    const other = {
      x: isNear ? face.x + between(-1, 1) * face.eyeDistance : between(20, 172),
      y: isNear ? face.y + between(-1.2, 1.6) * face.eyeDistance : between(20, 200),
      eyeDistance,
      tilt: between(-0.3, 0.3),
    };
    if (isElsewhere(other, face)) learn(image, other, 0, ['coarse', 'fine']);
  }
}

/** Where the camera of a variation sees the point between the eyes of a portrait: at (96, 112), 46 from eye to eye. */
function placeIn({ yaw, pitch, roll, zoom, shiftX, shiftY }: PortraitVariation): FacePlace {
  const radians = Math.PI / 180;
  const right = 46 * Math.sin(yaw * radians) * zoom;
  const down = (46 * Math.sin(pitch * radians) - 2) * zoom;
  const [sin, cos] = [Math.sin(roll * radians), Math.cos(roll * radians)];
  return {
    x: 96 + shiftX + right * cos - down * sin,
    y: 114 + shiftY + right * sin + down * cos,
    eyeDistance: 46 * zoom,
    tilt: roll * radians,
  };
}

function near({ x, y, eyeDistance, tilt }: FacePlace, off: number, size: number): FacePlace {
  return {
    x: x + between(-off, off) * eyeDistance,
    y: y + between(-off, off) * eyeDistance,
    eyeDistance: eyeDistance * between(1 - size, 1 + size),
    tilt: tilt + between(-0.05, 0.05),
  };
}

function isElsewhere(place: FacePlace, face: FacePlace): boolean {
  return (
    Math.hypot(place.x - face.x, place.y - face.y) > 0.3 * face.eyeDistance ||
    Math.abs(Math.log(place.eyeDistance / face.eyeDistance)) > 0.25 ||
    Math.abs(place.tilt - face.tilt) > 0.5
  );
}

function learn(image: GreyImage, place: FacePlace, target: number, kinds: readonly Form[]): void {
  for (const kind of kinds) {
    const level = levelFor(image, place.eyeDistance, kind);
    const values = sampleAt(forms[kind], level, scalePlace(place, level.width / image.width));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0)) || 1;
    // There are many more windows without a face than with one.
    regressions[kind].add(
      values.map((value) => (value - mean) / length),
      target,
      target === 1 ? 4 : 1,
    );
  }
}

function patternOf(kind: Form): { readonly width: number; readonly values: readonly number[] } {
  const weights = regressions[kind].solve(RIDGE);
  const mean = weights.reduce((sum, value) => sum + value, 0) / weights.length;
  return {
    width: forms[kind].width,
    values: Array.from(weights, (value) => Number((value - mean).toFixed(4))),
  };
}

function meanDescription(): number[] {
  const sums = new Float64Array(DESCRIPTION_LENGTH);
  for (let place = 0; place < PEOPLE; place += 1) {
    const image = greyOf(portraitPixels(somebody('learn', place)));
    const { cells } = describeFace(image, { x: 96, y: 112, eyeDistance: 46, tilt: 0 });
    for (const [at, value] of cells.entries()) sums[at] = (sums[at] as number) + value / PEOPLE;
  }
  return Array.from(sums, (value) => Number(value.toFixed(3)));
}
