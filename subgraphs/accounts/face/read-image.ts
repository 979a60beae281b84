import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import type { ColourImage } from './grey-image.ts';
import type { ImageRefusalCode } from './quality-code.ts';

/** What a picture may be at most and at least: bytes of the file, pixels of its sides and area, passes over a progressive JPEG. */
export const imageLimits = {
  bytes: 3_000_000,
  pixels: 3_200_000,
  side: 4_096,
  leastSide: 48,
  scans: 24,
} as const;

/** A decoded picture, or why there is none. */
export type ReadImage =
  | { readonly image: ColourImage; readonly refused: null }
  | { readonly image: null; readonly refused: ImageRefusalCode };

/** What the head of a file says of it, read without decoding anything. */
interface ImageHead {
  readonly kind: 'PNG' | 'JPEG';
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes the bytes of a JPEG or PNG file. Everything is bounded by what the head of the file says before any of it is
 * decoded: a small file can stand for gigabytes. Whatever is wrong with the bytes comes back as a code; nothing is thrown.
 * Interlaced PNG is refused, since its decoder would unpack without a bound; so is JPEG 2000, for which none is kept.
 */
export function readImage(bytes: Uint8Array): ReadImage {
  if (bytes.length === 0) return { image: null, refused: 'IMAGE_EMPTY' };
  if (bytes.length > imageLimits.bytes) return { image: null, refused: 'IMAGE_TOO_LARGE' };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = pngHead(buffer) ?? jpegHead(buffer);
  if (typeof head === 'string') return { image: null, refused: head };
  if (head === null) return { image: null, refused: 'IMAGE_FORMAT_UNKNOWN' };
  const refused = sizeRefusal(head);
  if (refused !== null) return { image: null, refused };
  try {
    return { image: decode(buffer, head), refused: null };
  } catch {
    // Both decoders throw for what they cannot read; what they say of it may hold bytes of the picture.
    return { image: null, refused: 'IMAGE_DAMAGED' };
  }
}

function sizeRefusal({ width, height }: ImageHead): ImageRefusalCode | null {
  const { side, pixels, leastSide } = imageLimits;
  if (width > side || height > side || width * height > pixels) return 'IMAGE_TOO_LARGE';
  return width < leastSide || height < leastSide ? 'IMAGE_TOO_SMALL' : null;
}

function decode(buffer: Buffer, { kind, width, height }: ImageHead): ColourImage {
  const image =
    kind === 'PNG'
      ? PNG.sync.read(buffer)
      : jpeg.decode(buffer, {
          useTArray: true,
          formatAsRGBA: true,
          tolerantDecoding: false,
          maxResolutionInMP: imageLimits.pixels / 1e6,
          maxMemoryUsageInMB: 128,
        });
  // A second head inside the file could say another size than the first.
  if (image.width !== width || image.height !== height)
    throw new TypeError('another size than its head says');
  return { width, height, data: image.data };
}

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** PNG (ISO/IEC 15948) begins with a signature and a header chunk: width, height, depth, colour, compression, filter, interlace. */
function pngHead(buffer: Buffer): ImageHead | 'IMAGE_DAMAGED' | 'IMAGE_FORMAT_UNKNOWN' | null {
  if (!buffer.subarray(0, 8).equals(PNG_SIGNATURE.subarray(0, 8))) return null;
  if (buffer.length < 57 || !buffer.subarray(0, 16).equals(PNG_SIGNATURE)) return 'IMAGE_DAMAGED';
  const isPlain = buffer[24] === 8 && buffer[28] === 0;
  if (!isPlain) return 'IMAGE_FORMAT_UNKNOWN';
  return { kind: 'PNG', width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) };
}

/** Start of frame: baseline, extended and progressive Huffman (ITU-T T.81, table B.1). */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);

/** JPEG is a row of segments, each with its length; the frame says the size, and each scan is another pass over all of it. */
function jpegHead(buffer: Buffer): ImageHead | 'IMAGE_DAMAGED' | 'IMAGE_TOO_LARGE' | null {
  if (buffer[0] !== 0xff || buffer[1] !== 0xd8 || buffer[2] !== 0xff) return null;
  if (countScans(buffer) > imageLimits.scans) return 'IMAGE_TOO_LARGE';
  let at = 2;
  while (at + 9 < buffer.length) {
    if (buffer[at] !== 0xff) return 'IMAGE_DAMAGED';
    const marker = buffer[at + 1] as number;
    const length = buffer.readUInt16BE(at + 2);
    if (FRAMES.has(marker)) {
      const components = buffer[at + 9];
      if (components !== 1 && components !== 3) return 'IMAGE_DAMAGED';
      return { kind: 'JPEG', width: buffer.readUInt16BE(at + 7), height: buffer.readUInt16BE(at + 5) };
    }
    if (length < 2 || marker === 0xda) return 'IMAGE_DAMAGED';
    at += 2 + length;
  }
  return 'IMAGE_DAMAGED';
}

/** A scan begins with FFDA, which cannot stand in the data of one. */
function countScans(buffer: Buffer): number {
  let scans = 0;
  for (let at = buffer.indexOf('ffda', 2, 'hex'); at !== -1; at = buffer.indexOf('ffda', at + 2, 'hex'))
    scans += 1;
  return scans;
}
