/** `POST /append`: the only way into the log from outside the process. */
import { AppError } from '@dinhdanh/kit';
import type { CallContext } from '@dinhdanh/kit';
import type { AccessLog } from './access-log.ts';
import { type AppendAnswer, MAX_GROUP } from './append-entry.ts';

const BATCH = /^[A-Za-z0-9._~:@-]{8,100}$/;

/**
 * Takes the gateway's entries: `{batch, entries}` in, origin and receipts out, once they are durable.
 *
 * @throws AppError `NOT_PERMITTED` for anybody but the gateway itself; `BAD_USER_INPUT` with the field;
 *   `ACCESS_LOG_UNAVAILABLE` with a reason
 */
export async function appendDoor(body: unknown, call: CallContext, log: AccessLog): Promise<AppendAnswer> {
  const { act, bh } = call.caller;
  if (act.kind !== 'system' || act.id !== 'gateway')
    throw new AppError('NOT_PERMITTED', { internal: 'append by another than the gateway' });
  const { batch, entries } = readBody(body);
  return log.append(entries, { id: batch, digest: bh });
}

function readBody(body: unknown): { batch: string; entries: unknown[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse('body');
  const { batch, entries, ...others } = body as Readonly<Record<string, unknown>>;
  if (Object.keys(others).length > 0) return refuse('body');
  if (typeof batch !== 'string' || !BATCH.test(batch)) return refuse('batch');
  if (!Array.isArray(entries) || entries.length < 1 || entries.length > MAX_GROUP) return refuse('entries');
  return { batch, entries };
}

function refuse(field: string): never {
  throw new AppError('BAD_USER_INPUT', { field, internal: `append: ${field}` });
}
