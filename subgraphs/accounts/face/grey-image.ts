/** Brightness alone: one number a pixel, 0 to 255 unless said, row by row from the top left. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A picture as it was decoded: RGBA, a byte each; a browser's `ImageData` has the same shape. */
export interface ColourImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** The luma of a picture (ITU-R BT.601), in a new image. */
export function greyOf({ width, height, data }: ColourImage): GreyImage {
  const grey = new Float32Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * 4;
    grey[at] =
      0.299 * (data[from] as number) +
      0.587 * (data[from + 1] as number) +
      0.114 * (data[from + 2] as number);
  }
  return { width, height, data: grey };
}

/** The image in another size: each new pixel is the mean of the area it covers, or lies between its neighbours when enlarged. */
export function resize(image: GreyImage, width: number, height: number): GreyImage {
  if (width === image.width && height === image.height) return image;
  return alongColumns(alongRows(image, width), height);
}

function alongRows({ width, height, data }: GreyImage, newWidth: number): GreyImage {
  const out = new Float32Array(newWidth * height);
  const { first, weights, most } = coverage(width, newWidth);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < newWidth; x += 1) {
      const from = y * width + (first[x] as number);
      let sum = 0;
      for (let step = 0; step < most; step += 1) {
        const weight = weights[x * most + step] as number;
        if (weight > 0) sum += weight * (data[from + step] as number);
      }
      out[y * newWidth + x] = sum;
    }
  }
  return { width: newWidth, height, data: out };
}

function alongColumns({ width, height, data }: GreyImage, newHeight: number): GreyImage {
  const out = new Float32Array(width * newHeight);
  const { first, weights, most } = coverage(height, newHeight);
  for (let y = 0; y < newHeight; y += 1) {
    for (let step = 0; step < most; step += 1) {
      const weight = weights[y * most + step] as number;
      if (weight === 0) continue;
      const from = ((first[y] as number) + step) * width;
      for (let x = 0; x < width; x += 1)
        out[y * width + x] = (out[y * width + x] as number) + weight * (data[from + x] as number);
    }
  }
  return { width, height: newHeight, data: out };
}

/** For each new pixel the first old one it is made of, and the shares of that and the following `most`; they add up to one. */
function coverage(
  length: number,
  newLength: number,
): { readonly first: Int32Array; readonly weights: Float64Array; readonly most: number } {
  const step = length / newLength;
  const most = Math.ceil(Math.max(1, step)) + 1;
  const first = new Int32Array(newLength);
  const weights = new Float64Array(newLength * most);
  for (let at = 0; at < newLength; at += 1) {
    if (step <= 1) {
      const centre = Math.min(length - 1, Math.max(0, (at + 0.5) * step - 0.5));
      first[at] = Math.floor(centre);
      weights[at * most] = 1 - (centre - Math.floor(centre));
      weights[at * most + 1] = centre - Math.floor(centre);
      continue;
    }
    const [start, end] = [at * step, Math.min(length, (at + 1) * step)];
    first[at] = Math.floor(start);
    for (let from = Math.floor(start); from < end; from += 1)
      weights[at * most + from - Math.floor(start)] =
        (Math.min(end, from + 1) - Math.max(start, from)) / (end - start);
  }
  return { first, weights, most };
}

/** The mean over a square of `2 × reach + 1` pixels about each pixel, cut at the edges; four additions a pixel whatever the reach. */
export function boxMean({ width, height, data }: GreyImage, reach: number): GreyImage {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x] as number;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] as number) + row;
    }
  }
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const sum =
        (sums[bottom * (width + 1) + right] as number) -
        (sums[top * (width + 1) + right] as number) -
        (sums[bottom * (width + 1) + left] as number) +
        (sums[top * (width + 1) + left] as number);
      out[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, data: out };
}

/**
 * Every pixel against its surroundings: less their mean, in units of their deviation. What is left of a face under another
 * light is nearly the same. `floor` is the deviation below which there is nothing to see but noise, in levels.
 */
export function localContrast(image: GreyImage, reach: number, floor: number): GreyImage {
  const { width, height, data } = image;
  const mean = boxMean(image, reach).data;
  const squared = data.map((value, at) => (value - (mean[at] as number)) ** 2);
  const variance = boxMean({ width, height, data: squared }, reach).data;
  return {
    width,
    height,
    data: data.map(
      (value, at) => (value - (mean[at] as number)) / (Math.sqrt(variance[at] as number) + floor),
    ),
  };
}

/** The value between four pixels; outside the image that of its nearest edge. */
export function valueAt({ width, height, data }: GreyImage, x: number, y: number): number {
  const inX = Math.min(width - 1, Math.max(0, x));
  const inY = Math.min(height - 1, Math.max(0, y));
  const left = Math.min(width - 2, Math.floor(inX));
  const top = Math.min(height - 2, Math.floor(inY));
  if (left < 0 || top < 0) return data[0] ?? 0;
  const [across, down] = [inX - left, inY - top];
  const at = top * width + left;
  const above = (data[at] as number) * (1 - across) + (data[at + 1] as number) * across;
  const below = (data[at + width] as number) * (1 - across) + (data[at + width + 1] as number) * across;
  return above * (1 - down) + below * down;
}
