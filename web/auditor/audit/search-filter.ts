import type { AccessLogFilter, AuditReason } from '../../generated/audit-operations.ts';

/**
 * What a search may say in the address of the page: everything but a person's number. All texts, as they stand in the
 * form; empty ones are not there.
 */
export type SearchFilter = { readonly [Name in FilterName]?: string };

/** The names of what a search may be narrowed by. */
export type FilterName = (typeof filterNames)[number];

/** In the order of the form. */
export const filterNames = [
  'pseudonym',
  'actorKind',
  'actorId',
  'claim',
  'event',
  'outcome',
  'from',
  'to',
  'atNight',
  'withoutConsent',
  'consentId',
  'caseId',
  'requestId',
] as const;

/** A person searched for by number. It lives in the memory of the page and nowhere else. */
export interface SearchedPerson {
  /** Twelve digits. */
  readonly number: string;
  readonly reason: AuditReason;
}

/** A search as it was sent. */
export interface Search {
  readonly filter: SearchFilter;
  readonly person: SearchedPerson | null;
}

/** What is asked of the server. */
export function filterVariable({ filter, person }: Search): AccessLogFilter {
  const { from, to, atNight, withoutConsent, ...texts } = filter;
  return {
    ...(texts as Partial<AccessLogFilter>),
    ...(person === null ? {} : { person: { number: person.number, reason: person.reason } }),
    ...(from === undefined ? {} : { from: instantOf(from) }),
    ...(to === undefined ? {} : { to: instantOf(to) }),
    ...(atNight === undefined ? {} : { atNight: true }),
    ...(withoutConsent === undefined ? {} : { withoutConsent: true }),
  };
}

/** Only known names with something behind them, in the order of the form: equal filters are written alike. */
export function cleanFilter(given: Readonly<Record<string, string | undefined>>): SearchFilter {
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const text = given[name]?.trim() ?? '';
      return text === '' ? [] : [[name, text]];
    }),
  );
}

/** The readings of one day of Viet Nam, `YYYY-MM-DD`. */
export function dayFilter(day: string): SearchFilter {
  return { from: `${day}T00:00`, to: `${nextDay(day, 1)}T00:00` };
}

/** A day so many days later. */
export function nextDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What stands in a field for times (`2026-11-21T10:00`), which means the clock of Viet Nam, as an instant. */
export function instantOf(local: string): string {
  const at = new Date(`${local}${local.length === 10 ? 'T00:00' : ''}+07:00`);
  return Number.isNaN(at.getTime()) ? local : at.toISOString();
}
