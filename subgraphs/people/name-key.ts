const MARKS = /\p{M}+/gu;
const STROKES = /[đĐðÐɖƉ]/gu;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/**
 * The key under which two spellings of a Vietnamese name are one name: decomposed, marks dropped, đ to d, lower case,
 * single spaces. `Hoàng  THÚY` and `Hoàng Thuý` give `hoang thuy`.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(STROKES, 'd')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * A key that keeps the vowel marks and each syllable's tone but not the letter it stands on, so that the old and the
 * new tone placement (`Hoà`, `Hòa`) are equal while `Hóa` stays another name.
 */
export function toneKey(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .trim()
    .split(/\s+/u)
    .map((syllable) => syllable.replace(TONES, '') + (syllable.match(TONES) ?? []).join(''))
    .join(' ')
    .normalize('NFC');
}

const PLACEMENTS: readonly (readonly [string, string])[] = [
  ['òa', 'oà'],
  ['óa', 'oá'],
  ['ỏa', 'oả'],
  ['õa', 'oã'],
  ['ọa', 'oạ'],
  ['òe', 'oè'],
  ['óe', 'oé'],
  ['ỏe', 'oẻ'],
  ['õe', 'oẽ'],
  ['ọe', 'oẹ'],
  ['ùy', 'uỳ'],
  ['úy', 'uý'],
  ['ủy', 'uỷ'],
  ['ũy', 'uỹ'],
  ['ụy', 'uỵ'],
];

// Only an open syllable knows two places: `Hoà` may be `Hòa`, `Hoàn` may not be `Hòan`; in `Quý` the u is no vowel.
const SWAPS = PLACEMENTS.map(
  ([old, modern]) =>
    [
      old,
      modern,
      new RegExp(`(?<!q)${old}(?!\\p{L})`, 'giu'),
      new RegExp(`(?<!q)${modern}(?!\\p{L})`, 'giu'),
    ] as const,
);

/** The same name with the tone on the other vowel where Vietnamese spelling knows two places; else the name itself. */
export function swapTonePlacement(name: string): string {
  let text = name;
  for (const [old, modern, oldEnding, modernEnding] of SWAPS) {
    if (text.includes(old)) text = text.replace(oldEnding, modern);
    else if (text.includes(modern)) text = text.replace(modernEnding, old);
  }
  return text;
}

/** The name in capitals without any mark, as machine-written papers have it: `NGUYEN THI DAO`. */
export function plainCapitals(name: string): string {
  return nameKey(name).toUpperCase();
}
