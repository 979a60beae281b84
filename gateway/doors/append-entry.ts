import { traceHeaders } from '@dinhdanh/kit';
import type { Clock, CompactToken, Log, Span } from '@dinhdanh/kit';
import type { AppendEntry, EntryReceipt } from '../record/entry.ts';
import type { RefusalReason, Upstream } from '../upstream/upstream.ts';
import { RETRY_AFTER_SECONDS } from './append-outcome.ts';
import type { AppendedEntry, AppendOutcome } from './append-outcome.ts';
import type { EntryBatch } from './entry-batch.ts';
import { EntryQueue } from './entry-queue.ts';
import { signAsGateway } from './sign-gateway.ts';

/**
 * The access log as the gateway's stages see it. A start of the system has the one of {@link openAppendEntries}; tests and
 * benches may hand another to the gateway, one that writes nothing among them, as a negative control.
 */
export interface AppendEntries {
  /**
   * Writes the entries of one request down. Resolves once all are on disk, with their receipts in the same order. What could
   * not be written by the deadline (epoch milliseconds) is written later as withheld.
   *
   * @throws AppError `ACCESS_LOG_UNAVAILABLE`, and then nothing may be released
   */
  readonly append: (entries: readonly AppendEntry[], deadlineAt: number) => Promise<readonly EntryReceipt[]>;
  /** Writes down what nobody waits for: at once where the log is there, else when it is back. */
  readonly remember: (entry: AppendEntry) => void;
  /** Whether the log is known to be away, so that asking sources would be in vain. */
  readonly isAway: () => boolean;
  /** Entries that nobody waits for any more and the log has not taken yet. */
  readonly unwritten: () => number;
  /** Takes no more entries, tries once more to write what is left, and ends. */
  readonly close: () => Promise<void>;
}

/** What the door needs. */
export interface AppendEntriesOptions {
  readonly upstream: Upstream;
  /** The caller-token key of the access log. */
  readonly key: () => Buffer;
  readonly clock: Clock;
  readonly log: Log;
  /** How long one call may take, in milliseconds. */
  readonly callMs: number;
  /** Told how many entries were given up for want of room. */
  readonly onLost: (count: number) => void;
}

/** The service's name among those of the upstream client: with a breaker of its own, which slow searches leave alone. */
export const APPEND_SERVICE = 'access-log-append';

/** Reasons for which no byte of a call has left. */
const UNSENT: ReadonlySet<RefusalReason> = new Set([
  'connect',
  'breaker_open',
  'busy',
  'unconfigured',
  'closed',
]);

/** Opens the door to `POST /append` of the access log. */
export function openAppendEntries(options: AppendEntriesOptions): AppendEntries {
  const { upstream } = options;
  const queue = new EntryQueue({ ...options, submit: (batch) => appendBatch(batch, options) });
  return {
    append: (entries, deadlineAt) => queue.append(entries, deadlineAt),
    remember: (entry) => queue.remember(entry),
    isAway: () => (upstream.stateOf(APPEND_SERVICE) ?? 'open') === 'open',
    unwritten: () => queue.unwritten,
    close: () => queue.close(),
  };
}

/**
 * Sends one batch; once more over a fresh connection where the first broke, which does no harm: the log knows a batch by
 * its id and writes it once.
 */
async function appendBatch(batch: EntryBatch, options: AppendEntriesOptions): Promise<AppendOutcome> {
  const span = batch.span.begin('call access-log', { 'peer.service': 'access-log' }, 'client');
  const outcome = await sendBatch(batch, span, options);
  span.end(outcome.kind === 'written' ? 'OK' : 'ACCESS_LOG_UNAVAILABLE');
  return outcome;
}

async function sendBatch(
  { id, body, count }: EntryBatch,
  span: Span,
  options: AppendEntriesOptions,
): Promise<AppendOutcome> {
  const deadlineAt = options.clock().getTime() + options.callMs;
  let signed = 0;
  let wasSent = false;
  for (let tries = 1; ; tries += 1) {
    const answer = await options.upstream.post(APPEND_SERVICE, {
      path: '/append',
      body,
      sign: () => signAppend(`${id}.append.${signed++}`, body, options),
      headers: traceHeaders(span),
      deadlineAt,
      idempotent: true,
    });
    if (answer.ok) return readOutcome(answer.json, count);
    wasSent ||= !UNSENT.has(answer.reason) && !isRefusedOutright(answer.status);
    if (tries === 1 && (answer.reason === 'reset' || answer.reason === 'connect')) continue;
    const retryAfterSeconds = answer.retryAfterSeconds ?? RETRY_AFTER_SECONDS;
    return { kind: wasSent ? 'unknown' : 'unsent', retryAfterSeconds };
  }
}

/** A door that does not take the call as such (4xx) has not looked at an entry. */
function isRefusedOutright(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500;
}

function signAppend(jti: string, body: string, { key, clock }: AppendEntriesOptions): CompactToken {
  const grounds = { purpose: 'append_entries', legalBasis: 'Decree 47/2020/NĐ-CP, art. 45' };
  return signAsGateway({ audience: 'access-log', jti, body, ...grounds }, key(), clock());
}

/** An answer of another form than agreed leaves open what was written. */
function readOutcome(json: Readonly<Record<string, unknown>>, count: number): AppendOutcome {
  const { origin, receipts } = json;
  const isWhole =
    typeof origin === 'string' &&
    Array.isArray(receipts) &&
    receipts.length === count &&
    receipts.every(isAppended);
  if (!isWhole) return { kind: 'unknown', retryAfterSeconds: RETRY_AFTER_SECONDS };
  return { kind: 'written', origin, receipts };
}

function isAppended(value: unknown): value is AppendedEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { index, leafHash, refused } = value as Readonly<Record<string, unknown>>;
  if (typeof refused === 'string') return true;
  return Number.isSafeInteger(index) && Number(index) >= 0 && typeof leafHash === 'string';
}
