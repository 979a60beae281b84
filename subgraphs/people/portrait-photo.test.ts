import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { PortraitRequest } from './portrait.ts';
import type { Pixels } from './portrait-canvas.ts';
import { portraitPixels, portraitPng } from './portrait-photo.ts';
import { drawVariation, NO_VARIATION } from './portrait-variation.ts';

const woman: PortraitRequest = { seed: 'a', sex: 'FEMALE', ageBand: 'ADULT' };

function digest(bytes: Uint8Array | Uint8ClampedArray): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The mean difference of two pictures over rows `from` to `to`, in levels. */
function difference(one: Pixels, other: Pixels, from = 0, to = one.height): number {
  const begin = from * one.width * 4;
  const part = one.data.subarray(begin, to * one.width * 4);
  return (
    part.reduce((sum, value, at) => sum + Math.abs(value - (other.data[begin + at] ?? 0)), 0) / part.length
  );
}

it('draws the same bytes for the same person and another face for each other', () => {
  expect(digest(portraitPng(woman))).toBe(digest(portraitPng({ ...woman })));
  const faces = Array.from({ length: 40 }, (_, n) =>
    digest(portraitPixels({ ...woman, seed: `p${n}` }).data),
  );
  expect(new Set(faces).size).toBe(40);
});

it('varies by seed and index alone, and every variation is another picture', () => {
  expect(drawVariation('room', 3)).toEqual(drawVariation('room', 3));
  const pictures = [0, 1, 2, 3].map((index) =>
    digest(portraitPixels(woman, drawVariation('room', index)).data),
  );
  expect(new Set([...pictures, digest(portraitPixels(woman).data)]).size).toBe(5);
});

it.each([
  ['light', { lightX: 1, lightShare: 0.6 }],
  ['exposure', { exposure: 0.6 }],
  ['contrast', { contrast: 0.4 }],
  ['a turned head', { yaw: 12 }],
  ['a nod', { pitch: 10 }],
  ['a tilt', { roll: 8 }],
  ['a crop', { zoom: 1.2, shiftX: 10 }],
  ['blur', { blur: 2 }],
  ['noise', { noise: 10 }],
  ['a smile', { smile: 1 }],
])('shows %s', (_, change) => {
  const plain = portraitPixels(woman, { ...NO_VARIATION });
  expect(difference(plain, portraitPixels(woman, { ...NO_VARIATION, ...change }))).toBeGreaterThan(0.1);
});

it('closes the eyes and changes nothing else of the face', () => {
  const open = portraitPixels(woman);
  const closed = portraitPixels(woman, { ...NO_VARIATION, eyesClosed: 1 });
  expect(difference(open, closed, 98, 126)).toBeGreaterThan(1);
  expect(difference(open, closed, 130, 240)).toBeLessThan(0.2);
});

it('stands on a strip that says SYNTHETIC, whoever it is', () => {
  const strips = (['CHILD', 'ADULT', 'ELDER'] as const).map((ageBand) => {
    const { data, width } = portraitPixels({ seed: ageBand, sex: 'MALE', ageBand });
    const red = [];
    for (let at = 220 * width * 4; at < data.length; at += 4)
      red.push((data[at] ?? 0) - (data[at + 1] ?? 0) > 80 ? 1 : 0);
    return red.join('');
  });
  expect(new Set(strips).size).toBe(1);
  expect(strips[0]?.replaceAll('0', '').length).toBeGreaterThan(300);
});

it('is a PNG of the drawn pixels, and of twice as many at twice the scale', () => {
  const { width, height, data } = portraitPixels(woman, NO_VARIATION, 2);
  expect([width, height]).toEqual([384, 480]);
  const png = Buffer.from(portraitPng(woman, NO_VARIATION, 2));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
  const rows = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  expect(rows.length).toBe((width * 3 + 1) * height);
  expect(rows[1]).toBe(data[0]);
  expect(png.length).toBeLessThan(120_000);
});
