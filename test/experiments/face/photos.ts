import jpeg from 'jpeg-js';
import { drawVariation, NO_VARIATION, pngOf, portraitPixels } from '@dinhdanh/people';
import type { AgeBand, PortraitRequest, PortraitVariation } from '@dinhdanh/people';

/** Photos of one person: the document's portrait first, then captures. */
export const PHOTOS = 14;
/** People of one sex and age stand together, so that nobody is told apart by what everybody would see. */
export const GROUP = 16;

const BANDS: readonly AgeBand[] = ['ADULT', 'ADULT', 'ADULT', 'ELDER', 'ADULT', 'CHILD'];

/** Somebody of a group. */
export function personOf(seed: string, group: number, place: number): PortraitRequest {
  return {
    seed: `${seed} ${group} ${place}`,
    sex: group % 2 === 0 ? 'FEMALE' : 'MALE',
    ageBand: BANDS[Math.floor(group / 2) % BANDS.length] ?? 'ADULT',
  };
}

/** The files of somebody's photos: the document's portrait as PNG, captures as JPEG, as cameras give them. */
export function photosOf(request: PortraitRequest): Uint8Array[] {
  return Array.from({ length: PHOTOS }, (_, photo) =>
    photo === 0 ? documentOf(request) : jpegOf(portraitPixels(request, drawVariation(request.seed, photo))),
  );
}

/** The portrait of somebody's document, as PNG. */
export function documentOf(request: PortraitRequest): Uint8Array {
  return pngOf(portraitPixels(request));
}

/** One capture with one thing about it changed. */
export function photoWith(request: PortraitRequest, change: Partial<PortraitVariation>): Uint8Array {
  return jpegOf(portraitPixels(request, { ...NO_VARIATION, ...change }));
}

function jpegOf({ width, height, data }: ReturnType<typeof portraitPixels>): Uint8Array {
  return jpeg.encode({ width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) }, 85)
    .data;
}
