import { drawPortrait } from './draw-portrait.ts';
import type { PortraitRequest } from './portrait.ts';
import type { Pixels } from './portrait-canvas.ts';
import { pngOf } from './portrait-png.ts';
import { portraitTraits } from './portrait-traits.ts';
import { NO_VARIATION, type PortraitVariation, varyPixels } from './portrait-variation.ts';

/**
 * A synthetic face in pixels, as a document's portrait or as a camera would see it. The same request and variation always
 * give the same bytes. 192 × 240 pixels at scale 1; plainly a drawing, with the word SYNTHETIC on its lower edge.
 */
export function portraitPixels(
  request: PortraitRequest,
  variation: PortraitVariation = NO_VARIATION,
  scale = 1,
): Pixels {
  const { pixels } = drawPortrait(portraitTraits(request), variation, scale);
  return variation === NO_VARIATION ? pixels : varyPixels(pixels, variation, scale);
}

/** The same as the bytes of a PNG, some 20 KB. */
export function portraitPng(
  request: PortraitRequest,
  variation: PortraitVariation = NO_VARIATION,
  scale = 1,
): Uint8Array {
  return pngOf(portraitPixels(request, variation, scale));
}
