import type { FacePlace } from './face-window.ts';
import type { ColourImage } from './grey-image.ts';

/** Where a picture has the colour of skin: sums over everything above and to the left, so that a rectangle is four look-ups. */
export interface SkinMap {
  readonly width: number;
  readonly height: number;
  readonly sums: Float64Array;
  readonly total: number;
}

/** Less skin than this share of the picture says nothing: it is grey, or lit in a colour. */
const LEAST = 0.02;

/** Skin of every shade is more red than green and more green than blue, by shares; light changes brightness far more than these. */
export function skinMapOf({ width, height, data }: ColourImage): SkinMap {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const [red, green, blue] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
      const all = red + green + blue + 1;
      if (red / all > 0.355 && red > green * 1.06 && blue / all < 0.32 && green / all > 0.26) row += 1;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] as number) + row;
    }
  }
  return { width, height, sums, total: sums[sums.length - 1] as number };
}

/**
 * How well a face at a place accounts for the skin there is: 0 to 1. It should be skin nearly all over, and hold most of
 * what there is: part of a face is all skin but leaves much out, and what lies beside one has little. 1 where a picture
 * has no skin to speak of; `shrink` pixels of the picture are one of the place's.
 */
export function skinShare(map: SkinMap, place: FacePlace, shrink: number): number {
  const { width, height, sums, total } = map;
  if (total < LEAST * width * height) return 1;
  const size = place.eyeDistance * shrink;
  const x = (at: number): number => Math.round(Math.min(width, Math.max(0, place.x * shrink + at * size)));
  const y = (at: number): number => Math.round(Math.min(height, Math.max(0, place.y * shrink + at * size)));
  const [left, right, top, bottom] = [x(-0.85), x(0.85), y(-0.5), y(1.4)];
  const stride = width + 1;
  const skin =
    (sums[bottom * stride + right] as number) -
    (sums[top * stride + right] as number) -
    (sums[bottom * stride + left] as number) +
    (sums[top * stride + left] as number);
  const area = 1.7 * 1.9 * size * size;
  return Math.sqrt((skin / Math.max(1, area)) * (skin / total));
}
