import type { Colour } from './portrait-traits.ts';

/** How the drawn person looks at the moment; what a camera adds is in `portrait-variation.ts`. */
export interface PortraitExpression {
  /** 0 open, 1 closed. */
  readonly eyesClosed: number;
  /** -1 to 1; 0 as the face is. */
  readonly smile: number;
}

/** The face as it is for a document. */
export const PLAIN_EXPRESSION: PortraitExpression = { eyesClosed: 0, smile: 0 };

/** Where the head stands, in units: the point between the eyes. */
export const EYE_LINE = { x: 96, y: 112 } as const;

/** Width and height of a portrait of scale 1, in pixels. */
export const PORTRAIT_SIZE = { width: 192, height: 240 } as const;

/** A colour made darker (below 1) or lighter (above 1). */
export function shade([red, green, blue]: Colour, by: number): Colour {
  return [Math.min(255, red * by), Math.min(255, green * by), Math.min(255, blue * by)];
}
