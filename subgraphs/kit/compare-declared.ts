import { matchName } from './match-name.ts';
import { hasMarks, spellingOf } from './name-spelling.ts';

/**
 * Whether a declared name is the recorded one. Where both are written with marks these must be the same ones; a name
 * written wholly without, on a keyboard or printer that has none, is held against the recorded letters alone.
 */
export function sameName(declared: string, recorded: string): boolean {
  const key = matchName(declared);
  if (key === '' || key !== matchName(recorded)) return false;
  const [one, other] = [spellingOf(declared), spellingOf(recorded)];
  return one === other || !hasMarks(one) || !hasMarks(other);
}

/**
 * Whether the name of a machine-readable zone (ICAO 9303-3, section 4.6) can be that of a recorded name: no marks,
 * fillers for spaces, and cut where it would be too long for its line. A name that fills its line may be cut: then each
 * of its words begins the recorded word at its place. Of a foreigner, whose papers put the surname first or last, `anyOrder`.
 *
 * @param mrz without the fillers at its end, such as `NGUYEN<<THI<MAU`
 */
export function fitsMrzName(mrz: string, recorded: string, { anyOrder = false } = {}): boolean {
  const isFull = mrz.length >= CUT_FROM;
  const [surnames = '', given = ''] = mrz.split('<<').map((part) => matchName(part.replaceAll('<', ' ')));
  // Apostrophes are left out there, hyphens are fillers.
  const key = matchName(recorded.replace(/['’]/g, '').replaceAll('-', ' '));
  if (surnames === '') return false;
  const fits = (words: string): boolean => (isFull ? beginsWords(words, key) : words === key);
  if (fits(`${surnames} ${given}`.trim())) return true;
  return anyOrder && fits(`${given} ${surnames}`.trim());
}

/** The name line of a card has 30 characters, a passport's 39; a cut that falls on a filler leaves one fewer. */
const CUT_FROM = 29;

function beginsWords(cut: string, whole: string): boolean {
  const words = whole.split(' ');
  return cut.split(' ').every((word, place) => words[place]?.startsWith(word) === true);
}

/**
 * Whether a declared date is the recorded one. Of old records that know the year or the month alone (`1950`), a day
 * declared beyond that cannot be held against anything; a date declared less exactly than it is recorded is another:
 * the year stands in the personal number for everybody to read.
 */
export function sameDate(declared: string, recorded: string): boolean {
  return declared === recorded || (recorded !== '' && declared.startsWith(`${recorded}-`));
}

/** Short forms of what a part of the country is called, as papers have them. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:thanh pho|tp|tinh) /, ''],
  [/^(?:quan|q) /, 'quan '],
  [/^(?:huyen|h) /, 'huyen '],
  [/^(?:thi xa|tx) /, 'thi xa '],
  [/^(?:thi tran|tt) /, 'thi tran '],
  [/^(?:phuong|p) /, 'phuong '],
  [/^(?:xa|x) /, 'xa '],
];

/**
 * Whether a declared address is one of the recorded writings of it: marks, capitals, spacing and dots do not count, nor
 * whether a unit's name is written short (`P. 5`, `Phường 5`) or a province's kind is left out (`Hà Nội`).
 */
export function samePlace(declared: string, recorded: readonly string[]): boolean {
  const key = placeKey(declared);
  return key !== '' && recorded.some((text) => placeKey(text) === key);
}

function placeKey(text: string): string {
  const parts = text.split(/[,;]/).map((part) => {
    const words = matchName(part.replace(/[.\s]+/g, ' '));
    const [unit, name] = UNITS.find(([pattern]) => pattern.test(words)) ?? [];
    return unit === undefined ? words : words.replace(unit, name ?? '');
  });
  return parts.filter((part) => part !== '').join(', ');
}
