import { AppError } from '@dinhdanh/kit';
import type { AccessProof, QueryAccessProofArgs } from '../generated/resolvers.ts';
import { readEntry } from './describe-entries.ts';
import { findEntry, ownPseudonymIn } from './find-entry.ts';
import { proveEntries } from './prove-entries.ts';
import { auditorReader, personReader } from './reader.ts';
import type { ReadingContext } from './reading-room.ts';

/**
 * An entry as it was logged, with its proof; `proof` is null until a checkpoint covers it, seconds later.
 *
 * @throws AppError `NOT_FOUND` for an entry about somebody else as for none
 */
export async function accessProof(
  _: unknown,
  { origin, index }: QueryAccessProofArgs,
  context: ReadingContext,
): Promise<AccessProof> {
  const room = context.room.reading;
  const reader = context.caller.act.kind === 'auditor' ? auditorReader(context) : personReader(context, room);
  const entry = await findEntry(room, { origin, index });
  const known =
    entry !== null &&
    (reader.kind === 'auditor' || (await ownPseudonymIn(room, entry, reader, context.now)) !== null);
  if (!known) throw new AppError('NOT_FOUND');
  const { subjects } = readEntry(entry);
  if (reader.kind === 'auditor' && subjects.length > 0)
    context.respond('access-subjects', subjects.join(','));
  const [proof] = await proveEntries(room, [entry]);
  return { entry: entry.bytes.toString('utf8'), proof: proof ?? null };
}
