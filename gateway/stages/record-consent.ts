import { AppError } from '@dinhdanh/kit';
import { subjectsKnownTo } from '../caller.ts';
import { resolveConsenter } from '../doors/resolve-consenter.ts';
import type { Exchange } from '../exchange.ts';
import { actorOf } from '../record/compose-entries.ts';
import { composeConsentEntry } from '../record/compose-consent.ts';
import type { ConsentFacts } from '../record/compose-consent.ts';
import type { ConsentEvent } from '../record/consent-event.ts';
import type { AppendEntry } from '../record/entry.ts';
import type { Rooms } from '../rooms.ts';
import { logTimeMs } from './log-time.ts';

/**
 * Writes down what sharing told of consents in plain HTTP, before its answer is released.
 *
 * @throws AppError `ACCESS_LOG_UNAVAILABLE`: nothing may be released
 */
export async function recordPassedEvents(
  exchange: Exchange,
  events: readonly ConsentEvent[],
  rooms: Rooms,
): Promise<void> {
  if (events.length === 0) return;
  tellRefusals(exchange, events, rooms);
  const numbers = new Map<ConsentEvent, string>();
  for (const event of events) {
    const number = await numberOf(event, exchange, rooms);
    if (number !== null) numbers.set(event, number);
  }
  const numberOfKnown = (event: ConsentEvent): string | null => numbers.get(event) ?? null;
  const facts = { ...factsOf(exchange, rooms), actor: null, level: 0, numberOf: numberOfKnown } as const;
  const entries = events.flatMap((event) => {
    const entry = composeConsentEntry(event, facts);
    return event.event !== 'denied' || isWrittenAtOnce(event, entry, rooms) ? [entry] : [];
  });
  if (entries.length === 0) return;
  const least = rooms.clock().getTime() + logTimeMs(rooms.settings);
  await rooms.accessLog.append(entries, Math.max(exchange.deadlineAt, least));
  for (const { event } of entries) rooms.metrics.entryWritten(event);
}

/** The entries of what sharing told of consents beside a GraphQL answer: done by the caller, about whom they may read. */
export function consentEntries(exchange: Exchange, rooms: Rooms): readonly AppendEntry[] {
  const { caller, consentEvents } = exchange;
  if (consentEvents.length === 0 || caller === undefined) return [];
  const known = new Map(subjectsKnownTo(caller).map(({ subject, ids }) => [subject, ids.personalNumber]));
  const isWardAlone = consentEvents.every(
    ({ subject }) => subject !== null && subject !== caller.self?.subject,
  );
  const facts: ConsentFacts = {
    ...factsOf(exchange, rooms),
    actor: actorOf(caller, isWardAlone && caller.dependants.length > 0),
    level: caller.level,
    numberOf: ({ subject }) => (subject === null ? null : (known.get(subject) ?? null)),
  };
  return consentEvents.map((event) => composeConsentEntry(event, facts));
}

/** An attempt of somebody known has an entry of its own, unless there are very many; one of anybody else is counted. */
function isWrittenAtOnce(
  { isProved, party }: ConsentEvent,
  entry: AppendEntry,
  { refusedAttempts }: Pick<Rooms, 'refusedAttempts'>,
): boolean {
  if (isProved && party !== null) return refusedAttempts.known(entry);
  refusedAttempts.unproved(entry);
  return false;
}

/** Refused attempts: a number and a line in the log of events, beside the entry. */
function tellRefusals(exchange: Exchange, events: readonly ConsentEvent[], rooms: Rooms): void {
  for (const { event, refusal } of events) {
    if (event !== 'denied' || refusal === null) continue;
    rooms.metrics.partyRefused(refusal);
    rooms.log.warn('GATEWAY_PARTY_REFUSED', { requestId: exchange.id, reason: refusal });
  }
}

/** Accounts vouches for the number of a subject; where it cannot now, the entry is written without. */
async function numberOf(event: ConsentEvent, exchange: Exchange, rooms: Rooms): Promise<string | null> {
  const { subject, grantor, relationId } = event;
  if (subject === null) return null;
  try {
    const consenter = await resolveConsenter(
      { grantor: grantor ?? subject, subject, relationId },
      {
        upstream: rooms.upstream,
        key: rooms.callerKey('accounts'),
        now: rooms.clock(),
        deadlineAt: exchange.deadlineAt,
        requestId: exchange.id,
      },
    );
    return consenter?.ids.personalNumber ?? null;
  } catch (failure) {
    if (failure instanceof AppError) return null;
    throw failure;
  }
}

function factsOf(
  exchange: Exchange,
  rooms: Rooms,
): { requestId: string; now: Date; policyVersion: string; address: string; device: string | null } {
  return {
    requestId: exchange.id,
    now: rooms.clock(),
    policyVersion: exchange.served.policyVersion,
    address: exchange.address,
    device: exchange.device,
  };
}
