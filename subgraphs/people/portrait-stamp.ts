import type { Canvas } from './portrait-canvas.ts';
import { PORTRAIT_SIZE } from './portrait-frame.ts';

/** Letters of five rows of three points each, a bit a point; no font is needed to say what a picture is. */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  S: [7, 4, 7, 1, 7],
  Y: [5, 5, 2, 2, 2],
  N: [6, 5, 5, 5, 5],
  T: [7, 2, 2, 2, 2],
  H: [5, 5, 7, 5, 5],
  E: [7, 4, 6, 4, 7],
  I: [7, 2, 2, 2, 7],
  C: [7, 4, 4, 4, 7],
};

/** Writes SYNTHETIC on a strip at the lower edge. */
export function stampSynthetic(canvas: Canvas): void {
  const { width, height } = PORTRAIT_SIZE;
  const top = height - 20;
  canvas.paint([0, top, width, height], (_, y) => y - top, [255, 255, 255]);
  const word = 'SYNTHETIC';
  const dot = 2.4;
  const start = (width - word.length * 4 * dot) / 2;
  for (const [place, letter] of [...word].entries()) {
    for (const [row, bits] of (LETTERS[letter] ?? []).entries()) {
      for (let column = 0; column < 3; column += 1) {
        if (((bits >> (2 - column)) & 1) === 0) continue;
        const x = start + (place * 4 + column) * dot;
        const y = top + 4 + row * dot;
        canvas.paint(
          [x, y, x + dot, y + dot],
          (px, py) => Math.min(px - x, x + dot - px, py - y, y + dot - py),
          [160, 28, 28],
        );
      }
    }
  }
}
