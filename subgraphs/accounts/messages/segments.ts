/**
 * How long a text message is, as networks count (3GPP TS 23.038 and 23.040): 160 characters of the GSM 7-bit alphabet or
 * 70 of UCS-2 in one segment, 153 or 67 in each of several. One character outside the alphabet, as nearly every
 * Vietnamese mark is, makes the whole message UCS-2.
 */

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** These take an escape first and count twice. */
const EXTENDED = '\f^{}\\[~]|€';

const basic = new Set(BASIC);
const extended = new Set(EXTENDED);

/** How a text is carried. */
export interface Segments {
  readonly alphabet: 'GSM7' | 'UCS2';
  readonly count: number;
}

/** Counts the segments of a text. */
export function segmentsOf(text: string): Segments {
  return { alphabet: septetsOf(text) === null ? 'UCS2' : 'GSM7', count: cutSegments(text).length };
}

/** Cuts a text for segments of their own, never through a pair of units or an escape; the text itself where it fits in one. */
export function cutSegments(text: string): string[] {
  const septets = septetsOf(text);
  const [alone, among] = septets === null ? [70, 67] : [160, 153];
  if ((septets ?? text.length) <= alone) return [text];
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const character of text) {
    const size = septets === null ? character.length : (septetsOf(character) ?? 1);
    if (used + size > among) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += character;
    used += size;
  }
  return [...parts, part];
}

/** A Vietnamese text without its marks, as many telephones and all cheap messages are written: `Mã` → `Ma`. */
export function withoutMarks(text: string): string {
  return text
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '');
}

/** The septets a text takes in the GSM alphabet; null where it has characters of none. */
function septetsOf(text: string): number | null {
  let septets = 0;
  for (const character of text) {
    if (basic.has(character)) septets += 1;
    else if (extended.has(character)) septets += 2;
    else return null;
  }
  return septets;
}
