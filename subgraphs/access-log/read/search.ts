import type { Place } from './place.ts';

/** A pseudonym that is looked for, and the year it is of; null where that is not known. */
export interface SoughtSubject {
  readonly name: Buffer;
  readonly year: number | null;
}

/** What is looked for in the entries; all that is given must hold. */
export interface Search {
  /** Whose data: pseudonyms of one person. */
  readonly subjects?: readonly SoughtSubject[] | undefined;
  /** Actors whose entries are left out. */
  readonly notActors?: readonly string[] | undefined;
  readonly actor?: string | undefined;
  readonly consentId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly requestId?: string | undefined;
  /** From this instant on. */
  readonly from?: Date | undefined;
  /** Before this instant. */
  readonly to?: Date | undefined;
  /** Appended later than this entry, whatever its own time. */
  readonly appendedAfter?: Pick<Place, 'shard' | 'index'> | undefined;
  readonly atNight?: boolean | undefined;
  readonly facets: FacetChoice;
  /** Facets that are shown only of what is older than an instant. */
  readonly hidden?: { readonly facets: readonly number[]; readonly since: Date } | undefined;
}

/** Which facets are wanted, and of which the entries' own end decides. Null: all there are. */
export interface FacetChoice {
  /** Wanted whatever became of them. */
  readonly plain: readonly number[] | null;
  /** Wanted unless they could not be delivered. */
  readonly delivered: readonly number[];
  /** Wanted only where they could not be delivered. */
  readonly undelivered: readonly number[];
}

/** A page of a search. */
export interface SearchPage {
  readonly first: number;
  readonly after: Place | null;
  /** The present: where the newest entries are. */
  readonly now: Date;
}

/** The way into the entries: the one index that leaves the least to look through. */
export type Route = 'request' | 'consent' | 'subjects' | 'case' | 'actor' | 'facets' | 'time';

/** Above so many facets it is cheaper to go through time and leave out what is not wanted. */
export const FACETS_AT_MOST = 500;

/** Chooses the way. What names few entries wins over what names many. */
export function routeOf(search: Search): Route {
  const { requestId, consentId, subjects, caseId, actor, facets, atNight } = search;
  if (requestId !== undefined) return 'request';
  if (consentId !== undefined) return 'consent';
  if (subjects !== undefined) return 'subjects';
  if (caseId !== undefined) return 'case';
  if (actor !== undefined) return 'actor';
  if (facets.plain === null) return atNight === true ? 'facets' : 'time';
  return facets.plain.length + facets.delivered.length <= FACETS_AT_MOST ? 'facets' : 'time';
}
