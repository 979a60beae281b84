import type { AccessExport, QueryAccessExportArgs } from '../generated/resolvers.ts';
import { filterSearch } from './access-log.ts';
import { actorNames, pageInfoOf, readEntry } from './describe-entries.ts';
import { csvHeader, csvRecord, jsonLine } from './export-lines.ts';
import { findEntries, pageSize } from './find-entries.ts';
import { placeOf } from './place.ts';
import { proveEntries } from './prove-entries.ts';
import { privateKinds } from './facets.ts';
import { auditorReader } from './reader.ts';
import type { ReadingContext } from './reading-room.ts';

/** The most entries of one page of a file. */
const EXPORT_LIMIT = 200;

/** A page of a file: pages in their order, one behind the other, are the file. */
export async function accessExport(
  _: unknown,
  { filter, format, first, after }: QueryAccessExportArgs,
  context: ReadingContext,
): Promise<AccessExport> {
  const room = context.room.reading;
  auditorReader(context);
  const from = placeOf(after);
  const page = { first: pageSize(first, EXPORT_LIMIT, EXPORT_LIMIT), after: from, now: context.now };
  const found = await findEntries(room, await filterSearch(room, filter ?? {}, context), page);
  const { entries } = found;
  const isCsv = format === 'CSV';
  const [origins, names, proofs] = await Promise.all([
    room.shards.originsOf(entries.map(({ shard }) => shard)),
    isCsv
      ? actorNames(
          room.pool,
          entries.map((entry) => readEntry(entry).actor),
        )
      : new Map<string, string>(),
    isCsv ? [] : proveEntries(room, entries),
  ]);
  const lines = entries.map((entry, place) => {
    const { kind, id } = readEntry(entry).actor;
    return {
      ...entry,
      origin: origins.get(entry.shard) ?? '',
      proof: proofs[place] ?? null,
      actorName: privateKinds.has(kind) ? null : (names.get(id) ?? null),
    };
  });
  const text = isCsv
    ? `${from === null ? csvHeader : ''}${lines.map(csvRecord).join('')}`
    : lines.map(jsonLine).join('');
  return { text, count: entries.length, pageInfo: pageInfoOf(found) };
}
