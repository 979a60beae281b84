/** Grave, acute, tilde, hook above, dot below: the marks that say how a syllable is sung, not which vowel it has. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/**
 * A name as one spelling: composed or not, capitals, spacing, the look-alikes of đ and the place of the tone mark (hòa,
 * hoà: official papers have both) do not make another name; a different mark (hoa, hòa) does.
 */
export function spellingOf(name: string): string {
  const words = name
    .normalize('NFD')
    .replace(/[đĐÐðƉɖ]/g, 'đ')
    .toLowerCase()
    .trim()
    .split(/\s+/);
  return words.map((word) => `${word.replace(TONES, '')}${(word.match(TONES) ?? []).join('')}`).join(' ');
}

/** Whether a spelling has any mark. A name without, as old printers wrote them, fits every spelling of its match key. */
export function hasMarks(spelling: string): boolean {
  return /[\p{M}đ]/u.test(spelling);
}
