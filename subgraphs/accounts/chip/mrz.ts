/** What stands in the machine readable zone of a card of size TD1, three lines of thirty (ICAO Doc 9303-5, 4.2). */
export interface Mrz {
  /** One or two letters: `I`, `ID`. */
  readonly documentCode: string;
  readonly issuingState: string;
  /** Whole, also where it does not fit its nine places and goes on in the optional ones. */
  readonly documentNumber: string;
  /** The optional places of the first line, fillers at the end left out. */
  readonly optional: string;
  /** `YYMMDD`; what is unknown stays `<`. */
  readonly dateOfBirth: string;
  readonly sex: 'M' | 'F' | null;
  /** `YYMMDD`, or null where the card has no last day. */
  readonly dateOfExpiry: string | null;
  readonly nationality: string;
  readonly optionalSecond: string;
  /** Without marks, as far as it fitted: never compare it for equality with a name. */
  readonly surname: string;
  readonly givenNames: string;
}

const LINE = 30;
const WEIGHTS = [7, 3, 1] as const;
const FILLED_DATE = '<<<<<<';

/**
 * The check digit of a field (ICAO Doc 9303-3, 4.9): weights 7, 3, 1, letters from A = 10, fillers nothing; null where a
 * character has no value.
 */
export function checkDigit(field: string): number | null {
  let sum = 0;
  for (let index = 0; index < field.length; index += 1) {
    const value = valueOfCharacter(field.charCodeAt(index));
    if (value === null) return null;
    sum += value * (WEIGHTS[index % WEIGHTS.length] ?? 0);
  }
  return sum % 10;
}

function valueOfCharacter(code: number): number | null {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 90) return code - 55;
  return code === 60 ? 0 : null;
}

/** Reads the three lines, written in one or with line ends between them; null where the form or a check digit is not right. */
export function readMrz(text: string): Mrz | null {
  const lines = text.replaceAll(/\r?\n/g, '');
  if (lines.length !== 3 * LINE || !/^[A-Z0-9<]+$/.test(lines)) return null;
  const [first, second, third] = [0, 1, 2].map((line) => lines.slice(line * LINE, (line + 1) * LINE));
  if (first === undefined || second === undefined || third === undefined) return null;
  const number = readDocumentNumber(first);
  const composite = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29);
  const sex = second[7];
  const dates = [second.slice(0, 7), second.slice(8, 15)];
  const isRight =
    number !== null &&
    dates.every(isChecked) &&
    isChecked(composite + (second[29] ?? '')) &&
    isDate(second.slice(0, 6), true) &&
    isDate(second.slice(8, 14), false) &&
    (sex === 'M' || sex === 'F' || sex === '<') &&
    /^[A-Z][A-Z<]$/.test(first.slice(0, 2)) &&
    /^[A-Z]{1,3}<{0,2}$/.test(first.slice(2, 5)) &&
    /^[A-Z]{1,3}<{0,2}$/.test(second.slice(15, 18)) &&
    /^[A-Z]+(<{1,2}[A-Z]+)*<*$/.test(third);
  if (!isRight) return null;
  const [surname = '', givenNames = ''] = unfilled(third).split('<<');
  const expiry = second.slice(8, 14);
  return {
    documentCode: unfilled(first.slice(0, 2)),
    issuingState: unfilled(first.slice(2, 5)),
    documentNumber: number.documentNumber,
    optional: number.optional,
    dateOfBirth: second.slice(0, 6),
    sex: sex === '<' ? null : sex,
    dateOfExpiry: expiry === FILLED_DATE ? null : expiry,
    nationality: unfilled(second.slice(15, 18)),
    optionalSecond: unfilled(second.slice(18, 29)),
    surname: surname.replaceAll('<', ' '),
    givenNames: givenNames.replaceAll('<', ' '),
  };
}

/**
 * The number and what follows it. A number of more than nine places leaves a filler where its check digit would be and
 * goes on in the optional places, its check digit behind its end (ICAO Doc 9303-5, 4.2.2.2, note j).
 */
function readDocumentNumber(line: string): { documentNumber: string; optional: string } | null {
  const field = line.slice(5, 14);
  const optional = unfilled(line.slice(15));
  if (line[14] !== '<') {
    const isRight = isChecked(line.slice(5, 15));
    return isRight ? { documentNumber: unfilled(field), optional } : null;
  }
  const [rest = '', ...others] = optional.split('<');
  const isRight = rest.length >= 2 && isChecked(field + rest);
  return isRight
    ? { documentNumber: field + rest.slice(0, -1), optional: others.join('<').replace(/^<+/, '') }
    : null;
}

/** Whether the last character is the check digit of those before it. */
function isChecked(field: string): boolean {
  return field.at(-1) === String(checkDigit(field.slice(0, -1)));
}

/** A date as it can stand on a card: parts of a birth may be unknown, an expiry may be missing as a whole. */
function isDate(date: string, mayBePartial: boolean): boolean {
  if (date === FILLED_DATE) return true;
  const partial = /^\d{2}(<<|0[1-9]|1[0-2])(<<|0[1-9]|[12]\d|3[01])$/;
  return partial.test(date) && (mayBePartial || !date.includes('<'));
}

function unfilled(field: string): string {
  return field.replace(/<+$/, '');
}
