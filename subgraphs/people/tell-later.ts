// A date, an instant, a month or a year alone; no other text of a record is four digits, or begins with four and a dash.
const DATED = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T.*)?)?)?$/u;
/** A personal number up to its serial: prefix, century and sex, year of birth (Decree 137/2015, article 13). */
const NUMBERED = /^(09[789])([0-3])(\d{2})(?=\d{6}$)/u;

/**
 * The same record as many whole years later: every date of it, the year of a vehicle, and the year of birth inside every
 * personal number. All that it names besides stays as it is.
 */
export function tellLater<Told>(told: Told, years: number): Told {
  return years === 0 ? told : (later(told, years, '') as Told);
}

function later(value: unknown, years: number, name: string): unknown {
  if (typeof value === 'string') return laterText(value, years);
  if (typeof value === 'number') return name === 'year' ? value + years : value;
  if (Array.isArray(value)) return value.map((entry) => later(entry, years, name));
  if (value === null || typeof value !== 'object') return value;
  const told: Record<string, unknown> = {};
  for (const field of Object.keys(value)) told[field] = later(Reflect.get(value, field), years, field);
  return told;
}

function laterText(text: string, years: number): string {
  // Most texts are words, and a million people have very many.
  if (text.length < 4 || text.charCodeAt(0) > 57) return text;
  if (DATED.test(text)) return realDay(`${Number(text.slice(0, 4)) + years}${text.slice(4)}`);
  return text.replace(NUMBERED, (_, prefix: string, group: string, inCentury: string) => {
    const born = 1900 + Math.floor(Number(group) / 2) * 100 + Number(inCentury) + years;
    const century = Math.floor(born / 100 - 19) * 2 + (Number(group) % 2);
    return `${prefix}${century}${String(born % 100).padStart(2, '0')}`;
  });
}

/** 29 February becomes 1 March in a common year. */
function realDay(text: string): string {
  if (!text.startsWith('-02-29', 4)) return text;
  const isLeap = new Date(Date.UTC(Number(text.slice(0, 4)), 1, 29)).getUTCMonth() === 1;
  return isLeap ? text : text.replace('-02-29', '-03-01');
}
