import type { Page } from 'playwright-core';

/** A picture as its pixels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** As much of a canvas as is used inside a page. */
interface CanvasWindow {
  readonly createImageBitmap: (blob: object) => Promise<{ readonly width: number; readonly height: number }>;
  readonly OffscreenCanvas: new (
    width: number,
    height: number,
  ) => {
    readonly getContext: (kind: '2d') => {
      readonly drawImage: (picture: object, x: number, y: number) => void;
      readonly getImageData: (
        x: number,
        y: number,
        width: number,
        height: number,
      ) => { readonly data: Iterable<number> };
    };
  };
  readonly Blob: new (parts: readonly object[], options: object) => object;
  readonly atob: (text: string) => string;
}

/** The pixels of a PNG in black and white, unpacked by the browser. They travel as text: lists of numbers take seconds. */
export async function readPixels(page: Page, png: Buffer): Promise<Pixels> {
  const { width, height, dots } = await page.evaluate(async (packed) => {
    const { createImageBitmap, OffscreenCanvas, Blob, atob } = globalThis as unknown as CanvasWindow;
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.codePointAt(0) ?? 0);
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    const reds = [...data].filter((_, at) => at % 4 === 0);
    return {
      width: picture.width,
      height: picture.height,
      dots: reds.map((red) => (red < 128 ? '#' : '.')).join(''),
    };
  }, png.toString('base64'));
  const data = Uint8Array.from(
    [...dots].flatMap((dot) => (dot === '#' ? [0, 0, 0, 255] : [255, 255, 255, 255])),
  );
  return { width, height, data };
}
