import { isDuplicate } from '@dinhdanh/kit';
import type { Statements } from '@dinhdanh/kit';
import { Prisma } from '../generated/prisma/client.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import type { Asked } from './asked.ts';
import type { CodeDoor, CodeSource } from './rotating-code.ts';
import { DAY_SECONDS, HOUR_SECONDS } from './fatigue.ts';
import type { RecentShares } from './fatigue.ts';
import { CLAIM_SECONDS, DECIDE_SECONDS, GRANT_SECONDS, later, WRONG_NUMBERS } from './share-states.ts';
import type { Approval, Decision, NewConsent, NewShare, ShareRow } from './share-row.ts';

/** A request with its relying party, in one statement. */
const withParty = Prisma.sql`
  SELECT s.handle, s.interaction, s.party_id AS "partyId", s.state::text AS state, s.ask, s.purpose, s.code_key AS "codeKey",
    s.code_from AS "codeFrom", s.claim_until AS "claimUntil", s.decide_until AS "decideUntil", s.origin_hash AS "originHash",
    s.origin_network AS "originNetwork", s.origin_device AS "originDevice", s.created_at AS "createdAt",
    s.claimed_by AS "claimedBy", s.claimed_at AS "claimedAt", s.door, s.decided_at AS "decidedAt", s.decision,
    s.method::text AS method, s.number, s.wrong_numbers AS "wrongNumbers", s.return_hash AS "returnHash",
    s.ended_at AS "endedAt",
    jsonb_build_object('id', p.id, 'legalName', p.legal_name, 'displayName', p.display_name, 'taxCode', p.tax_code,
      'sector', p.sector, 'domain', p.domain, 'dataContact', p.data_contact, 'state', p.state) AS party
  FROM share_requests s JOIN relying_parties p ON p.id = s.party_id`;

/**
 * Requests to share, as rows. Every change of state is one statement whose condition is the state it leads from, so that of
 * any number of tries at once exactly one succeeds; `share-states.ts` is the table of them.
 */
export class ShareStore {
  readonly #prisma: PrismaClient;
  readonly #statements: Statements;

  constructor(prisma: PrismaClient, statements: Statements) {
    this.#prisma = prisma;
    this.#statements = statements;
  }

