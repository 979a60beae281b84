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
}

/** The pixels of a PNG, unpacked by the browser. */
export async function readPixels(page: Page, png: Buffer): Promise<Pixels> {
  const { width, height, data } = await page.evaluate(
    async (bytes) => {
      const { createImageBitmap, OffscreenCanvas, Blob } = globalThis as unknown as CanvasWindow;
      const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
      const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
      context.drawImage(picture, 0, 0);
      const { data } = context.getImageData(0, 0, picture.width, picture.height);
      return { width: picture.width, height: picture.height, data: [...data] };
    },
    [...png],
  );
  return { width, height, data: Uint8Array.from(data) };
}
