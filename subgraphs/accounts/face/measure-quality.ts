import { cutFace, FACE_WINDOW } from './face-window.ts';
import type { FoundFace } from './find-face.ts';
import { boxMean, type GreyImage } from './grey-image.ts';
import { type FaceQualityCode, type FaceQualityFinding, faceQualityCodes } from './quality-code.ts';

/** Limits of a picture that can be compared. Those of light are levels of 255; those of place, eye distances or shares. */
export interface FaceQualityLimits {
  /** How sure it must be that there is a face, and that there is another besides. */
  readonly face: number;
  readonly secondFace: number;
  /** Pixels between the eyes at least. */
  readonly eyeDistance: number;
  /** How far from the middle the face may be, as a share of the picture; by how many degrees it may be tilted. */
  readonly offCentre: number;
  readonly tilt: number;
  /** The mean brightness of a face, lowest and highest; the share of it that may be all white. */
  readonly dark: number;
  readonly bright: number;
  readonly white: number;
  /** The brighter half of a face against the darker, left to right. */
  readonly uneven: number;
  /** The deviation of brightness over the face, least. */
  readonly contrast: number;
  /** Fine detail against coarse, least: a blurred picture has little that is fine. */
  readonly sharpness: number;
}

/** The limits in use, found with synthetic portraits: what falls within them is compared about as well as the best. */
export const faceQualityLimits: FaceQualityLimits = {
  face: 0.7,
  secondFace: 0.95,
  eyeDistance: 28,
  offCentre: 0.2,
  tilt: 15,
  dark: 55,
  bright: 225,
  white: 0.25,
  uneven: 1.4,
  contrast: 12,
  sharpness: 0.3,
};

/** Pixels a row of the window in which light and sharpness are measured. */
const WIDTH = 106;

/**
 * What is wrong with a picture in which these faces were found, the surest first; in the order of the codes. Without a face
 * nothing else is said of it.
 */
export function measureQuality(
  image: GreyImage,
  faces: readonly FoundFace[],
  limits: FaceQualityLimits = faceQualityLimits,
): FaceQualityFinding[] {
  const [face, second] = faces;
  if (face === undefined || face.fit < limits.face) return [finding('NO_FACE', face?.fit ?? 0, limits.face)];
  const measures = [...measurePlace(image, face, second, limits), ...measureLight(image, face, limits)];
  return faceQualityCodes.flatMap((code) => measures.filter((measure) => measure.code === code));
}

function measurePlace(
  image: GreyImage,
  { place }: FoundFace,
  second: FoundFace | undefined,
  limits: FaceQualityLimits,
): FaceQualityFinding[] {
  const { x, y, eyeDistance, tilt } = place;
  // The middle of a face is below the eyes.
  const away = Math.max(
    Math.abs(x / image.width - 0.5),
    Math.abs((y + 0.3 * eyeDistance) / image.height - 0.5),
  );
  const out = Math.max(
    FACE_WINDOW.left * eyeDistance - x,
    x + FACE_WINDOW.right * eyeDistance - image.width,
    1.2 * eyeDistance - y,
    y + FACE_WINDOW.below * eyeDistance - image.height,
  );
  const degrees = Math.abs((tilt * 180) / Math.PI);
  return [
    ...above('MORE_THAN_ONE_FACE', second?.fit ?? 0, limits.secondFace),
    ...below('FACE_TOO_SMALL', eyeDistance, limits.eyeDistance),
    ...above('FACE_CUT_OFF', out / eyeDistance, 0),
    ...above('FACE_OFF_CENTRE', away, limits.offCentre),
    ...above('FACE_TILTED', degrees, limits.tilt),
  ];
}

function measureLight(
  image: GreyImage,
  { place }: FoundFace,
  limits: FaceQualityLimits,
): FaceQualityFinding[] {
  const face = cutFace(image, place, WIDTH);
  const inner = innerFace(face);
  const values = Float64Array.from(inner, (at) => face.data[at] as number);
  const mean = meanOf(values);
  const left = meanOf(values.filter((_, point) => (inner[point] as number) % WIDTH < WIDTH / 2));
  const right = meanOf(values.filter((_, point) => (inner[point] as number) % WIDTH >= WIDTH / 2));
  const white = values.filter((value) => value > 250).length / values.length;
  const deviation = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  return [
    ...below('TOO_DARK', mean, limits.dark),
    ...(mean > limits.bright
      ? above('TOO_BRIGHT', mean, limits.bright)
      : above('TOO_BRIGHT', white, limits.white)),
    ...above('UNEVEN_LIGHT', (Math.max(left, right) + 1) / (Math.min(left, right) + 1), limits.uneven),
    ...below('LOW_CONTRAST', deviation, limits.contrast),
    ...below('BLURRED', sharpnessOf(face, inner), limits.sharpness),
  ];
}

/** The points of the window that are face on everybody: within an ellipse about nose and eyes. */
function innerFace({ width, height }: GreyImage): number[] {
  return Array.from({ length: width * height }, (_, at) => at).filter(
    (at) =>
      (((at % width) + 0.5) / width - 0.5) ** 2 / 0.1 + ((at / width + 0.5) / height - 0.52) ** 2 / 0.12 < 1,
  );
}

/**
 * How much of the detail is fine: what is lost from a small blur to a larger one, against what is lost from that to a still
 * larger one. The least blur is taken off first, since noise would count as detail.
 */
function sharpnessOf(face: GreyImage, inner: readonly number[]): number {
  const [calm, blurred, coarse] = [boxMean(face, 1), boxMean(face, 2), boxMean(face, 5)];
  return lostBetween(calm, blurred, inner) / (lostBetween(blurred, coarse, inner) + 0.5);
}

function lostBetween(one: GreyImage, other: GreyImage, inner: readonly number[]): number {
  const squares = Float64Array.from(
    inner,
    (at) => ((one.data[at] as number) - (other.data[at] as number)) ** 2,
  );
  return Math.sqrt(meanOf(squares));
}

function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function above(code: FaceQualityCode, measured: number, limit: number): FaceQualityFinding[] {
  return measured > limit ? [finding(code, measured, limit)] : [];
}

function below(code: FaceQualityCode, measured: number, limit: number): FaceQualityFinding[] {
  return measured < limit ? [finding(code, measured, limit)] : [];
}

function finding(code: FaceQualityCode, measured: number, limit: number): FaceQualityFinding {
  return { code, measured: Math.round(measured * 1000) / 1000, limit };
}
