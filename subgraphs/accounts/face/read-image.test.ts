import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { imageLimits, readImage } from './read-image.ts';

function pngFile(width: number, height: number): Buffer {
  const png = new PNG({ width, height });
  for (let at = 0; at < png.data.length; at += 1) png.data[at] = (at * 7) % 251;
  return PNG.sync.write(png);
}

function jpegFile(width: number, height: number): Buffer {
  return jpeg.encode({ width, height, data: Buffer.alloc(width * height * 4, 120) }, 80).data;
}

/** A PNG whose head says one thing and whose data may be another. */
function madePng(width: number, height: number, data: Buffer, interlace = 0): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, interlace], 8);
  const chunk = (type: string, body: Buffer): Buffer => {
    const typed = Buffer.concat([Buffer.from(type), body]);
    const frame = Buffer.alloc(typed.length + 8);
    frame.writeUInt32BE(body.length);
    typed.copy(frame, 4);
    frame.writeUInt32BE(crc32(typed), typed.length + 4);
    return frame;
  };
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

it('reads PNG and JPEG files', () => {
  const png = readImage(pngFile(60, 80));
  expect([png.refused, png.image?.width, png.image?.height, png.image?.data[4]]).toEqual([null, 60, 80, 28]);
  const photo = readImage(jpegFile(64, 48));
  expect([photo.refused, photo.image?.width, photo.image?.data.length]).toEqual([null, 64, 64 * 48 * 4]);
});

it.each([
  ['nothing', Buffer.alloc(0), 'IMAGE_EMPTY'],
  ['text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'IMAGE_FORMAT_UNKNOWN'],
  ['JPEG 2000', Buffer.from('0000000c6a5020200d0a870a0000001466747970', 'hex'), 'IMAGE_FORMAT_UNKNOWN'],
  ['a file beyond the limit', Buffer.alloc(imageLimits.bytes + 1), 'IMAGE_TOO_LARGE'],
  [
    'a small PNG of ten thousand by ten thousand',
    madePng(10_000, 10_000, deflateSync(Buffer.alloc(64))),
    'IMAGE_TOO_LARGE',
  ],
  ['a long thin PNG', madePng(5_000, 50, deflateSync(Buffer.alloc(64))), 'IMAGE_TOO_LARGE'],
  ['a picture of nothing much', pngFile(20, 20), 'IMAGE_TOO_SMALL'],
  ['an interlaced PNG', madePng(100, 100, deflateSync(Buffer.alloc(64)), 1), 'IMAGE_FORMAT_UNKNOWN'],
  ['a PNG cut short', pngFile(60, 80).subarray(0, 300), 'IMAGE_DAMAGED'],
  ['a PNG with too little data', madePng(100, 100, deflateSync(Buffer.alloc(64))), 'IMAGE_DAMAGED'],
  ['a JPEG cut short', jpegFile(64, 48).subarray(0, 200), 'IMAGE_DAMAGED'],
  [
    'a JPEG of many scans',
    Buffer.concat([jpegFile(64, 48), Buffer.from('ffda'.repeat(40), 'hex')]),
    'IMAGE_TOO_LARGE',
  ],
  ['a JPEG that once ran for ever', Buffer.from('ffd8ffc1f151d800ff51d800ffdaffde', 'hex'), 'IMAGE_DAMAGED'],
])('refuses %s by a code', (_, bytes, code) => {
  expect(readImage(bytes)).toEqual({ image: null, refused: code });
});

it('unpacks a PNG bomb no further than its head says', () => {
  const bomb = madePng(100, 100, deflateSync(Buffer.alloc(100_000_000)));
  const before = process.memoryUsage().rss;
  readImage(bomb);
  expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
});

it('never throws, whatever is changed in a good file', () => {
  const files = [pngFile(60, 80), jpegFile(64, 48)];
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(5_000), fc.nat(255)), { minLength: 1, maxLength: 12 }),
      fc.nat(400),
      (file, changes, cut) => {
        const bytes = Buffer.from(file);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const { image, refused } = readImage(bytes.subarray(0, bytes.length - cut));
        expect((image === null) !== (refused === null)).toBe(true);
        if (image !== null) expect(image.data.length).toBe(image.width * image.height * 4);
      },
    ),
    { numRuns: 300 },
  );
});
