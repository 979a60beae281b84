import type { Colour } from './portrait-traits.ts';

/** A picture in memory: RGBA, a byte each, row by row from the top left; the shape of a browser's `ImageData`. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** The part of the picture that a shape can lie in: left, top, right, bottom, in units. */
export type Box = readonly [number, number, number, number];

/** How far inside a shape a point lies, in units: negative outside; the edge is blended over one pixel. */
export type Inside = (x: number, y: number) => number;

/** Paints shapes over each other. Units are those of a picture 192 wide; `scale` pixels each. */
export class Canvas {
  readonly pixels: Pixels;
  readonly scale: number;

  constructor(width: number, height: number, scale: number) {
    this.scale = scale;
    this.pixels = { width, height, data: new Uint8ClampedArray(width * height * 4).fill(255) };
  }

  /** Paints a shape in one colour, or one for each point, with the given opacity. */
  paint([left, top, right, bottom]: Box, inside: Inside, colour: Colour, opacity = 1): void {
    const { width, height, data } = this.pixels;
    const { scale } = this;
    const endX = Math.min(width, Math.ceil((right + 1) * scale));
    const endY = Math.min(height, Math.ceil((bottom + 1) * scale));
    const [red, green, blue] = colour;
    for (let y = Math.max(0, Math.floor((top - 1) * scale)); y < endY; y += 1) {
      for (let x = Math.max(0, Math.floor((left - 1) * scale)); x < endX; x += 1) {
        const depth = inside((x + 0.5) / scale, (y + 0.5) / scale) * scale + 0.5;
        if (depth <= 0) continue;
        const cover = opacity * Math.min(1, depth);
        const at = (y * width + x) * 4;
        data[at] = (data[at] as number) * (1 - cover) + red * cover;
        data[at + 1] = (data[at + 1] as number) * (1 - cover) + green * cover;
        data[at + 2] = (data[at + 2] as number) * (1 - cover) + blue * cover;
      }
    }
  }

  /** An ellipse, turned by an angle in radians. */
  ellipse(x: number, y: number, rx: number, ry: number, colour: Colour, opacity = 1, angle = 0): void {
    const reach = Math.max(rx, ry);
    this.paint([x - reach, y - reach, x + reach, y + reach], ellipse(x, y, rx, ry, angle), colour, opacity);
  }

  /** A soft spot: full in the middle, nothing at its edge and outside the shape it is cut by. */
  glow(
    x: number,
    y: number,
    rx: number,
    ry: number,
    { colour, opacity, within }: { colour: Colour; opacity: number; within: Inside },
  ): void {
    const { width, height, data } = this.pixels;
    const { scale } = this;
    const endX = Math.min(width, Math.ceil((x + rx) * scale));
    const endY = Math.min(height, Math.ceil((y + ry) * scale));
    for (let row = Math.max(0, Math.floor((y - ry) * scale)); row < endY; row += 1) {
      for (let column = Math.max(0, Math.floor((x - rx) * scale)); column < endX; column += 1) {
        const away = ((column / scale - x) / rx) ** 2 + ((row / scale - y) / ry) ** 2;
        if (away >= 1) continue;
        const edge = Math.min(1, Math.max(0, within(column / scale, row / scale)));
        const cover = opacity * (1 - away) * (1 - away) * edge;
        const at = (row * width + column) * 4;
        for (let part = 0; part < 3; part += 1)
          data[at + part] = (data[at + part] as number) * (1 - cover) + (colour[part] as number) * cover;
      }
    }
  }

  /** A line along points, as thick as told at its middle and thinner to its ends where `tapered`. */
  stroke(
    points: readonly (readonly [number, number])[],
    thickness: number,
    colour: Colour,
    opacity = 1,
  ): void {
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const half = thickness / 2;
    this.paint(
      [Math.min(...xs) - half, Math.min(...ys) - half, Math.max(...xs) + half, Math.max(...ys) + half],
      (x, y) => half - distanceToLine(points, x, y),
      colour,
      opacity,
    );
  }
}

/** The inside of an ellipse; near its edge the value is the distance to it. */
export function ellipse(centreX: number, centreY: number, rx: number, ry: number, angle = 0): Inside {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const smaller = Math.min(rx, ry);
  return (x, y) => {
    const dx = x - centreX;
    const dy = y - centreY;
    return (1 - Math.hypot((dx * cos + dy * sin) / rx, (dy * cos - dx * sin) / ry)) * smaller;
  };
}

/** Points of a quadratic curve from one end to the other, pulled towards its middle point. */
export function curve(
  [startX, startY]: readonly [number, number],
  [pullX, pullY]: readonly [number, number],
  [endX, endY]: readonly [number, number],
): [number, number][] {
  return Array.from({ length: 9 }, (_, step) => {
    const t = step / 8;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * startX + b * pullX + c * endX, a * startY + b * pullY + c * endY];
  });
}

function distanceToLine(points: readonly (readonly [number, number])[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = 1; at < points.length; at += 1) {
    const [ax, ay] = points[at - 1] as readonly [number, number];
    const [bx, by] = points[at] as readonly [number, number];
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2);
  }
  return Math.sqrt(nearest);
}
