import { AppError, PAGE_LIMIT } from '@dinhdanh/kit';
import type {
  AccessEntryConnection,
  AccessLogFilter,
  Outcome,
  QueryAccessLogArgs,
} from '../generated/resolvers.ts';
import type { AccessActorKind } from '../tlog/index.ts';
import { idsOf } from './access-history.ts';
import { describePage, loggedEvent } from './describe-entries.ts';
import { matchesFacet } from './facets.ts';
import type { Facet } from './facets.ts';
import { findEntries, pageSize } from './find-entries.ts';
import { placeOf } from './place.ts';
import { auditorReader } from './reader.ts';
import { yearsKept } from './reading-room.ts';
import type { ReadingContext, ReadingRoom } from './reading-room.ts';
import type { FacetChoice, Search, SoughtSubject } from './search.ts';

/** What an auditor looks for. */
export async function accessLog(
  _: unknown,
  { filter, first, after }: QueryAccessLogArgs,
  context: ReadingContext,
): Promise<AccessEntryConnection> {
  const room = context.room.reading;
  const reader = auditorReader(context);
  const page = { first: pageSize(first, 20, PAGE_LIMIT), after: placeOf(after), now: context.now };
  const search = await filterSearch(room, filter ?? {}, context);
  return describePage(room, await findEntries(room, search, page), reader);
}

/**
 * An auditor's filter as a search. Who was looked for is told to the gateway in `access-subjects`, as the pseudonym
 * under which the person's own history will show it, and why in `access-reason`; the number itself ends here.
 *
 * @throws AppError `BAD_USER_INPUT` with the name of the field
 */
export async function filterSearch(
  room: ReadingRoom,
  filter: AccessLogFilter,
  { now, respond }: Pick<ReadingContext, 'now' | 'respond'>,
): Promise<Search> {
  const looked = lookedFor(room, filter, now);
  if (looked !== null) respond('access-subjects', looked.told);
  if (filter.person) respond('access-reason', filter.person.reason);
  const facets = [...(await room.facets.all()).values()];
  const { actorId, consentId, caseId, requestId } = filter;
  return {
    subjects: looked?.pseudonyms,
    actor: given(actorId),
    consentId: given(consentId),
    caseId: given(caseId),
    requestId: given(requestId),
    from: instantOf(filter.from, 'from'),
    to: instantOf(filter.to, 'to'),
    atNight: filter.atNight === true,
    facets: chooseFacets(facets, filter),
  };
}

const given = <Value>(value: Value | null | undefined): Value | undefined => value ?? undefined;

function lookedFor(
  room: ReadingRoom,
  { person, pseudonym }: AccessLogFilter,
  now: Date,
): { pseudonyms: readonly SoughtSubject[]; told: string } | null {
  if (person && pseudonym) throw new AppError('BAD_USER_INPUT', { field: 'pseudonym' });
  if (person) {
    const number = person.number.trim();
    if (!/^[0-9A-Za-z]{6,20}$/.test(number)) throw new AppError('BAD_USER_INPUT', { field: 'number' });
    const names = room.pseudonyms.pseudonymsOf([number], yearsKept(room, now));
    return {
      pseudonyms: names.map(({ name, year }) => ({ name: Buffer.from(name, 'base64url'), year })),
      // One is enough, and more would tell every auditor which pseudonyms of past years belong together.
      told: room.pseudonyms.of(number, now.getUTCFullYear()),
    };
  }
  if (!pseudonym) return null;
  const bytes = Buffer.from(pseudonym, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== pseudonym)
    throw new AppError('BAD_USER_INPUT', { field: 'pseudonym' });
  return { pseudonyms: [{ name: bytes, year: null }], told: pseudonym };
}

function instantOf(text: string | null | undefined, field: string): Date | undefined {
  if (text === null || text === undefined) return undefined;
  const instant = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(instant.getTime()))
    throw new AppError('BAD_USER_INPUT', { field });
  return instant;
}

/** The facets a filter leaves, and of which of them the end of each entry decides. */
export function chooseFacets(facets: readonly Facet[], filter: AccessLogFilter): FacetChoice {
  const { actorKind, claim, event, outcome, withoutConsent } = filter;
  const wanted = {
    actorKind: actorKind ? (actorKind.toLowerCase() as AccessActorKind) : undefined,
    claim: given(claim),
    event: event ? loggedEvent(event) : undefined,
    withoutConsent: withoutConsent === true,
  };
  const plainly = !actorKind && !claim && !event && !outcome && withoutConsent !== true;
  if (plainly) return { plain: null, delivered: [], undelivered: [] };
  const matching = facets.filter((facet) => matchesFacet(facet, wanted));
  const ending = (end: Outcome): number[] => idsOf(matching, (facet) => facet.outcome.toUpperCase() === end);
  if (!outcome) return { plain: idsOf(matching, () => true), delivered: [], undelivered: [] };
  if (outcome === 'RELEASED') return { plain: [], delivered: ending('RELEASED'), undelivered: [] };
  if (outcome === 'UNDELIVERED')
    return { plain: ending('UNDELIVERED'), delivered: [], undelivered: ending('RELEASED') };
  return { plain: ending(outcome), delivered: [], undelivered: [] };
}