  /** Begins a request: a browser has arrived with a pushed one. */
  async open(share: NewShare, now: Date): Promise<void> {
    const { ask, ...rest } = share;
    await this.#prisma.shareRequest.create({
      data: {
        ...rest,
        ask: json(ask),
        state: 'WAITING',
        codeFrom: now,
        createdAt: now,
        claimUntil: later(now, CLAIM_SECONDS),
      },
    });
  }

  /** A request with its relying party, or null. */
  async find(handle: string): Promise<ShareRow | null> {
    const [row] = await this.#statements.query<ShareRow>(Prisma.sql`${withParty} WHERE s.handle = ${handle}`);
    return row ?? null;
  }

  /** What a person did lately, for the limits: in general, and with one party. */
  async recentOf(subject: string, partyId: string, now: Date): Promise<RecentShares> {
    const [row] = await this.#prisma.$queryRaw<[Record<keyof RecentShares, readonly Date[]>]>`
      SELECT
        COALESCE(array_agg(claimed_at ORDER BY claimed_at) FILTER (WHERE claimed_at > ${later(now, -HOUR_SECONDS)}), '{}') AS claims,
        COALESCE(array_agg(decide_until ORDER BY decide_until)
          FILTER (WHERE party_id = ${partyId} AND state = 'CLAIMED' AND decide_until > ${now}), '{}') AS open,
        COALESCE(array_agg(decided_at ORDER BY decided_at)
          FILTER (WHERE party_id = ${partyId} AND state = 'DECLINED' AND decided_at > ${later(now, -DAY_SECONDS)}), '{}') AS declines
      FROM share_requests WHERE claimed_by = ${subject} AND claimed_at > ${later(now, -DAY_SECONDS - DECIDE_SECONDS)}`;
    return row;
  }

  /** WAITING → CLAIMED, for the code it was shown under. Tells whether it succeeded. */
  async claim(
    { handle, codeFrom }: Pick<CodeSource, 'handle' | 'codeFrom'>,
    by: { readonly subject: string; readonly door: CodeDoor },
    now: Date,
  ): Promise<boolean> {
    const { count } = await this.#prisma.shareRequest.updateMany({
      where: { handle, state: 'WAITING', codeFrom, claimUntil: { gt: now }, party: partyMayAsk },
      data: {
        state: 'CLAIMED',
        claimedBy: by.subject,
        claimedAt: now,
        door: by.door === 'q' ? 'qr' : 'link',
        decideUntil: later(now, DECIDE_SECONDS),
      },
    });
    return count === 1;
  }

  /**
   * CLAIMED → APPROVED, with the text that was agreed to. `USED` where the confirmation has approved another request, `LOST`
   * where this one is no longer to be decided.
   */
  async approve(handle: string, approval: Approval, now: Date): Promise<'APPROVED' | 'USED' | 'LOST'> {
    const { subject, decision, confirmation, text } = approval;
    try {
      const count = await this.#prisma.$executeRaw`
        WITH approved AS (
          UPDATE share_requests SET state = 'APPROVED', decided_at = ${now}, decision = ${json(decision)},
            confirmation = ${confirmation.id}, method = ${confirmation.method}::confirmation_method,
            number = ${approval.number}, return_hash = ${approval.returnHash}
          WHERE handle = ${handle} AND state = 'CLAIMED' AND claimed_by = ${subject} AND decide_until > ${now}
            AND claimed_at < ${confirmation.at} RETURNING handle),
        kept AS (INSERT INTO shown_texts (hash, text, shown_at)
          SELECT ${decision.textHash}, ${text}, ${now} FROM approved ON CONFLICT (hash) DO NOTHING)
        SELECT handle FROM approved`;
      return count === 1 ? 'APPROVED' : 'LOST';
    } catch (failure) {
      // The confirmation stands on another request.
      if (isDuplicate(failure)) return 'USED';
      throw failure;
    }
  }

  /** CLAIMED or APPROVED → DECLINED, by who took it. Tells whether it succeeded. */
  async decline(handle: string, subject: string, now: Date): Promise<boolean> {
    const { count } = await this.#prisma.shareRequest.updateMany({
      where: { handle, claimedBy: subject, OR: undecided(now) },
      data: { state: 'DECLINED', decidedAt: now, endedAt: now, ...spent },
    });
    return count === 1;
  }

  /** Counts a wrong number; the third ends the request. Tells how it stands then, or null where there was none to count. */
  async mistype(handle: string, number: string, now: Date): Promise<'APPROVED' | 'CANCELLED' | null> {
    const [row] = await this.#prisma.$queryRaw<{ state: 'APPROVED' | 'CANCELLED' }[]>`
      UPDATE share_requests SET wrong_numbers = wrong_numbers + 1,
        state = CASE WHEN wrong_numbers + 1 >= ${WRONG_NUMBERS} THEN 'CANCELLED' ELSE state END,
        ended_at = CASE WHEN wrong_numbers + 1 >= ${WRONG_NUMBERS} THEN ${now}::timestamptz END,
        number = CASE WHEN wrong_numbers + 1 < ${WRONG_NUMBERS} THEN number END,
        return_hash = CASE WHEN wrong_numbers + 1 < ${WRONG_NUMBERS} THEN return_hash END
      WHERE handle = ${handle} AND state = 'APPROVED' AND decided_at > ${later(now, -GRANT_SECONDS)} AND number <> ${number}
      RETURNING state::text AS state`;
    return row?.state ?? null;
  }

  /**
   * APPROVED → GRANTED with its consent and the first line of the ledger, in one statement: all of it or nothing. Tells whether
   * it succeeded. `proof` is the number, or the hash of the code that brings the same phone back.
   */
  async grant(
    proof: { readonly number: string } | { readonly returnHash: string },
    consent: NewConsent,
    now: Date,
  ): Promise<boolean> {
    const proved =
      'number' in proof
        ? Prisma.sql`number = ${proof.number}`
        : Prisma.sql`return_hash = ${proof.returnHash}`;
    const count = await this.#prisma.$executeRaw`
      WITH shared AS (
        UPDATE share_requests s SET state = 'GRANTED', ended_at = ${now}, number = NULL, return_hash = NULL
        FROM relying_parties p
        WHERE s.handle = ${consent.handle} AND s.state = 'APPROVED' AND s.decided_at > ${later(now, -GRANT_SECONDS)} AND s.${proved}
          AND p.id = s.party_id AND p.state IN ('SANDBOX', 'APPROVED')
        RETURNING s.handle, s.party_id, s.claimed_by, s.purpose, s.method),
      made AS (
        INSERT INTO consents (id, handle, party_id, grantor, subject, relation_id, ward_agreed, state, granted, purpose,
          retention_days, "fetch", frequency, granted_at, ends_at, changed_at, method, text_hash, receipt)
        SELECT ${consent.id}, handle, party_id, claimed_by, ${consent.subject}, ${consent.relationId}, ${consent.wardAgreed},
          'ACTIVE', ${json(consent.granted)}, purpose, ${consent.granted.retentionDays}, ${consent.granted.fetch}::"fetch",
          ${json(consent.granted.frequency)}, ${now}, ${consent.endsAt}, ${now}, method, ${consent.textHash}, ${consent.receipt}
        FROM shared RETURNING id)
      INSERT INTO consent_changes (consent_id, at, state, by, reason) SELECT id, ${now}, 'ACTIVE', 'person', 'GRANTED' FROM made`;
    return count === 1;
  }

  /** Writes down what is past its time. */
  expire(now: Date): Promise<number> {
    return this.#prisma.$executeRaw`
      UPDATE share_requests SET state = 'EXPIRED', ended_at = ${now}, number = NULL, return_hash = NULL
      WHERE state = 'WAITING' AND claim_until <= ${now} OR state = 'CLAIMED' AND decide_until <= ${now}
        OR state = 'APPROVED' AND decided_at <= ${later(now, -GRANT_SECONDS)}`;
  }
}

/** A number and a way back are good for one request's life. */
const spent = { number: null, returnHash: null };

const partyMayAsk = { state: { in: ['SANDBOX', 'APPROVED'] } } satisfies Prisma.RelyingPartyWhereInput;

/** The rows that were taken and are open at a moment, whatever their state says. */
const undecided = (now: Date) =>
  [
    { state: 'CLAIMED', decideUntil: { gt: now } },
    { state: 'APPROVED', decidedAt: { gt: later(now, -GRANT_SECONDS) } },
  ] satisfies Prisma.ShareRequestWhereInput[];

function json(value: Asked | Decision | object | null): Prisma.InputJsonValue {
  return value as unknown as Prisma.InputJsonValue;
}
