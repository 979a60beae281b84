import { malformed, readTlvs, valueOf } from './tlv.ts';
import type { Tlv } from './tlv.ts';

/** What DG13 of a Vietnamese card tells of its holder, as it stands there. Sensitive: kept by nobody beyond its use. */
export interface PersonalDetails {
  readonly personalNumber: string;
  readonly fullName: string | null;
  readonly dateOfBirth: string | null;
  readonly sex: string | null;
  readonly nationality: string | null;
  readonly ethnicity: string | null;
  readonly religion: string | null;
  readonly placeOfOrigin: string | null;
  readonly permanentResidence: string | null;
  readonly identifyingFeatures: string | null;
  readonly issueDate: string | null;
  readonly expiryDate: string | null;
  /** Father, mother, and on newer cards the spouse. */
  readonly relatives: readonly string[];
  readonly oldIdNumber: string | null;
}

/** Which entry holds what, by the number before it. */
export type DetailsLayout = Readonly<Record<keyof PersonalDetails, number>>;

/**
 * The numbers as people who read their own cards found them: nobody published the layout, so it can be set, and what is
 * not there or not known is passed over.
 */
export const observedLayout: DetailsLayout = {
  personalNumber: 1,
  fullName: 2,
  dateOfBirth: 3,
  sex: 4,
  nationality: 5,
  ethnicity: 6,
  religion: 7,
  placeOfOrigin: 8,
  permanentResidence: 9,
  identifyingFeatures: 10,
  issueDate: 11,
  expiryDate: 12,
  relatives: 13,
  oldIdNumber: 16,
};

const TAG = 0x6d;
const INTEGER = 0x02;
/** `UTF8String`, `PrintableString`, `IA5String`, and `OCTET STRING` for whoever wrote text as bytes. */
const TEXTS: ReadonlySet<number> = new Set([0x0c, 0x13, 0x16, 0x04]);
const DEEPEST = 6;
const MOST_ENTRIES = 64;
const LONGEST = 1000;

/**
 * Reads DG13: entries of a number and one or more texts, wherever in the file they stand. A number that stands there twice
 * could be read two ways, so it is refused.
 *
 * @throws ChipRefused `CHIP_MALFORMED` where no personal number is found, or two
 */
export function readPersonalDetails(
  file: Uint8Array,
  layout: DetailsLayout = observedLayout,
): PersonalDetails {
  const entries = new Map<number, readonly string[]>();
  collect(readTlvs(valueOf(file, TAG)), entries, 0);
  const text = (name: keyof PersonalDetails): string | null => {
    const [value, ...others] = entries.get(layout[name]) ?? [];
    if (others.length > 0) throw malformed('an entry of two values');
    return value === undefined || value === '' ? null : value;
  };
  const personalNumber = text('personalNumber');
  if (personalNumber === null || !/^\d{12}$/.test(personalNumber)) throw malformed('no personal number');
  return {
    personalNumber,
    fullName: text('fullName'),
    dateOfBirth: text('dateOfBirth'),
    sex: text('sex'),
    nationality: text('nationality'),
    ethnicity: text('ethnicity'),
    religion: text('religion'),
    placeOfOrigin: text('placeOfOrigin'),
    permanentResidence: text('permanentResidence'),
    identifyingFeatures: text('identifyingFeatures'),
    issueDate: text('issueDate'),
    expiryDate: text('expiryDate'),
    relatives: entries.get(layout.relatives) ?? [],
    oldIdNumber: text('oldIdNumber'),
  };
}

function collect(objects: readonly Tlv[], entries: Map<number, readonly string[]>, depth: number): void {
  if (depth > DEEPEST) throw malformed('nested too deep');
  const [first, ...values] = objects;
  const id = first?.tag === INTEGER && first.value.length === 1 ? first.value[0] : undefined;
  const texts = id === undefined || values.length === 0 ? [] : textsIn(values, depth);
  if (id !== undefined && texts.length > 0) {
    if (entries.has(id) || entries.size >= MOST_ENTRIES) throw malformed('an entry twice, or too many');
    entries.set(id, texts);
    return;
  }
  for (const { tag, value } of objects) if ((tag & 0x20) !== 0) collect(readTlvs(value), entries, depth + 1);
}

/** The texts of an entry; none where entries stand within it instead. */
function textsIn(values: readonly Tlv[], depth: number): string[] {
  if (depth > DEEPEST) throw malformed('nested too deep');
  return values.flatMap(({ tag, value }) => {
    if (TEXTS.has(tag)) return [utf8(value)];
    if ((tag & 0x20) === 0) return [];
    const inner = readTlvs(value);
    return inner.some(({ tag: other }) => other === INTEGER) ? [] : textsIn(inner, depth + 1);
  });
}

function utf8(value: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
    .decode(value)
    .normalize('NFC')
    .trim();
  if (text.length > LONGEST || /\p{Cc}/u.test(text)) throw malformed('a text');
  return text;
}

/** A date as cards write it (`dd/mm/yyyy`, also `ddmmyyyy`), as `YYYY-MM-DD`; a year alone stays one; null for anything else. */
export function isoDate(text: string | null): string | null {
  if (text === null) return null;
  if (/^\d{4}$/.test(text)) return text;
  const [, day, month, year] = /^(\d{2})[/.-]?(\d{2})[/.-]?(\d{4})$/.exec(text) ?? [];
  if (day === undefined || month === undefined || year === undefined) return null;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const iso = `${year}-${month}-${day}`;
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}
