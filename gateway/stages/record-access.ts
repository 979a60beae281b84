import type { ErrorCode } from '@dinhdanh/kit';
import { isStaff, rootOf } from '../capacity.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import { logUnavailable } from '../doors/append-outcome.ts';
import { isEndingRoot } from '../policy/roots.ts';
import { composeEntries } from '../record/compose-entries.ts';
import type { RequestFacts } from '../record/compose-entries.ts';
import { tellsOfRelease, undelivered } from '../record/entry.ts';
import type { AppendEntry, EntryReceipt } from '../record/entry.ts';
import type { Rooms } from '../rooms.ts';
import { logTimeMs } from './log-time.ts';
import { consentEntries } from './record-consent.ts';

/**
 * Refuses what could not be released anyway: while the access log is known to be away no source is asked and no mutation
 * carried out whose answer needs an entry. A withdrawal is carried out all the same: it stands at once, and its entry is
 * written when the log is back, though nothing can be told of it until then.
 *
 * @throws AppError `ACCESS_LOG_UNAVAILABLE`
 */
export function requireLog(exchange: Exchange, rooms: Rooms): void {
  if (!rooms.accessLog.isAway() || filled(exchange, 'caller').kind === 'anonymous') return;
  const compiled = filled(exchange, 'compiled');
  if (compiled.prepared.leaves.every((leaf) => isEndingRoot(rootOf(leaf)))) return;
  if (exchange.served.planRecords.of(compiled).isClaimed) throw logUnavailable('breaker open');
}

/**
 * The gate: writes down what the answer holds, and what was refused, before a byte of it leaves. An answer that then does
 * not reach the client is completed by an entry of its own.
 *
 * @throws AppError `ACCESS_LOG_UNAVAILABLE`: nothing may be released
 */
export async function recordAccess(exchange: Exchange, rooms: Rooms): Promise<void> {
  const composed = composeEntries(factsOf(exchange, rooms, filled(exchange, 'payload')));
  const ofConsents = consentEntries(exchange, rooms);
  const entries = ofConsents.length === 0 ? composed : [...composed, ...ofConsents];
  // From here on the door answers for what becomes of them.
  exchange.isRecorded = true;
  if (entries.length === 0) return;
  const receipts = await appendTimed(entries, exchange, rooms);
  const intents: Written[] = [];
  for (const [at, entry] of entries.entries()) {
    const receipt = receipts[at];
    if (receipt === undefined || !tellsOfRelease(entry)) continue;
    exchange.receipt ??= receipt;
    if (entry.event === 'intent') intents.push({ entry, receipt });
  }
  if (intents.length === 0) return;
  watchDelivery(exchange, () => {
    for (const { entry, receipt } of intents) {
      rooms.metrics.entryWritten('aborted');
      rooms.accessLog.remember(undelivered(entry, receipt, rooms.clock()));
    }
  });
}

/** An entry, and where it stands. */
interface Written {
  readonly entry: AppendEntry;
  readonly receipt: EntryReceipt;
}

/**
 * Writes down, without waiting, what became of a request that failed after sources were asked: that nothing was released,
 * or that what was about to be was not.
 */
export function recordFailure(exchange: Exchange, rooms: Rooms, code: ErrorCode): void {
  if (code === 'ACCESS_LOG_UNAVAILABLE') rooms.metrics.refusedForLog();
  exchange.withhold?.();
  if (exchange.isRecorded || exchange.asked.size === 0 || exchange.compiled === undefined) return;
  exchange.isRecorded = true;
  const failed = composeEntries(factsOf(exchange, rooms, { failed: code }));
  for (const entry of [...failed, ...consentEntries(exchange, rooms)]) {
    rooms.metrics.entryWritten(entry.event);
    rooms.accessLog.remember(entry);
  }
}

async function appendTimed(
  entries: readonly AppendEntry[],
  exchange: Exchange,
  rooms: Rooms,
): ReturnType<Rooms['accessLog']['append']> {
  const startedAt = performance.now();
  try {
    const least = rooms.clock().getTime() + logTimeMs(rooms.settings);
    const log = exchange.isEnding ? rooms.endingLog : rooms.accessLog;
    const receipts = await log.append(entries, Math.max(exchange.deadlineAt, least));
    for (const { event } of entries) rooms.metrics.entryWritten(event);
    return receipts;
  } finally {
    rooms.metrics.appendWaited(performance.now() - startedAt);
  }
}

function factsOf(exchange: Exchange, rooms: Rooms, payload: RequestFacts['payload']): RequestFacts {
  const caller = filled(exchange, 'caller');
  const compiled = filled(exchange, 'compiled');
  return {
    requestId: exchange.id,
    now: rooms.clock(),
    caller,
    caseId: isStaff(caller) ? exchange.caseId : null,
    address: exchange.address,
    device: exchange.device,
    leaves: compiled.prepared.leaves,
    refused: compiled.refused,
    plan: exchange.served.planRecords.of(compiled),
    policyVersion: exchange.served.policyVersion,
    asked: exchange.asked,
    pseudonyms: exchange.pseudonyms,
    auditReason: exchange.auditReason,
    payload,
  };
}

/**
 * Calls `lost` once if the answer is not handed over whole: the client has gone, goes while it is written, or a refusal is
 * sent in its place (`withhold`). What the system has taken counts as delivered. `finish` and `close` belong to this
 * response alone, whatever else the connection is kept for.
 */
function watchDelivery(exchange: Exchange, lost: () => void): void {
  const { raw } = exchange.reply;
  let isSettled = false;
  const settle = (isLost: boolean) => (): void => {
    if (!isSettled && isLost) lost();
    isSettled = true;
  };
  exchange.withhold = settle(true);
  if (raw.closed) return settle(true)();
  raw.once('finish', settle(false));
  raw.once('close', settle(true));
}
