import { drawBrows, drawEyes, drawGlasses } from './draw-eyes.ts';
import { Canvas, curve, type Inside } from './portrait-canvas.ts';
import { EYE_LINE, PORTRAIT_SIZE, type PortraitExpression, shade } from './portrait-frame.ts';
import type { PortraitTraits } from './portrait-traits.ts';
import { stampSynthetic } from './portrait-stamp.ts';

/**
 * Draws the face whose traits are given: flat shapes, plainly a drawing, on a canvas of its own with the words of a synthetic
 * picture on its lower edge. `scale` pixels a unit.
 */
export function drawPortrait(traits: PortraitTraits, expression: PortraitExpression, scale: number): Canvas {
  const { width, height } = PORTRAIT_SIZE;
  const canvas = new Canvas(Math.round(width * scale), Math.round(height * scale), scale);
  canvas.paint([0, 0, width, height], () => 1, traits.background);
  drawBehind(canvas, traits);
  drawHead(canvas, traits);
  drawEyes(canvas, traits, expression);
  drawBrows(canvas, traits);
  drawNose(canvas, traits);
  drawMouth(canvas, traits, expression);
  drawMarks(canvas, traits);
  drawHair(canvas, traits);
  drawGlasses(canvas, traits);
  stampSynthetic(canvas);
  return canvas;
}

const everywhere: Inside = () => 1;

/** The outline of the head, as far outside itself as `grown` says. */
function headOutline({ head }: PortraitTraits, grown: number): Inside {
  const width = head.halfWidth + grown;
  return (x, y) => {
    const dy = y - EYE_LINE.y;
    const reach = (dy < 0 ? head.above : head.below) + grown;
    const along = Math.abs(dy) / reach;
    if (along >= 1) return -1;
    const power = dy < 0 ? head.crown : head.jaw;
    return width * (1 - along ** power) ** (dy < 0 ? 0.5 : 0.6) - Math.abs(x - EYE_LINE.x);
  };
}

function drawBehind(canvas: Canvas, traits: PortraitTraits): void {
  const { x, y } = EYE_LINE;
  const { hair, head } = traits;
  if (hair.length > 0) {
    const half = head.halfWidth + hair.volume;
    const bottom = y + 24 + hair.length;
    canvas.paint(
      [x - half, y - 20, x + half, bottom],
      (px, py) => Math.min(half - Math.abs(px - x), bottom - py),
      shade(hair.colour, 0.8),
    );
  }
  const chin = y + head.below;
  canvas.paint([x - 24, chin - 30, x + 24, 240], (px) => 20 - Math.abs(px - x), shade(traits.skin, 0.82));
  const shoulder = chin + 10;
  canvas.paint(
    [6, shoulder - 4, 186, 240],
    (px, py) =>
      py - shoulder - ((px - x) / 30) ** 2 + (Math.abs(px - x) < 24 ? (Math.abs(px - x) - 24) * 0.8 : 0),
    traits.clothes,
  );
}

function drawHead(canvas: Canvas, traits: PortraitTraits): void {
  const { x, y } = EYE_LINE;
  const { head, ears, skin } = traits;
  for (const side of [-1, 1]) {
    const earX = x + side * (head.halfWidth - 3 + ears.out);
    canvas.ellipse(earX, y + ears.height, ears.size * 0.5, ears.size, shade(skin, 0.93));
    canvas.ellipse(earX, y + ears.height, ears.size * 0.25, ears.size * 0.6, shade(skin, 0.78));
  }
  const half = head.halfWidth;
  canvas.paint([x - half, y - head.above, x + half, y + head.below], headOutline(traits, 0), skin);
  const within = headOutline(traits, 0);
  for (const side of [-1, 1]) {
    canvas.glow(x + side * half * 0.55, y + 28, 15, 12, { colour: [225, 140, 125], opacity: 0.22, within });
    canvas.glow(x + side * traits.eyes.apart, y - 2, 17, 13, {
      colour: shade(skin, 0.72),
      opacity: 0.35,
      within,
    });
    canvas.glow(x + side * half * 0.9, y + 40, 14, 34, { colour: shade(skin, 0.75), opacity: 0.4, within });
  }
  canvas.glow(x, y - head.above * 0.45, 28, 20, { colour: shade(skin, 1.12), opacity: 0.4, within });
  canvas.glow(x, y + head.below * 0.88, 18, 10, { colour: shade(skin, 1.08), opacity: 0.4, within });
}

function drawNose(canvas: Canvas, { nose, skin }: PortraitTraits): void {
  const { x, y } = EYE_LINE;
  const tip = y + nose.length;
  const dark = shade(skin, 0.66);
  canvas.glow(x, y + nose.length * 0.45, 5, nose.length * 0.6, {
    colour: shade(skin, 1.14),
    opacity: 0.25 + 0.4 * nose.bridge,
    within: everywhere,
  });
  for (const side of [-1, 1]) {
    canvas.stroke(
      curve(
        [x + side * (5 + nose.bridge * 2), y + 2],
        [x + side * 4, tip - 10],
        [x + side * nose.width, tip - 2],
      ),
      1.6,
      dark,
      0.25 + 0.3 * nose.bridge,
    );
    canvas.stroke(
      curve(
        [x + side * nose.width, tip - 4],
        [x + side * (nose.width + 2), tip + 4],
        [x + side * nose.width * 0.45, tip + 3],
      ),
      1.8,
      dark,
      0.9,
    );
    canvas.ellipse(x + side * nose.width * 0.5, tip + 2, nose.width * 0.24, 1.7, shade(skin, 0.42), 0.85);
  }
  canvas.glow(x, tip - 3, nose.width * 0.6, 6, {
    colour: shade(skin, 1.16),
    opacity: 0.5,
    within: everywhere,
  });
}

