const MARKS = /\p{M}+/gu;
const STROKES = /[đĐðÐ]/gu;
const BEYOND_ASCII = /[\u0080-\u{10ffff}]/u;

/**
 * Text as it is searched: lower case, no marks, đ as d, single blanks. So a name is found with its marks, without them, in
 * capitals, composed or decomposed, by one word.
 */
export function fold(text: string): string {
  const plain = BEYOND_ASCII.test(text)
    ? text.normalize('NFD').replace(MARKS, '').replace(STROKES, 'd')
    : text;
  return plain.toLowerCase().replace(/[ \u00a0]{2,}/g, ' ');
}
