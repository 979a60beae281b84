import { type Canvas, curve, type Inside } from './portrait-canvas.ts';
import { EYE_LINE, type PortraitExpression, shade } from './portrait-frame.ts';
import type { PortraitTraits } from './portrait-traits.ts';

/** Both eyes: white, iris, lids and fold; a closed eye is a line of lashes on skin. */
export function drawEyes(canvas: Canvas, traits: PortraitTraits, expression: PortraitExpression): void {
  for (const side of [-1, 1]) drawEye(canvas, traits, side, expression);
}

function drawEye(
  canvas: Canvas,
  { eyes, skin }: PortraitTraits,
  side: number,
  { eyesClosed }: PortraitExpression,
): void {
  const x = EYE_LINE.x + side * eyes.apart;
  const { y } = EYE_LINE;
  const open = eyes.height * (1 - eyesClosed);
  // Along the eye, -1 at the inner and 1 at the outer corner; the outer corner is raised by the slant.
  const along = (px: number): number => (side * (px - x)) / eyes.width;
  const axis = (px: number): number => y - along(px) * eyes.slant * eyes.width;
  const lid = (px: number): number => open * Math.max(0, 1 - along(px) ** 2) ** 0.6;
  const inEye: Inside = (px, py) =>
    Math.abs(along(px)) >= 1 ? -1 : Math.min(py - axis(px) + lid(px), axis(px) + 0.75 * lid(px) - py);
  const box = [x - eyes.width, y - 12, x + eyes.width, y + 12] as const;
  const points = Array.from({ length: 9 }, (_, at) => x - eyes.width + (at * eyes.width) / 4);
  if (open > 0.8) {
    canvas.paint(box, inEye, [246, 244, 240]);
    const ball = (radius: number): Inside => {
      return (px, py) => Math.min(inEye(px, py), radius - Math.hypot(px - x, py - y + 0.4));
    };
    canvas.paint(box, ball(eyes.iris), eyes.colour);
    canvas.paint(box, ball(eyes.iris * 0.45), [8, 6, 6]);
    canvas.ellipse(x + 1.4, y - 1.6, 1, 1, [255, 255, 255], 0.9);
  }
  const lashes = shade(skin, 0.2);
  // A closed lid rests where the lower one is.
  const rest = (px: number): number => axis(px) + eyesClosed * 2.2 * Math.max(0, 1 - along(px) ** 2);
  canvas.stroke(
    points.map((px) => [px, rest(px) - lid(px)] as const),
    1.9,
    lashes,
  );
  canvas.stroke(
    points.map((px) => [px, axis(px) + 0.75 * lid(px)] as const),
    0.9,
    shade(skin, 0.5),
    0.7 * (1 - eyesClosed),
  );
  if (eyes.fold > 0)
    canvas.stroke(
      points.map((px) => [px, axis(px) - lid(px) - eyes.fold] as const),
      1,
      shade(skin, 0.6),
      0.8,
    );
}

/** Both brows, thinner to the outside. */
export function drawBrows(canvas: Canvas, { brows, eyes, hair }: PortraitTraits): void {
  for (const side of [-1, 1]) {
    const middle = EYE_LINE.x + side * (eyes.apart + 1);
    const y = EYE_LINE.y - brows.above;
    const half = brows.length / 2;
    const along = (px: number): number => (side * (px - middle)) / half;
    const height = (px: number): number =>
      y - brows.slant * along(px) * half - brows.arch * (1 - along(px) ** 2);
    const thick = (px: number): number => brows.thickness * (0.62 - 0.3 * along(px));
    canvas.paint(
      [middle - half, y - 16, middle + half, y + 16],
      (px, py) => (Math.abs(along(px)) >= 1 ? -1 : thick(px) - Math.abs(py - height(px))),
      shade(hair.colour, 1.15),
      0.9,
    );
  }
}

/** Spectacles, for those who wear them. */
export function drawGlasses(canvas: Canvas, { glasses, eyes, head }: PortraitTraits): void {
  if (glasses === null) return;
  const { x } = EYE_LINE;
  const y = EYE_LINE.y + 1;
  const { width, height, roundness, rim } = glasses;
  const frame = [34, 32, 36] as const;
  for (const side of [-1, 1]) {
    const middle = x + side * (eyes.apart + 1);
    const depth: Inside = (px, py) =>
      (1 -
        (Math.abs((px - middle) / width) ** roundness + Math.abs((py - y) / height) ** roundness) **
          (1 / roundness)) *
      Math.min(width, height);
    const box = [middle - width - 2, y - height - 2, middle + width + 2, y + height + 2] as const;
    canvas.paint(box, (px, py) => rim - Math.abs(depth(px, py)), frame);
    canvas.paint(box, depth, [235, 242, 250], 0.08);
    canvas.stroke(
      [
        [middle + side * width, y - 2],
        [x + side * (head.halfWidth + 2), y - 4],
      ],
      rim * 1.6,
      frame,
    );
  }
  const inner = eyes.apart + 1 - width;
  canvas.stroke(curve([x - inner, y - 2], [x, y - 6], [x + inner, y - 2]), rim * 1.7, frame);
}
