/** A frame of a camera: a browser's `ImageData`, RGBA, a byte each. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/**
 * What can be told of a frame while somebody holds the camera, in the order in which it should be said. The words are those of
 * the service that decides (`subgraphs/accounts/face/quality-code.ts`), which tells more: a test keeps them together.
 */
export const captureQualityCodes = [
  'NO_FACE',
  'FACE_TOO_SMALL',
  'FACE_OFF_CENTRE',
  'TOO_DARK',
  'TOO_BRIGHT',
  'UNEVEN_LIGHT',
  'LOW_CONTRAST',
  'BLURRED',
] as const;

/** One thing that is wrong with a frame. */
export type CaptureQualityCode = (typeof captureQualityCodes)[number];

/** What is wrong, the figure that was measured, and the limit it is beyond. */
export interface CaptureQualityFinding {
  readonly code: CaptureQualityCode;
  readonly measured: number;
  readonly limit: number;
}

/** Limits of a frame worth sending. Light in levels of 255, the rest shares; nearer than those of the service. */
const limits = {
  skin: 0.25,
  size: 0.08,
  offCentre: 0.17,
  dark: 60,
  bright: 220,
  white: 0.2,
  uneven: 1.4,
  contrast: 13,
  sharpness: 0.3,
} as const;

/** Pixels of the side to which a frame is brought first: what is told must not hang on the camera's. */
const SIDE = 160;
/** Half axes of the oval in the middle of the frame in which the face should be, as shares of its height. */
export const captureOval = { across: 0.26, down: 0.36 } as const;

/**
 * What is wrong with a frame as a portrait for comparison, nothing when the list is empty; say the first. Looks for skin
 * colour and for light and detail in the oval that the screen draws, and knows no faces: an empty list means that the frame is
 * worth sending, and the service has the last word. Pure; some milliseconds a frame, to be asked a few times a second.
 * Nothing of the frame is kept.
 */
export function captureQuality(frame: Frame): CaptureQualityFinding[] {
  const small = shrink(frame);
  // Light and detail are those of the face itself, without its edge.
  const findings = [...placeFindings(small, ovalOf(small, 1)), ...lightFindings(small, ovalOf(small, 0.7))];
  const isFaceless = findings.some(({ code }) => code === 'NO_FACE');
  // Of a wall nothing else need be said, but that it is dark may be why no face is seen.
  const told = isFaceless
    ? findings.filter(({ code }) => code === 'NO_FACE' || code.startsWith('TOO_'))
    : findings;
  return captureQualityCodes.flatMap((code) => told.filter((finding) => finding.code === code));
}

/** A frame made small: brightness, and where it has the colour of skin. */
interface SmallFrame {
  readonly width: number;
  readonly height: number;
  readonly grey: Float32Array;
  readonly skin: Uint8Array;
}

function shrink({ width, height, data }: Frame): SmallFrame {
  const by = Math.min(1, SIDE / Math.min(width, height));
  const [newWidth, newHeight] = [Math.max(1, Math.floor(width * by)), Math.max(1, Math.floor(height * by))];
  const grey = new Float32Array(newWidth * newHeight);
  const skin = new Uint8Array(newWidth * newHeight);
  for (let y = 0; y < newHeight; y += 1) {
    const [top, bottom] = [Math.floor(y / by), Math.max(Math.floor(y / by) + 1, Math.floor((y + 1) / by))];
    for (let x = 0; x < newWidth; x += 1) {
      const [left, right] = [Math.floor(x / by), Math.max(Math.floor(x / by) + 1, Math.floor((x + 1) / by))];
      let [red, green, blue, count] = [0, 0, 0, 0];
      for (let row = top; row < Math.min(bottom, height); row += 1)
        for (let column = left; column < Math.min(right, width); column += 1) {
          const at = (row * width + column) * 4;
          red += data[at] ?? 0;
          green += data[at + 1] ?? 0;
          blue += data[at + 2] ?? 0;
          count += 1;
        }
      const at = y * newWidth + x;
      grey[at] = (0.299 * red + 0.587 * green + 0.114 * blue) / Math.max(1, count);
      skin[at] = isSkin(red, green, blue) ? 1 : 0;
    }
  }
  return { width: newWidth, height: newHeight, grey, skin };
}

/** Skin of every shade is more red than green and more green than blue, by shares; light changes brightness far more than these. */
function isSkin(red: number, green: number, blue: number): boolean {
  const sum = red + green + blue;
  return sum > 0 && red / sum > 0.355 && red > green * 1.06 && blue / sum < 0.32 && green / sum > 0.26;
}

