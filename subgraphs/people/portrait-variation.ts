import type { Pixels } from './portrait-canvas.ts';
import { EYE_LINE, type PortraitExpression } from './portrait-frame.ts';
import { ENTITY, seedOf, Stream } from './prng.ts';

/** How a camera sees a face: angles in degrees, lengths in units of the portrait. All 0 (and 1) is the document's portrait. */
export interface PortraitVariation extends PortraitExpression {
  /** The head turned to a side, nodded, and tilted. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** The crop: how large the face is (1 as drawn), and how far it stands from its place. */
  readonly zoom: number;
  readonly shiftX: number;
  readonly shiftY: number;
  /** From where light falls (-1 left or above, 1 right or below), and how much of it is from there. */
  readonly lightX: number;
  readonly lightY: number;
  readonly lightShare: number;
  /** Everything brighter or darker by a factor; redder (positive) or bluer. */
  readonly exposure: number;
  readonly warmth: number;
  /** 1 as drawn, less is paler. */
  readonly contrast: number;
  /** Standard deviation of the Gaussian blur in units, and of the noise in levels of 255. */
  readonly blur: number;
  readonly noise: number;
  /** What the noise is drawn from. */
  readonly noiseSeed: number;
}

/** The portrait as it stands in a document. */
export const NO_VARIATION: PortraitVariation = {
  eyesClosed: 0,
  smile: 0,
  yaw: 0,
  pitch: 0,
  roll: 0,
  zoom: 1,
  shiftX: 0,
  shiftY: 0,
  lightX: 0,
  lightY: 0,
  lightShare: 0,
  exposure: 1,
  warmth: 0,
  contrast: 1,
  blur: 0,
  noise: 0,
  noiseSeed: 0,
};

/**
 * A capture by somebody who follows the hints: other light, angle, crop and noise. `severity` 1 is an ordinary room and
 * hand; 0.5 a good one, 2 a poor one.
 */
export function drawVariation(seed: string, index: number, severity = 1): PortraitVariation {
  const draw = new Stream(seedOf(seed), ENTITY.portrait, index + 1);
  const about = (reach: number): number => (2 * draw.unit() - 1) * reach * severity;
  return {
    eyesClosed: 0,
    smile: about(0.6),
    yaw: about(12),
    pitch: about(8),
    roll: about(8),
    zoom: Math.exp(about(0.15)),
    shiftX: about(14),
    shiftY: about(14),
    lightX: about(1),
    lightY: about(1),
    lightShare: draw.unit() * 0.6 * severity,
    exposure: Math.exp(about(0.3)),
    warmth: about(0.1),
    contrast: 1 - draw.unit() * 0.3 * severity,
    blur: draw.unit() * 1.1 * severity,
    noise: draw.unit() * 8 * severity,
    noiseSeed: draw.next(),
  };
}

/** The picture as the camera sees it: turned and cropped, lit, blurred, with noise. `scale` pixels a unit. */
export function varyPixels(pixels: Pixels, variation: PortraitVariation, scale: number): Pixels {
  const turned = turn(pixels, variation, scale);
  const lit = light(turned, variation, scale);
  return addNoise(variation.blur > 0 ? blurred(lit, variation.blur * scale) : lit, variation);
}

/** Half axes of the ellipsoid that a head is taken for when it turns or is lit from a side. */
const HEAD = { rx: 54, ry: 76, depth: 46, y: EYE_LINE.y + 2 } as const;

function turn(
  pixels: Pixels,
  { yaw, pitch, roll, zoom, shiftX, shiftY }: PortraitVariation,
  scale: number,
): Pixels {
  const { width, height } = pixels;
  const data = new Uint8ClampedArray(pixels.data.length);
  const [sinYaw, cosYaw] = sinCos(yaw);
  const [sinPitch, cosPitch] = sinCos(pitch);
  const [sinRoll, cosRoll] = sinCos(roll);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const seenX = ((column + 0.5) / scale - EYE_LINE.x - shiftX) / zoom;
      const seenY = ((row + 0.5) / scale - HEAD.y - shiftY) / zoom;
      const plainX = seenX * cosRoll + seenY * sinRoll;
      const plainY = seenY * cosRoll - seenX * sinRoll;
      let x = plainX;
      let y = plainY;
      // What is in front moves further when a head turns; how far in front depends on where it came from, so: three steps.
      for (let step = 0; step < 3; step += 1) {
        const depth = HEAD.depth * Math.max(0, 1 - (x / HEAD.rx) ** 2 - (y / HEAD.ry) ** 2);
        x = (plainX - depth * sinYaw) / cosYaw;
        y = (plainY - depth * sinPitch) / cosPitch;
      }
      sample(
        pixels,
        (x + EYE_LINE.x) * scale - 0.5,
        (y + HEAD.y) * scale - 0.5,
        data,
        (row * width + column) * 4,
      );
    }
  }
  return { width, height, data };
}

