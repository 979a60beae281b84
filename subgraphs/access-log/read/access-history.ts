import { PAGE_LIMIT } from '@dinhdanh/kit';
import type { AccessEntryConnection, QueryAccessHistoryArgs } from '../generated/resolvers.ts';
import { describePage } from './describe-entries.ts';
import type { Facet } from './facets.ts';
import { findEntries, pageSize } from './find-entries.ts';
import { placeOf } from './place.ts';
import { personReader } from './reader.ts';
import type { PersonReader } from './reader.ts';
import type { ReadingContext, ReadingRoom } from './reading-room.ts';
import type { Search } from './search.ts';

const DAY_MS = 86_400_000;

/** Who read the data of the person who asks. */
export async function accessHistory(
  _: unknown,
  { first, after, others }: QueryAccessHistoryArgs,
  context: ReadingContext,
): Promise<AccessEntryConnection> {
  const room = context.room.reading;
  const reader = personReader(context, room);
  const page = { first: pageSize(first, 20, PAGE_LIMIT), after: placeOf(after), now: context.now };
  const search = await ownSearch(room, reader, { now: context.now, others: others === true });
  return describePage(room, await findEntries(room, search, page), reader);
}

/**
 * All that a person may see of the log: entries about themself, with what completes another entry folded into it, and
 * without readings that the law lets the person be told of later (Law 91/2025, art. 4; delayed by a flag that auditors
 * can count).
 */
export async function ownSearch(
  room: ReadingRoom,
  reader: PersonReader,
  { now, others }: { readonly now: Date; readonly others: boolean },
): Promise<Search> {
  const facets = [...(await room.facets.all()).values()];
  return {
    subjects: reader.pseudonyms,
    notActors: others ? [...reader.names] : undefined,
    facets: { plain: idsOf(facets, ({ event }) => event !== 'aborted'), delivered: [], undelivered: [] },
    hidden: {
      facets: idsOf(facets, ({ delayedDisclosure }) => delayedDisclosure),
      since: disclosedBefore(room, now),
    },
  };
}

/** Delayed readings before this instant are shown by now. */
export function disclosedBefore({ settings }: Pick<ReadingRoom, 'settings'>, now: Date): Date {
  // One millisecond on: what happened exactly so many days ago is shown, also at once where there are none.
  return new Date(now.getTime() - settings.delayedDisclosureDays * DAY_MS + 1);
}

/** The ids of the facets that a rule holds for. */
export function idsOf(facets: Iterable<Facet>, holds: (facet: Facet) => boolean): number[] {
  return [...facets].filter(holds).map(({ id }) => id);
}