/** The points inside the oval, or one larger or smaller by a factor. */
function ovalOf({ width, height }: SmallFrame, by: number): number[] {
  const points: number[] = [];
  for (let at = 0; at < width * height; at += 1) {
    const across = ((at % width) + 0.5 - width / 2) / (captureOval.across * by * height);
    const down = (Math.floor(at / width) + 0.5 - height / 2) / (captureOval.down * by * height);
    if (across * across + down * down < 1) points.push(at);
  }
  return points;
}

function placeFindings(
  { width, height, skin }: SmallFrame,
  oval: readonly number[],
): CaptureQualityFinding[] {
  const inOval = oval.reduce((sum, at) => sum + (skin[at] ?? 0), 0) / Math.max(1, oval.length);
  let [count, sumX, sumY] = [0, 0, 0];
  for (const [at, isIt] of skin.entries()) {
    if (isIt === 0) continue;
    count += 1;
    sumX += at % width;
    sumY += Math.floor(at / width);
  }
  const size = count / skin.length;
  if (count === 0 || (inOval < limits.skin && size < limits.size))
    return [finding('NO_FACE', inOval, limits.skin)];
  const away = Math.max(Math.abs(sumX / count / width - 0.5), Math.abs(sumY / count / height - 0.52));
  return [
    ...(size < limits.size ? [finding('FACE_TOO_SMALL', size, limits.size)] : []),
    ...(away > limits.offCentre ? [finding('FACE_OFF_CENTRE', away, limits.offCentre)] : []),
  ];
}

function lightFindings(frame: SmallFrame, oval: readonly number[]): CaptureQualityFinding[] {
  const { width, grey } = frame;
  const values = oval.map((at) => grey[at] ?? 0);
  const mean = meanOf(values);
  const left = meanOf(oval.filter((at) => at % width < width / 2).map((at) => grey[at] ?? 0));
  const right = meanOf(oval.filter((at) => at % width >= width / 2).map((at) => grey[at] ?? 0));
  const uneven = (Math.max(left, right) + 1) / (Math.min(left, right) + 1);
  const white = values.filter((value) => value > 250).length / Math.max(1, values.length);
  const contrast = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  const sharpness = sharpnessOf(frame, oval);
  return [
    ...(mean < limits.dark ? [finding('TOO_DARK', mean, limits.dark)] : []),
    ...(mean > limits.bright ? [finding('TOO_BRIGHT', mean, limits.bright)] : []),
    ...(mean <= limits.bright && white > limits.white ? [finding('TOO_BRIGHT', white, limits.white)] : []),
    ...(uneven > limits.uneven ? [finding('UNEVEN_LIGHT', uneven, limits.uneven)] : []),
    ...(contrast < limits.contrast ? [finding('LOW_CONTRAST', contrast, limits.contrast)] : []),
    ...(sharpness < limits.sharpness ? [finding('BLURRED', sharpness, limits.sharpness)] : []),
  ];
}

/** How much of the detail is fine: what is lost from a small blur to a larger one, against what is lost to a still larger one. */
function sharpnessOf(frame: SmallFrame, oval: readonly number[]): number {
  const [calm, blurred, coarse] = [boxMean(frame, 1), boxMean(frame, 2), boxMean(frame, 5)];
  const lost = (one: Float32Array, other: Float32Array): number =>
    Math.sqrt(meanOf(oval.map((at) => ((one[at] ?? 0) - (other[at] ?? 0)) ** 2)));
  return lost(calm, blurred) / (lost(blurred, coarse) + 0.5);
}

/** The mean over a square of `2 × reach + 1` pixels, along rows and then along columns. */
function boxMean({ width, height, grey }: SmallFrame, reach: number): Float32Array {
  const along = new Float32Array(grey.length);
  const out = new Float32Array(grey.length);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [from, to] = [Math.max(0, x - reach), Math.min(width - 1, x + reach)];
      let sum = 0;
      for (let at = from; at <= to; at += 1) sum += grey[y * width + at] ?? 0;
      along[y * width + x] = sum / (to - from + 1);
    }
  for (let y = 0; y < height; y += 1) {
    const [from, to] = [Math.max(0, y - reach), Math.min(height - 1, y + reach)];
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let at = from; at <= to; at += 1) sum += along[at * width + x] ?? 0;
      out[y * width + x] = sum / (to - from + 1);
    }
  }
  return out;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function finding(code: CaptureQualityCode, measured: number, limit: number): CaptureQualityFinding {
  return { code, measured: Math.round(measured * 1000) / 1000, limit };
}