function sinCos(degrees: number): [number, number] {
  const angle = (degrees * Math.PI) / 180;
  return [Math.sin(angle), Math.cos(angle)];
}

/** The colour between four pixels; outside, that of the nearest edge. */
function sample(
  { width, height, data }: Pixels,
  x: number,
  y: number,
  out: Uint8ClampedArray,
  at: number,
): void {
  const inX = Math.min(width - 1.001, Math.max(0, x));
  const inY = Math.min(height - 1.001, Math.max(0, y));
  const left = Math.floor(inX);
  const top = Math.floor(inY);
  const [across, down] = [inX - left, inY - top];
  const first = (top * width + left) * 4;
  const below = first + width * 4;
  for (let part = 0; part < 3; part += 1) {
    const above = (data[first + part] as number) * (1 - across) + (data[first + 4 + part] as number) * across;
    const under = (data[below + part] as number) * (1 - across) + (data[below + 4 + part] as number) * across;
    out[at + part] = above * (1 - down) + under * down;
  }
  out[at + 3] = 255;
}

function light(pixels: Pixels, variation: PortraitVariation, scale: number): Pixels {
  const { lightX, lightY, lightShare, exposure, warmth, contrast, shiftX, shiftY, zoom } = variation;
  const { width, height } = pixels;
  const data = new Uint8ClampedArray(pixels.data.length);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const x = ((column + 0.5) / scale - EYE_LINE.x - shiftX) / zoom / HEAD.rx;
      const y = ((row + 0.5) / scale - HEAD.y - shiftY) / zoom / HEAD.ry;
      const out = Math.max(1, Math.hypot(x, y));
      // Lambert's cosine, with the slope of the ellipsoid; the wall behind is taken as far as the head's edge.
      const share = 1 + lightShare * ((x / out) * lightX + (y / out) * lightY);
      const at = (row * width + column) * 4;
      for (let part = 0; part < 3; part += 1) {
        const tint = 1 + warmth * (1 - part);
        const value = (pixels.data[at + part] as number) * share * tint * exposure;
        data[at + part] = 128 * exposure * (1 - contrast) + value * contrast;
      }
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

/** A Gaussian of the given deviation in pixels, first along rows, then along columns. */
function blurred(pixels: Pixels, deviation: number): Pixels {
  const reach = Math.ceil(deviation * 2.5);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * deviation ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kernel = weights.map((weight) => weight / total);
  return convolve(convolve(pixels, kernel, true), kernel, false);
}

function convolve({ width, height, data }: Pixels, kernel: readonly number[], along: boolean): Pixels {
  const out = new Uint8ClampedArray(data.length).fill(255);
  const reach = (kernel.length - 1) / 2;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let at = -reach; at <= reach; at += 1) {
        const px = along ? Math.min(width - 1, Math.max(0, x + at)) : x;
        const py = along ? y : Math.min(height - 1, Math.max(0, y + at));
        const from = (py * width + px) * 4;
        const weight = kernel[at + reach] as number;
        red += weight * (data[from] as number);
        green += weight * (data[from + 1] as number);
        blue += weight * (data[from + 2] as number);
      }
      const to = (y * width + x) * 4;
      out[to] = red;
      out[to + 1] = green;
      out[to + 2] = blue;
    }
  }
  return { width, height, data: out };
}

function addNoise(pixels: Pixels, { noise, noiseSeed }: PortraitVariation): Pixels {
  if (noise <= 0) return pixels;
  const draw = new Stream(seedOf('noise'), ENTITY.portrait, noiseSeed);
  const { data } = pixels;
  for (let at = 0; at < data.length; at += 4) {
    // Four bytes of a word added up are near enough to a bell; their deviation is 148.
    const word = draw.next();
    const bell = (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24) - 510;
    for (let part = 0; part < 3; part += 1)
      data[at + part] = (data[at + part] as number) + (bell * noise) / 148;
  }
  return pixels;
}
