import { useSyncExternalStore } from 'react';
import { cleanFilter, type SearchFilter } from './search-filter.ts';

/** A span of days of Viet Nam, both ends counted. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** A place in the console. It stands behind the `#`; no personal number ever stands in it. */
export type AuditRoute =
  | { readonly screen: 'overview'; readonly range: DayRange | null }
  | { readonly screen: 'search'; readonly filter: SearchFilter }
  | { readonly screen: 'entry'; readonly origin: string; readonly index: number }
  | { readonly screen: 'alerts' }
  | { readonly screen: 'log' }
  | { readonly screen: 'unknown' };

/** The address of a place, for links. */
export function hrefOf(route: AuditRoute): string {
  switch (route.screen) {
    case 'overview':
      return `#/overview${queryOf(route.range === null ? {} : { ...route.range })}`;
    case 'search':
      return `#/search${queryOf(cleanFilter(route.filter))}`;
    case 'entry':
      return `#/entry/${encodeURIComponent(route.origin)}/${route.index}`;
    default:
      return `#/${route.screen}`;
  }
}

/** The place an address names; an empty one is the overview. */
export function routeOf(hash: string): AuditRoute {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [screen = '', ...rest] = path.split('/');
  const parameters = Object.fromEntries(new URLSearchParams(query));
  if (screen === 'entry') return entryRoute(rest);
  if (rest.length > 0) return { screen: 'unknown' };
  if (screen === '' || screen === 'overview') return { screen: 'overview', range: rangeOf(parameters) };
  if (screen === 'search') return { screen, filter: cleanFilter(withoutNumbers(parameters)) };
  return screen === 'alerts' || screen === 'log' ? { screen } : { screen: 'unknown' };
}

/** Where the auditor is, told anew when they go somewhere else. */
export function useAuditRoute(): AuditRoute {
  return routeOf(useSyncExternalStore(listen, () => window.location.hash));
}

/** True for two days that are there and in order. */
export function isRange({ from, to }: DayRange): boolean {
  return isDay(from) && isDay(to) && from <= to;
}

function entryRoute([origin, index, ...rest]: readonly string[]): AuditRoute {
  if (origin === undefined || index === undefined || rest.length > 0 || !/^\d{1,15}$/.test(index))
    return { screen: 'unknown' };
  try {
    return { screen: 'entry', origin: decodeURIComponent(origin), index: Number(index) };
  } catch {
    return { screen: 'unknown' };
  }
}

function rangeOf({ from = '', to = '' }: Readonly<Record<string, string>>): DayRange | null {
  return isRange({ from, to }) ? { from, to } : null;
}

/** What somebody put into an address by hand and could be a number is not taken up: it would stay in the history. */
function withoutNumbers(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).filter(([, text]) => !/^\s*\d{9,12}\s*$/.test(text)));
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function queryOf(parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parameters).toString();
  return query === '' ? '' : `?${query}`;
}

function listen(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}
