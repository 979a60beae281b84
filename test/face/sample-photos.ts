import jpeg from 'jpeg-js';
import { drawVariation, NO_VARIATION, pngOf, portraitPixels } from '@dinhdanh/people';
import type { AgeBand, Pixels, PortraitRequest, PortraitVariation } from '@dinhdanh/people';

const BANDS: readonly AgeBand[] = ['ADULT', 'ADULT', 'ELDER', 'CHILD'];

/** Somebody of a row of people, women and men in turn, of all ages. */
export function somebody(seed: string, place: number): PortraitRequest {
  return {
    seed: `${seed} ${place}`,
    sex: place % 2 === 0 ? 'FEMALE' : 'MALE',
    ageBand: BANDS[Math.floor(place / 2) % BANDS.length] ?? 'ADULT',
  };
}

/** The file of a document's portrait. */
export function documentOf(request: PortraitRequest): Uint8Array {
  return pngOf(portraitPixels(request));
}

/** The file of a capture by a careful hand. */
export function captureOf(request: PortraitRequest, index: number, severity = 0.6): Uint8Array {
  return jpegOf(portraitPixels(request, drawVariation(request.seed, index, severity)));
}

/** The file of a portrait with some things about it changed. */
export function changed(request: PortraitRequest, change: Partial<PortraitVariation>): Uint8Array {
  return jpegOf(portraitPixels(request, { ...NO_VARIATION, ...change }));
}

/** Pixels as a JPEG file. */
export function jpegOf({ width, height, data }: Pixels): Uint8Array {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return jpeg.encode({ width, height, data: bytes }, 88).data;
}
