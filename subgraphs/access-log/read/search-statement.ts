import { nightSql } from './legal-hours.ts';
import type { Place } from './place.ts';
import { routeOf } from './search.ts';
import type { FacetChoice, Route, Search, SearchPage, SoughtSubject } from './search.ts';

/** A statement with its values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Gathers the values of a statement while its text is written. */
class Values {
  readonly all: unknown[] = [];

  bind(value: unknown, type: string): string {
    this.all.push(value);
    return `$${this.all.length}::${type}`;
  }
}

const UNDELIVERED = 'EXISTS (SELECT FROM undelivered u WHERE u.shard = e.shard AND u.index = e.index)';
const NEWEST_FIRST = 'ORDER BY e.at DESC, e.shard DESC, e.index DESC';
const PLACE = 'e.at, e.shard, e.index';

/**
 * The statement that finds the places of a page, one entry longer than asked to tell whether more follow. Each way into
 * the entries (an "arm") walks an index from the newest entry down and stops after a page; only these few are sorted
 * together. So it costs what the page costs, whatever the log holds.
 *
 * The length of the page is part of the text: the plan is made once for all values, and must know that it is short.
 *
 * @param facets the facets to walk by on the ways `actor` and `facets`; all that the search leaves
 * @returns null where nothing is left to walk
 */
export function searchStatement(
  search: Search,
  page: SearchPage,
  facets: readonly number[],
): Statement | null {
  const values = new Values();
  const limit = String(page.first + 1);
  const arms = armsOf({ search, page, facets, route: routeOf(search), values, limit });
  if (arms.length === 0) return null;
  // A person's entry may be found under two of their pseudonyms.
  const text = `SELECT DISTINCT k.at, k.shard, k.index FROM (
${arms.map((arm) => `(${arm})`).join('\nUNION ALL\n')}
) k ORDER BY k.at DESC, k.shard DESC, k.index DESC LIMIT ${limit}`;
  return { text, values: values.all };
}

/** The statement that reads the entries of places, in their order: one look at an index each. */
export function entriesStatement(places: readonly Place[]): Statement {
  return {
    // OFFSET keeps the planner from joining the other way round, which would read the log from end to end.
    text: `SELECT e.at, e.shard, e.index, e.facet, e.bytes, ${UNDELIVERED} AS undelivered
      FROM unnest($1::timestamptz[], $2::smallint[], $3::bigint[]) WITH ORDINALITY k (at, shard, index, place)
      CROSS JOIN LATERAL (SELECT * FROM entries e
        WHERE e.at = k.at AND e.shard = k.shard AND e.index = k.index OFFSET 0) e
      ORDER BY k.place`,
    values: [places.map(({ at }) => at), places.map(({ shard }) => shard), places.map(({ index }) => index)],
  };
}

interface Writing {
  readonly search: Search;
  readonly page: SearchPage;
  readonly facets: readonly number[];
  readonly route: Route;
  readonly values: Values;
  readonly limit: string;
}

function armsOf(writing: Writing): string[] {
  const { search, route, values, limit } = writing;
  const walk = (from: string, conditions: readonly string[]): string =>
    `SELECT ${PLACE} FROM ${from} WHERE ${conditions.join(' AND ')} ${NEWEST_FIRST} LIMIT ${limit}`;
  if (route === 'subjects') return subjectArms(writing, walk);
  if (route !== 'actor' && route !== 'facets' && route !== 'time')
    return [walk('entries e', ownConditions(writing))];
  const arms: string[] = [];
  // A value may only be bound where it is used, so each arm writes its conditions anew.
  const conditions = (): string[] => [
    ...ownConditions(writing),
    ...(search.facets.delivered.length > 0 ? [`NOT ${UNDELIVERED}`] : []),
  ];
  if (route === 'time') {
    arms.push(walk('entries e', [...conditions(), ...facetIs(writing, walked(search.facets))]));
  } else if (writing.facets.length > 0) {
    const each = walk('entries e', ['e.facet = f.facet', ...conditions()]);
    arms.push(
      `SELECT k.* FROM unnest(${values.bind(writing.facets, 'int[]')}) f (facet) CROSS JOIN LATERAL (${each}) k`,
    );
  }
  if (search.facets.undelivered.length > 0) arms.push(undeliveredArm(writing));
  return arms;
}

/** Intents that could not be delivered, by their own short list. */
function undeliveredArm(writing: Writing): string {
  const conditions = [
    ...facetIs(writing, writing.search.facets.undelivered),
    ...timeConditions(writing, 'w'),
    ...ownConditions(writing),
  ];
  return `SELECT ${PLACE} FROM undelivered w
    JOIN entries e ON e.at = w.at AND e.shard = w.shard AND e.index = w.index
    WHERE ${conditions.join(' AND ')} ORDER BY w.at DESC, w.shard DESC, w.index DESC LIMIT ${writing.limit}`;
}

/** The facets of the arms that walk the entries; null for all there are. */
function walked({ plain, delivered }: FacetChoice): readonly number[] | null {
  return plain === null ? null : [...plain, ...delivered];
}

/** The first instant of a pseudonym's year, UTC, and that of the next. */
const beginOf = ({ year }: SoughtSubject): string =>
  year === null ? '-infinity' : `${year}-01-01T00:00:00Z`;
