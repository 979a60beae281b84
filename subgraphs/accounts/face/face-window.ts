import { type GreyImage, resize, valueAt } from './grey-image.ts';

/**
 * Where a face stands in a picture: the point between the eyes, in pixels, the distance between the eyes of a mean face of
 * this size, and by how many radians the head is tilted to its left.
 */
export interface FacePlace {
  readonly x: number;
  readonly y: number;
  readonly eyeDistance: number;
  readonly tilt: number;
}

/** What part of a face is looked at, in eye distances about the point between the eyes: from brows to chin, ear to ear. */
export const FACE_WINDOW = { left: 1.15, right: 1.15, above: 1, below: 1.7 } as const;

/** A window of so many pixels a row has as many rows that its pixels are square. */
export function windowHeight(width: number): number {
  return Math.round(
    (width * (FACE_WINDOW.above + FACE_WINDOW.below)) / (FACE_WINDOW.left + FACE_WINDOW.right),
  );
}

/** Cuts the face out of a picture, upright and always in the same place: `width` pixels a row. */
export function cutFace(image: GreyImage, place: FacePlace, width: number): GreyImage {
  const unit = width / (FACE_WINDOW.left + FACE_WINDOW.right);
  const shrink = place.eyeDistance / unit;
  // From a much larger picture pixels are averaged first, or single ones would stand for many.
  if (shrink > 1.5) {
    const smaller = resize(image, Math.round(image.width / shrink), Math.round(image.height / shrink));
    return cutFace(smaller, scalePlace(place, smaller.width / image.width), width);
  }
  const height = windowHeight(width);
  const data = new Float32Array(width * height);
  const [cos, sin] = [Math.cos(place.tilt) * shrink, Math.sin(place.tilt) * shrink];
  for (let row = 0; row < height; row += 1) {
    const v = row + 0.5 - FACE_WINDOW.above * unit;
    for (let column = 0; column < width; column += 1) {
      const u = column + 0.5 - FACE_WINDOW.left * unit;
      data[row * width + column] = valueAt(
        image,
        place.x + u * cos - v * sin - 0.5,
        place.y + u * sin + v * cos - 0.5,
      );
    }
  }
  return { width, height, data };
}

/** The same place in the picture made larger or smaller by a factor. */
export function scalePlace({ x, y, eyeDistance, tilt }: FacePlace, by: number): FacePlace {
  return { x: x * by, y: y * by, eyeDistance: eyeDistance * by, tilt };
}
