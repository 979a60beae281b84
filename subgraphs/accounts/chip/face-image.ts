import { malformed, readTlvs, valueAmong, valueOf } from './tlv.ts';

/** The portrait on a chip. It is compared with a face and thrown away: nobody stores it. */
export interface FaceImage {
  readonly format: 'JPEG' | 'JPEG2000';
  /** In pixels, as the record says. */
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

const TAG = 0x75;
const GROUP_TEMPLATE = 0x7f61;
const TEMPLATE = 0x7f60;
const COUNT = 0x02;
const DATA = [0x5f2e, 0x7f2e] as const;
/** Of ISO/IEC 19794-5:2005, in bytes: header of the record, of a face, a feature point, header of the image. */
const RECORD_HEADER = 14;
const FACE_HEADER = 20;
const FEATURE_POINT = 8;
const IMAGE_HEADER = 12;
const IDENTIFIER = 0x46414300;
const VERSION = 0x30313000;
const MOST_PIXELS = 4000;

/**
 * Reads DG2 (ICAO Doc 9303-10, 4.7.2; ISO/IEC 19794-5:2005): the first face of the first template, as the bytes of an
 * image whose own beginning agrees with the format that the record names. The image itself is not decoded here.
 *
 * @throws ChipRefused `CHIP_MALFORMED`, or a RangeError past the end
 */
export function readFaceImage(file: Uint8Array): FaceImage {
  const group = readTlvs(valueOf(valueOf(file, TAG), GROUP_TEMPLATE));
  const [count] = valueAmong(group, COUNT);
  const templates = group.filter(({ tag }) => tag === TEMPLATE);
  const [template] = templates;
  if (template === undefined || templates.length !== count) throw malformed('number of templates');
  const data = readTlvs(template.value).filter(({ tag }) => tag === DATA[0] || tag === DATA[1]);
  const [record, ...others] = data;
  if (record === undefined || others.length > 0) throw malformed('no record');
  return readRecord(record.value);
}

function readRecord(record: Uint8Array): FaceImage {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const isRecord =
    view.getUint32(0) === IDENTIFIER &&
    view.getUint32(4) === VERSION &&
    view.getUint32(8) === record.length &&
    view.getUint16(12) === 1;
  const length = view.getUint32(RECORD_HEADER);
  if (!isRecord || RECORD_HEADER + length !== record.length) throw malformed('record of a face');
  const points = view.getUint16(RECORD_HEADER + 4);
  const header = RECORD_HEADER + FACE_HEADER + points * FEATURE_POINT;
  const kind = view.getUint8(header + 1);
  const [width, height] = [view.getUint16(header + 2), view.getUint16(header + 4)];
  const bytes = record.slice(header + IMAGE_HEADER);
  const format = formatOf(bytes);
  if (format === null || kind !== (format === 'JPEG' ? 0 : 1)) throw malformed('format of the image');
  if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS)
    throw malformed('size of the image');
  return { format, width, height, bytes };
}

/** What an image is by its first bytes: JPEG (SOI), JPEG 2000 as a file or as a bare codestream; null for anything else. */
export function formatOf(bytes: Uint8Array): FaceImage['format'] | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('hex');
  if (start.startsWith('ffd8ff')) return 'JPEG';
  return start === '0000000c6a5020200d0a870a' || start.startsWith('ff4fff51') ? 'JPEG2000' : null;
}
