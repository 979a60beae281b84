import type { Sex } from './registration.ts';

/** What the QR of a card says: not signed, so it fills a form in and proves nothing. */
export interface CardQr {
  readonly personalNumber: string;
  readonly oldIdNumber: string | null;
  readonly fullName: string;
  /** `1950`, `1950-03` or `1950-03-02`. */
  readonly dateOfBirth: string;
  readonly sex: Sex;
  readonly permanentResidence: string | null;
  readonly issueDate: string | null;
  /** What stands behind the seven fields, as read: newer cards tell more, in an order nobody published. */
  readonly extra: readonly string[];
}

const FIELDS = 7;
const LONGEST = 2_000;
const sexes: Readonly<Record<string, Sex>> = { nam: 'MALE', nữ: 'FEMALE' };

/**
 * Reads the text of a card's QR: `number|old number|name|born ddMMyyyy|sex|residence|issued ddMMyyyy`, and more on newer
 * cards. Takes a byte order mark, line ends, decomposed letters and spaces around fields; null where the text is no such
 * thing, and then the form is filled in by hand or from the chip.
 */
export function readCardQr(text: string): CardQr | null {
  if (text.length > LONGEST) return null;
  const fields = text
    .replace(/^\uFEFF/, '')
    .normalize('NFC')
    .split('|')
    .map((field) => field.replaceAll(/[\s\0]+/g, ' ').trim());
  if (fields.length < FIELDS) return null;
  const [number = '', old = '', fullName = '', born = '', sexText = '', residence = '', issued = ''] = fields;
  const dateOfBirth = readDay(born);
  const sex = sexes[sexText.toLowerCase()];
  if (!/^\d{12}$/.test(number) || !/^(\d{9})?$/.test(old) || fullName === '') return null;
  if (dateOfBirth === null || sex === undefined) return null;
  const issueDate = readDay(issued);
  return {
    personalNumber: number,
    oldIdNumber: old === '' ? null : old,
    fullName,
    dateOfBirth,
    sex,
    permanentResidence: residence === '' ? null : residence,
    issueDate: issueDate?.length === 10 ? issueDate : null,
    extra: fields.slice(FIELDS).filter((field) => field !== ''),
  };
}

/** `ddMMyyyy`; a day, or a day and month, of noughts are not known. Null where it is no date. */
function readDay(text: string): string | null {
  const [, day = '', month = '', year = ''] = /^(\d\d)(\d\d)(\d{4})$/.exec(text) ?? [];
  if (year < '1850') return null;
  if (day === '00' && month === '00') return year;
  if (day === '00') return month >= '01' && month <= '12' ? `${year}-${month}` : null;
  return isCalendarDay(`${year}-${month}-${day}`) ? `${year}-${month}-${day}` : null;
}

/** Whether a text is a day that exists, `YYYY-MM-DD`. */
export function isCalendarDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
