import { signatureAlgorithms } from '../dpop/compact-jwt.ts';
import { PartyRefusal } from '../dpop/party-refusal.ts';
import { composeAttempt } from '../record/compose-attempt.ts';
import type { Exchange } from '../exchange.ts';
import type { Rooms } from '../rooms.ts';

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
 * Counts a refused call of a relying party, and writes it down without waiting, where its token was genuine: who has read
 * nothing has still tried. Who lacks a nonce is told one, and has tried nothing.
 */
export function recordAttempt(exchange: Exchange, failure: unknown, rooms: Rooms): void {
  if (!(failure instanceof PartyRefusal)) return;
  const { reason, code } = failure;
  if (reason === 'PROOF_NONCE') return;
  rooms.metrics.partyRefused(reason);
  rooms.log.warn('GATEWAY_PARTY_REFUSED', { requestId: exchange.id, reason });
  if (exchange.attempt === undefined || exchange.isRecorded) return;
  exchange.isRecorded = true;
  const entry = composeAttempt(exchange.attempt, code === 'UNAUTHENTICATED' ? reason : code, {
    requestId: exchange.id,
    now: rooms.clock(),
    policyVersion: exchange.served.policyVersion,
    address: exchange.address,
    device: null,
  });
  rooms.metrics.entryWritten(entry.event);
  rooms.accessLog.remember(entry);
}