function drawMouth(canvas: Canvas, { mouth, skin }: PortraitTraits, { smile }: PortraitExpression): void {
  const { x } = EYE_LINE;
  const y = EYE_LINE.y + mouth.below;
  const half = mouth.width * (1 + 0.14 * smile);
  const bend = mouth.curve + 5 * smile;
  const middle = (px: number): number => y + bend * 0.5 * (1 - ((px - x) / half) ** 2) - bend * 0.25;
  const taper = (px: number): number => Math.sqrt(Math.max(0, 1 - ((px - x) / half) ** 2));
  const bow = (px: number): number => 1 - 0.35 * Math.exp(-(((px - x) / 3) ** 2));
  const box = [x - half, y - 14, x + half, y + 16] as const;
  canvas.paint(
    box,
    (px, py) => Math.min(middle(px) - py, py - middle(px) + mouth.upper * taper(px) * bow(px)),
    shade(mouth.colour, 0.88),
  );
  canvas.paint(
    box,
    (px, py) => Math.min(py - middle(px), middle(px) + mouth.lower * taper(px) - py),
    mouth.colour,
  );
  canvas.stroke(
    Array.from({ length: 9 }, (_, at) => x - half + (at * half) / 4).map((px) => [px, middle(px)] as const),
    1.5,
    shade(mouth.colour, 0.45),
  );
  canvas.glow(x, y + mouth.lower + 7, half * 0.7, 4, {
    colour: shade(skin, 0.74),
    opacity: 0.5,
    within: everywhere,
  });
}

function drawMarks(canvas: Canvas, traits: PortraitTraits): void {
  const { x, y } = EYE_LINE;
  const { skin, mouth, nose, wrinkles } = traits;
  for (const mole of traits.moles)
    canvas.ellipse(x + mole.x, y + mole.y, mole.size, mole.size, [70, 45, 38], 0.85);
  if (traits.moustache > 0) {
    const at = (y + nose.length + y + mouth.below - mouth.upper) / 2 + 2;
    canvas.ellipse(x, at, mouth.width * 0.9, 3.4, shade(traits.hair.colour, 1.2), 0.75 * traits.moustache);
  }
  if (traits.beard > 0) {
    const jaw = headOutline(traits, 0);
    canvas.paint(
      [x - 60, y + mouth.below - 4, x + 60, y + traits.head.below],
      (px, py) => Math.min(jaw(px, py), py - y - mouth.below - 8 + Math.abs(px - x) * 0.3),
      shade(traits.hair.colour, 1.3),
      0.5 * traits.beard,
    );
  }
  for (const side of wrinkles > 0 ? [-1, 1] : []) {
    const dark = shade(skin, 0.62);
    const fold = x + side * (nose.width + 6);
    canvas.stroke(
      curve(
        [fold, y + nose.length - 2],
        [fold + side * 8, y + nose.length + 8],
        [fold + side * 6, y + mouth.below],
      ),
      1.4,
      dark,
      0.6 * wrinkles,
    );
    const eye = x + side * traits.eyes.apart;
    canvas.stroke(curve([eye - 9, y + 11], [eye, y + 16], [eye + 9, y + 11]), 1.2, dark, 0.5 * wrinkles);
    canvas.stroke(
      curve([x, y - 40], [x + side * 14, y - 42], [x + side * 26, y - 38]),
      1.2,
      dark,
      0.5 * wrinkles,
    );
  }
}

function drawHair(canvas: Canvas, traits: PortraitTraits): void {
  const { x, y } = EYE_LINE;
  const { hair, head } = traits;
  const outer = headOutline(traits, hair.volume);
  const face = headOutline(traits, 0);
  const sides = y + Math.min(34, 18 + hair.length * 0.6);
  // Where the line falls to both sides of the parting; nearer the ears it always falls, so that temples are framed.
  const line = (px: number): number => {
    const across = (px - x) / head.halfWidth;
    const away = Math.abs(across - hair.parting);
    const points = hair.fringe * Math.sin(across * 14 + hair.parting * 9);
    return y - hair.line + hair.fall * 16 * away + points + 46 * Math.max(0, Math.abs(across) - 0.72) ** 0.8;
  };
  const reach = head.halfWidth + hair.volume;
  const box = [x - reach, y - head.above - hair.volume, x + reach, sides] as const;
  const inHair: Inside = (px, py) =>
    Math.min(outer(px, py), Math.max(line(px) - py, 2 - face(px, py)), sides - py);
  canvas.paint(box, inHair, hair.colour);
  const strand = shade(hair.colour, 1.5);
  canvas.paint(
    box,
    (px, py) =>
      inHair(px, py) > 1 ? Math.sin((px - x - hair.parting * 30) * 0.5 + (py - y) * 0.12) - 0.75 : -1,
    strand,
    0.5,
  );
}