const endOf = ({ year }: SoughtSubject): string =>
  year === null ? 'infinity' : `${year + 1}-01-01T00:00:00Z`;

/**
 * A person's entries: as the first or only subject, in the months of the pseudonym's year alone, and as a further one,
 * whenever that was (see `append/further-subjects.ts`).
 */
function subjectArms(
  writing: Writing,
  walk: (from: string, conditions: readonly string[]) => string,
): string[] {
  const { search, values } = writing;
  const sought = search.subjects ?? [];
  const subjects = `unnest(${values.bind(namesOf(search), 'bytea[]')}, ${values.bind(sought.map(beginOf), 'timestamptz[]')},
    ${values.bind(sought.map(endOf), 'timestamptz[]')}) s (subject, begins, ends)`;
  const own = ownConditions(writing);
  const first = walk('entries e', ['e.subject = s.subject', 'e.at >= s.begins', 'e.at < s.ends', ...own]);
  const further = `SELECT ${PLACE} FROM further_subjects f
    JOIN entries e ON e.at = f.at AND e.shard = f.shard AND e.index = f.index
    WHERE ${['f.subject = s.subject', ...timeConditions(writing, 'f'), ...own].join(' AND ')}
    ORDER BY f.at DESC, f.shard DESC, f.index DESC LIMIT ${writing.limit}`;
  return [first, further].map((each) => `SELECT k.* FROM ${subjects} CROSS JOIN LATERAL (${each}) k`);
}

/** All that an entry must hold besides what its way in has already picked. */
function ownConditions(writing: Writing): string[] {
  const { search, route, values } = writing;
  const { actor, consentId, caseId, requestId, notActors, hidden, atNight, appendedAfter } = search;
  const conditions = timeConditions(writing, 'e');
  if (requestId !== undefined) conditions.push(`e.request_id = ${values.bind(requestId, 'text')}`);
  if (consentId !== undefined) conditions.push(`e.consent_id = ${values.bind(consentId, 'text')}`);
  if (caseId !== undefined) conditions.push(`e.case_id = ${values.bind(caseId, 'text')}`);
  if (actor !== undefined) conditions.push(`e.actor = ${values.bind(actor, 'text')}`);
  if (appendedAfter !== undefined)
    conditions.push(
      `(e.shard, e.index) > (${values.bind(appendedAfter.shard, 'smallint')}, ${values.bind(appendedAfter.index, 'bigint')})`,
    );
  if (atNight === true) conditions.push(nightSql('e.at'));
  if (notActors !== undefined) conditions.push(`e.actor <> ALL (${values.bind(notActors, 'text[]')})`);
  if (hidden !== undefined && hidden.facets.length > 0)
    conditions.push(
      `(e.facet <> ALL (${values.bind(hidden.facets, 'int[]')}) OR e.at < ${values.bind(hidden.since, 'timestamptz')})`,
    );
  if (requestId !== undefined || consentId !== undefined || caseId !== undefined || route === 'subjects')
    conditions.push(...facetConditions(writing));
  if (route === 'subjects' && search.subjects === undefined) conditions.push('false');
  if (route !== 'subjects' && search.subjects !== undefined) conditions.push(subjectIs(writing));
  return conditions.length > 0 ? conditions : ['true'];
}

/** From, before, and beyond the last page's end; on the table that the arm walks, so that its index is cut there. */
function timeConditions({ search, page, values }: Writing, table: string): string[] {
  const { from, to } = search;
  const conditions: string[] = [];
  if (from !== undefined) conditions.push(`${table}.at >= ${values.bind(from, 'timestamptz')}`);
  if (to !== undefined) conditions.push(`${table}.at < ${values.bind(to, 'timestamptz')}`);
  if (page.after !== null) {
    const { at, shard, index } = page.after;
    const instant = values.bind(at, 'timestamptz');
    // The first condition follows from the second; it is what leaves out whole months.
    conditions.push(
      `${table}.at <= ${instant}`,
      `(${table}.at, ${table}.shard, ${table}.index) < (${instant}, ${values.bind(shard, 'smallint')}, ${values.bind(index, 'bigint')})`,
    );
  }
  return conditions;
}

function facetIs({ values }: Writing, facets: readonly number[] | null): string[] {
  return facets === null ? [] : [`e.facet = ANY (${values.bind(facets, 'int[]')})`];
}

/** The facets where few entries are left to look through: told entry by entry. */
function facetConditions(writing: Writing): string[] {
  const { plain, delivered, undelivered } = writing.search.facets;
  if (plain === null) return [];
  const ways = [
    ...facetIs(writing, plain),
    ...(delivered.length === 0
      ? []
      : facetIs(writing, delivered).map((is) => `(${is} AND NOT ${UNDELIVERED})`)),
    ...(undelivered.length === 0
      ? []
      : facetIs(writing, undelivered).map((is) => `(${is} AND ${UNDELIVERED})`)),
  ];
  return [`(${ways.join(' OR ')})`];
}

const namesOf = ({ subjects = [] }: Search): readonly Buffer[] => subjects.map(({ name }) => name);

function subjectIs({ search, values }: Writing): string {
  const subjects = values.bind(namesOf(search), 'bytea[]');
  return `(e.subject = ANY (${subjects}) OR EXISTS (SELECT FROM further_subjects f
    WHERE f.subject = ANY (${subjects}) AND f.at = e.at AND f.shard = e.shard AND f.index = e.index))`;
}
