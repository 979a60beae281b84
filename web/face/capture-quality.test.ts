import { faceQualityCodes } from '@dinhdanh/accounts/face';
import { expect, it } from 'vitest';
import { captureQuality, captureQualityCodes, type Frame } from './capture-quality.ts';

/** How a painted frame is: where and how large the head is (shares of the height), its light, how fine its detail is. */
interface Painted {
  readonly x?: number;
  readonly y?: number;
  readonly size?: number;
  readonly light?: (across: number) => number;
  readonly contrast?: number;
  readonly detail?: number;
}

/** A skin-coloured oval with waves on it, before a grey wall. */
function paint({ x = 0.5, y = 0.5, size = 1, light = () => 1, contrast = 1, detail = 3 }: Painted): Frame {
  const [width, height] = [320, 240];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    const [column, row] = [at % width, Math.floor(at / width)];
    const across = (column - x * width) / (0.26 * height * size);
    const down = (row - y * height) / (0.36 * height * size);
    const isHead = across * across + down * down < 1;
    const wave = Math.sin((column * Math.PI) / detail) * Math.sin((row * Math.PI) / detail);
    const shade = light(column / width) * (isHead ? 1 + 0.35 * contrast * wave : 1);
    const colour = isHead ? [200, 150, 120] : [150, 155, 160];
    data.set(
      colour.map((part) => part * shade),
      at * 4,
    );
  }
  return { width, height, data };
}

function codesOf(painted: Painted): string[] {
  return captureQuality(paint(painted)).map(({ code }) => code);
}

it('finds nothing wrong with a sharp face in the middle', () => {
  expect(captureQuality(paint({}))).toEqual([]);
});

it.each<[string, Painted, string]>([
  ['a dark room', { light: () => 0.25 }, 'TOO_DARK'],
  ['light that takes all detail', { light: () => 2.4 }, 'TOO_BRIGHT'],
  ['a lamp at one side', { light: (across) => (across < 0.5 ? 0.5 : 1) }, 'UNEVEN_LIGHT'],
  ['fog', { contrast: 0.1 }, 'LOW_CONTRAST'],
  ['a lens out of focus', { detail: 24 }, 'BLURRED'],
  ['a face at the edge', { x: 0.22 }, 'FACE_OFF_CENTRE'],
  ['a face far away', { size: 0.5 }, 'FACE_TOO_SMALL'],
  ['an empty room', { size: 0.01 }, 'NO_FACE'],
])('tells of %s', (_, painted, code) => {
  expect(codesOf(painted)).toContain(code);
});

it('says every code once, in the order to be said, with a figure beyond its limit', () => {
  for (const painted of [
    { light: () => 0.2, x: 0.2 },
    { size: 0.4, detail: 24 },
    { light: (x: number) => 2 * x },
  ]) {
    const codes = codesOf(painted);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual(captureQualityCodes.filter((code) => codes.includes(code)));
    for (const { measured, limit } of captureQuality(paint(painted))) expect(measured).not.toBe(limit);
  }
});

it('uses no word that the service does not', () => {
  expect(captureQualityCodes.filter((code) => !faceQualityCodes.includes(code))).toEqual([]);
});

it('bears a frame of any size, even of none', () => {
  for (const [width, height] of [
    [0, 0],
    [1, 1],
    [3, 2],
    [2000, 3],
  ] as const)
    expect(() =>
      captureQuality({ width, height, data: new Uint8ClampedArray(width * height * 4) }),
    ).not.toThrow();
});
