import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { formatOf } from '../face-image.ts';
import { checkDigit } from '../mrz.ts';
import { observedLayout } from '../personal-details.ts';
import type { ChipHolder, ChipPortrait } from './chip-holder.ts';
import { objectIdentifier, printable, sequence, smallNumber, tlv, utf8 } from './write-der.ts';

const LINE = 30;
/** What cards without a last day seem to say: not published. */
const NO_EXPIRY = '991231';

/** DG1: the machine readable zone of a holder's card. */
export function writeZone(holder: ChipHolder): Uint8Array {
  return tlv(0x61, tlv(0x5f1f, Buffer.from(zoneOf(holder), 'latin1')));
}

/** The three lines as they stand on a Vietnamese card, one behind the other. */
export function zoneOf({ personalNumber, dateOfBirth, sex, expiryDate, fullName }: ChipHolder): string {
  const number = checked(personalNumber.slice(-9));
  // The check digit of the personal number stands at the end of the line, in the last optional place.
  const first = `IDVNM${number}${personalNumber}<<${checkDigit(personalNumber)}`;
  const birth = dateOfBirth.length === 4 ? `${dateOfBirth.slice(2)}<<<<` : shortDate(dateOfBirth);
  const expiry = expiryDate === null ? NO_EXPIRY : shortDate(expiryDate);
  const dates = [checked(birth), checked(expiry)] as const;
  const second = `${dates[0]}${sex === 'FEMALE' ? 'F' : 'M'}${dates[1]}VNM${'<'.repeat(11)}`;
  const composite = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29);
  return `${first}${second}${checkDigit(composite)}${nameLine(fullName)}`;
}

function checked(field: string): string {
  return `${field}${checkDigit(field)}`;
}

function shortDate(date: string): string {
  return date.slice(2).replaceAll('-', '');
}

/** A name as lines for machines have it: capitals without marks, the surname first; cut where the line ends. */
function nameLine(fullName: string): string {
  const plain = fullName
    .replaceAll(/[đĐ]/g, 'D')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^A-Z ]/g, '');
  const [surname = '', ...given] = plain.trim().split(/ +/);
  const line = given.length === 0 ? surname : `${surname}<<${given.join('<')}`;
  return line.slice(0, LINE).padEnd(LINE, '<');
}

/** DG2: one face in one template (ICAO Doc 9303-10, 4.7.2; ISO/IEC 19794-5:2005). */
export function writeFace({ bytes, width, height }: ChipPortrait): Uint8Array {
  const image = Buffer.alloc(12);
  image.set([1, formatOf(bytes) === 'JPEG2000' ? 1 : 0], 0);
  image.writeUInt16BE(width, 2);
  image.writeUInt16BE(height, 4);
  image.set([1, 2], 6);
  const face = Buffer.alloc(20);
  const record = Buffer.alloc(14);
  const length = face.length + image.length + bytes.length;
  face.writeUInt32BE(length, 0);
  // "FAC" and version "010", each ended by a zero byte.
  record.write('4641430030313000', 'hex');
  record.writeUInt32BE(record.length + length, 8);
  record.writeUInt16BE(1, 12);
  const header = tlv(
    0xa1,
    tlv(0x80, Uint8Array.of(1, 1)),
    tlv(0x81, Uint8Array.of(2)),
    tlv(0x87, Uint8Array.of(1, 1)),
    tlv(0x88, Uint8Array.of(0, 8)),
  );
  const data = tlv(0x5f2e, record, face, image, bytes);
  return tlv(0x75, tlv(0x7f61, smallNumber(1), tlv(0x7f60, header, data)));
}

/** DG13: numbered entries, as people found them on their own cards. */
export function writeDetails(holder: ChipHolder): Uint8Array {
  const { issueDate, expiryDate, relatives, oldIdNumber } = holder;
  const entries: [number, ...(string | null)[]][] = [
    [observedLayout.personalNumber, holder.personalNumber],
    [observedLayout.fullName, holder.fullName],
    [observedLayout.dateOfBirth, longDate(holder.dateOfBirth)],
    [observedLayout.sex, holder.sex === 'FEMALE' ? 'Nữ' : 'Nam'],
    [observedLayout.nationality, 'Việt Nam'],
    [observedLayout.ethnicity, holder.ethnicity],
    [observedLayout.religion, holder.religion],
    [observedLayout.placeOfOrigin, holder.placeOfOrigin],
    [observedLayout.permanentResidence, holder.permanentResidence],
    [observedLayout.identifyingFeatures, holder.identifyingFeatures],
    [observedLayout.issueDate, longDate(issueDate)],
    [observedLayout.expiryDate, expiryDate === null ? 'Không thời hạn' : longDate(expiryDate)],
    [observedLayout.relatives, ...relatives],
    [observedLayout.oldIdNumber, oldIdNumber],
  ];
  const written = entries.flatMap(([id, ...texts]) => {
    const values = texts.filter((text) => text !== null && text !== '') as string[];
    return values.length === 0 ? [] : [sequence(smallNumber(id), ...values.map(textOf))];
  });
  return tlv(0x6d, sequence(...written));
}

function textOf(text: string): Uint8Array {
  return /^[\d /]+$/.test(text) ? printable(text) : utf8(text);
}

function longDate(date: string): string {
  return date.split('-').reverse().join('/');
}

/** DG14: that an elliptic key answers challenges by plain ECDSA with SHA-256 (ICAO Doc 9303-11, 9.2.1). */
export function writeSecurityInfos(): Uint8Array {
  const info = sequence(
    objectIdentifier('2.23.136.1.1.5'),
    smallNumber(1),
    objectIdentifier('0.4.0.127.0.7.1.1.4.1.3'),
  );
  return tlv(0x6e, tlv(0x31, info));
}

/** DG15: the public key a chip proves itself with. */
export function writeChipKey(key: KeyObject): Uint8Array {
  return tlv(0x6f, createPublicKey(key).export({ format: 'der', type: 'spki' }));
}

/** EF.COM of a chip with these data groups, by their tags. */
export function writeCommonFile(tags: readonly number[]): Uint8Array {
  return tlv(
    0x60,
    tlv(0x5f01, Buffer.from('0108', 'latin1')),
    tlv(0x5f36, Buffer.from('040000', 'latin1')),
    tlv(0x5c, Uint8Array.from(tags)),
  );
}
