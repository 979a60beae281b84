import type { Texts } from '../texts/texts.ts';

/** What stands in the way of a good portrait, as the texts name it. */
export type CaptureFault = keyof Texts['registration']['portrait']['quality'];

/** Looks at a picture of the camera while it is shown; pure. */
export type CaptureQuality = (picture: ImageData) => readonly CaptureFault[];
