import type { ErrorCode } from '@dinhdanh/kit';
import { signatureAlgorithms } from '../dpop/compact-jwt.ts';
import { PartyRefusal } from '../dpop/party-refusal.ts';
import { composeAttempt, unknownAttempt } from '../record/compose-attempt.ts';
import type { AppendEntry } from '../record/entry.ts';
import type { Exchange } from '../exchange.ts';
import type { Rooms } from '../rooms.ts';
import { shownToken } from './identify-caller.ts';
import { nameAttempt } from './identify-relying-party.ts';

/**
 * What a refused relying party is told beside the error: the challenge of RFC 9449 §7.1 where it has not proved itself, and
 * in each case the nonce for its next proof.
 */
export function challengeParty(
  exchange: Exchange,
  failure: unknown,
  rooms: Pick<Rooms, 'parties' | 'clock'>,
): void {
  if (!(failure instanceof PartyRefusal)) return;
  const { reply } = exchange;
  const { challenge, reason } = failure;
  reply.header('dpop-nonce', rooms.parties.nonces.current(rooms.clock()));
  const algorithms = signatureAlgorithms.join(' ');
  const text = `error="${challenge}", error_description="${reason}", algs="${algorithms}"`;
  reply.header('www-authenticate', `DPoP ${text}`);
}

/**
 * Counts a refused call of a relying party and writes it down without waiting: who has read nothing has still tried. Where the
 * token was genuine, by itself; else together with what else was refused of strangers. Who lacks a nonce is told one, and has
 * tried nothing.
 */
export async function recordAttempt(
  exchange: Exchange,
  failure: unknown,
  code: ErrorCode,
  rooms: Rooms,
): Promise<void> {
  const reason = await attemptedReason(exchange, failure, code, rooms);
  if (reason === null || reason === 'PROOF_NONCE') return;
  rooms.metrics.partyRefused(reason);
  rooms.log.warn('GATEWAY_PARTY_REFUSED', { requestId: exchange.id, reason });
  if (exchange.isRecorded) return;
  exchange.isRecorded = true;
  const { attempt } = exchange;
  const refusal = code === 'UNAUTHENTICATED' ? reason : code;
  const entry = composeAttempt(attempt ?? unknownAttempt, refusal, {
    requestId: exchange.id,
    now: rooms.clock(),
    policyVersion: exchange.served.policyVersion,
    address: exchange.address,
    device: null,
  });
  if (attempt === undefined) return rooms.refusedAttempts.unproved(entry);
  if (rooms.refusedAttempts.known(entry)) writeRefused(entry, rooms);
}

/** Why a relying party was refused; null for everybody else. One that asks too much at once is refused before it is looked at. */
async function attemptedReason(
  exchange: Exchange,
  failure: unknown,
  code: ErrorCode,
  rooms: Rooms,
): Promise<string | null> {
  if (failure instanceof PartyRefusal) return failure.reason;
  if (code !== 'QUERY_TOO_COSTLY' || exchange.caller !== undefined) return null;
  const token = shownToken(exchange.request);
  if (token === null) return null;
  await nameAttempt(exchange, token, rooms);
  return code;
}

/** Writes the entry of a refused attempt without waiting. */
export function writeRefused(
  entry: AppendEntry,
  { metrics, accessLog }: Pick<Rooms, 'metrics' | 'accessLog'>,
): void {
  metrics.entryWritten(entry.event);
  accessLog.remember(entry);
}
