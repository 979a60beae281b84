import { FACE_WINDOW, type FacePlace, windowHeight } from './face-window.ts';
import { boxMean, type GreyImage, localContrast, resize, valueAt } from './grey-image.ts';
import learned from './face-pattern.json' with { type: 'json' };

/**
 * A pattern to look for: weights of mean 0 at the points that count, row by row; where
 * they lie is told in pixels of the pattern and in eye distances from the point between the eyes.
 */
export interface Pattern {
  readonly width: number;
  readonly height: number;
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  readonly right: Float64Array;
  readonly down: Float64Array;
  readonly values: Float64Array;
}

/**
 * What tells a face from what is none, in a coarse and a fine form: the weights of a linear regression over windows of local
 * contrast that hold a face and ones that do not. Learned from synthetic portraits, since there are no others here, by
 * `test/face/learn-face-pattern.ts`.
 */
export const facePatterns: Readonly<Record<'coarse' | 'fine', Pattern>> = {
  coarse: { ...patternPoints(learned.coarse.width), values: Float64Array.from(learned.coarse.values) },
  fine: { ...patternPoints(learned.fine.width), values: Float64Array.from(learned.fine.values) },
};

/** The points of the face window that count, for a window of so many pixels a row. */
export function patternPoints(width: number): Omit<Pattern, 'values'> {
  const height = windowHeight(width);
  const unit = width / (FACE_WINDOW.left + FACE_WINDOW.right);
  const rightOf = (index: number): number => ((index % width) + 0.5) / unit - FACE_WINDOW.left;
  const downOf = (index: number): number => (Math.floor(index / width) + 0.5) / unit - FACE_WINDOW.above;
  const at = Array.from({ length: width * height }, (_, index) => index).filter((index) =>
    isInside(rightOf(index), downOf(index)),
  );
  return {
    width,
    height,
    columns: Int32Array.from(at, (index) => index % width),
    rows: Int32Array.from(at, (index) => Math.floor(index / width)),
    right: Float64Array.from(at, rightOf),
    down: Float64Array.from(at, downOf),
  };
}

/** Brows, eyes, nose and mouth count; what frames them is hair for one person and background for another. */
function isInside(right: number, down: number): boolean {
  return (
    Math.abs(right) < 0.82 && down > -0.5 && down < 1.3 && Math.abs(right) * 0.8 + Math.max(0, down) < 1.55
  );
}

/**
 * The picture made ready for a pattern: so small that `eyeDistance` pixels of it are as many as the pattern has between the
 * eyes, by local contrast. The coarse one is blurred a little besides, so that a face between two places is not missed.
 */
export function levelFor(image: GreyImage, eyeDistance: number, pattern: 'coarse' | 'fine'): GreyImage {
  const { width } = facePatterns[pattern];
  const by = width / (FACE_WINDOW.left + FACE_WINDOW.right) / eyeDistance;
  const smaller = resize(
    image,
    Math.max(1, Math.round(image.width * by)),
    Math.max(1, Math.round(image.height * by)),
  );
  const level = localContrast(smaller, Math.round(width / 5), 9);
  return pattern === 'coarse' ? boxMean(level, 1) : level;
}

/** The values of an image at the points of a pattern that lies somewhere on it, in any size and tilt. */
export function sampleAt(
  { right, down }: Pick<Pattern, 'right' | 'down'>,
  image: GreyImage,
  place: FacePlace,
): Float64Array {
  const [cos, sin] = [Math.cos(place.tilt) * place.eyeDistance, Math.sin(place.tilt) * place.eyeDistance];
  const values = new Float64Array(right.length);
  for (let point = 0; point < values.length; point += 1) {
    const u = right[point] as number;
    const v = down[point] as number;
    values[point] = valueAt(image, place.x + u * cos - v * sin - 0.5, place.y + u * sin + v * cos - 0.5);
  }
  return values;
}

/** How well the image fits a pattern that lies somewhere on it: about 1 for a face, about 0 for none. */
export function fitAt({ right, down, values }: Pattern, image: GreyImage, place: FacePlace): number {
  const [cos, sin] = [Math.cos(place.tilt) * place.eyeDistance, Math.sin(place.tilt) * place.eyeDistance];
  let product = 0;
  let sum = 0;
  let squares = 0;
  for (let point = 0; point < values.length; point += 1) {
    const u = right[point] as number;
    const v = down[point] as number;
    const value = valueAt(image, place.x + u * cos - v * sin - 0.5, place.y + u * sin + v * cos - 0.5);
    product += (values[point] as number) * value;
    sum += value;
    squares += value * value;
  }
  const spread = squares - (sum * sum) / values.length;
  return spread <= 1e-9 ? 0 : product / Math.sqrt(spread);
}

/** How well every part of an image fits a pattern pixel by pixel; `tell` is told of every second
 * one, as on the fields of one colour of a chessboard. */
export function slide(
  { width, height, columns, rows, values }: Pattern,
  image: GreyImage,
  tell: (x: number, y: number, fit: number) => void,
): void {
  const stride = image.width;
  const offsets = columns.map((column, point) => (rows[point] as number) * stride + column);
  const { data } = image;
  for (let y = 0; y + height <= image.height; y += 1) {
    for (let x = y % 2; x + width <= stride; x += 2) {
      const start = y * stride + x;
      let product = 0;
      let sum = 0;
      let squares = 0;
      for (let point = 0; point < offsets.length; point += 1) {
        const value = data[start + (offsets[point] as number)] as number;
        product += (values[point] as number) * value;
        sum += value;
        squares += value * value;
      }
      const spread = squares - (sum * sum) / offsets.length;
      if (spread > 1e-9) tell(x, y, product / Math.sqrt(spread));
    }
  }
}
