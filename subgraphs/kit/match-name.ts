/**
 * The match key of a Vietnamese name: no marks, đ as d (NFD leaves it alone), lower case, single spaces. Takes the
 * look-alikes Ð (U+00D0) and Ɖ (U+0189) for Đ, which old registers mixed up.
 */
export function matchName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐÐðƉɖ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
