import { deflateSync, crc32 } from 'node:zlib';
import type { Pixels } from './portrait-canvas.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The pixels as a PNG of eight-bit RGB (ISO/IEC 15948): header, one data chunk, end; alpha is left out. */
export function pngOf({ width, height, data }: Pixels): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    // Filter 1 (difference to the point on the left): drawings have long even runs.
    const start = y * (width * 3 + 1);
    rows[start] = 1;
    for (let x = 0; x < width; x += 1)
      for (let part = 0; part < 3; part += 1) {
        const here = data[(y * width + x) * 4 + part] as number;
        const left = x === 0 ? 0 : (data[(y * width + x - 1) * 4 + part] as number);
        rows[start + 1 + x * 3 + part] = here - left;
      }
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(typed.length + 8);
  frame.writeUInt32BE(body.length, 0);
  typed.copy(frame, 4);
  frame.writeUInt32BE(crc32(typed), typed.length + 4);
  return frame;
}
