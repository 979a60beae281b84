import type { Statements } from '@dinhdanh/kit';
import { CLAIM_SECONDS, GRANT_SECONDS, later, RENEW_SECONDS } from '../consent/share-states.ts';
import type { ShareState } from '../consent/share-states.ts';

/** What the page works with of one request: nothing of who took it. */
export interface PageRow {
  readonly handle: string;
  readonly interaction: string;
  readonly state: ShareState;
  readonly purpose: string;
  /** In the relying party's words. */
  readonly purposeText: { readonly vi?: string; readonly en?: string } | null;
  readonly codeKey: Uint8Array;
  readonly codeFrom: Date;
  readonly claimUntil: Date;
  readonly decideUntil: Date | null;
  readonly createdAt: Date;
  /** When somebody took it; who it was is not read. */
  readonly claimedAt: Date | null;
  readonly decidedAt: Date | null;
  /** Whether a number is to be typed where it began. */
  readonly hasNumber: boolean;
  /** By which way it was taken: `qr`, or `link` on the phone where it began. */
  readonly door: string | null;
  readonly wrongNumbers: number;
  readonly partyId: string;
  readonly legalName: string;
  readonly displayName: string;
  readonly domain: string;
  readonly verified: boolean;
}

const READ = `SELECT r.handle, r.interaction, r.state::text AS state, r.purpose, r.ask -> 'purposeText' AS "purposeText",
    r.code_key AS "codeKey", r.code_from AS "codeFrom", r.claim_until AS "claimUntil", r.decide_until AS "decideUntil",
    r.created_at AS "createdAt", r.claimed_at AS "claimedAt", r.decided_at AS "decidedAt", r.number IS NOT NULL AS "hasNumber", r.door,
    r.wrong_numbers AS "wrongNumbers", r.party_id AS "partyId", p.legal_name AS "legalName", p.display_name AS "displayName", p.domain,
    p.state = 'APPROVED' AS verified
  FROM share_requests r JOIN relying_parties p ON p.id = r.party_id WHERE r.handle = ANY($1::text[])`;

// The old state stands in the condition: of a renewal and a claim at one instant, one finds nothing to change.
const RENEW = `UPDATE share_requests SET state = 'WAITING', code_key = $2, code_from = $3, claim_until = $4, ended_at = NULL
  WHERE handle = $1 AND state IN ('WAITING', 'EXPIRED') AND claimed_at IS NULL AND created_at > $5`;

// What has run out is left to say so: `shareStateAt` has it as EXPIRED from that instant.
const CANCEL = `UPDATE share_requests SET state = 'CANCELLED', number = NULL, return_hash = NULL, ended_at = $2
  WHERE handle = $1 AND (state = 'WAITING' AND claim_until > $2 OR state = 'CLAIMED' AND decide_until > $2
    OR state = 'APPROVED' AND decided_at > $3)`;

/** The rows behind the pages that relying parties' browsers have open. */
export class PageStore {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** The rows of these handles, in one statement however many there are; unknown ones are left out. */
  readonly read = (handles: readonly string[]): Promise<readonly PageRow[]> =>
    this.#statements.query<PageRow>({ text: READ, values: [handles] });

  /** A new code in the place of the old one, with its full time, while nobody has taken the request; tells whether it came. */
  readonly renew = async (handle: string, codeKey: Uint8Array, now: Date): Promise<boolean> => {
    const claimUntil = later(now, CLAIM_SECONDS);
    const createdAfter = later(now, -RENEW_SECONDS);
    const changed = await this.#statements.execute({
      text: RENEW,
      values: [handle, codeKey, now, claimUntil, createdAfter],
    });
    return changed === 1;
  };

  /** Ends a request where it began, unless it has ended; tells whether it did. */
  readonly cancel = async (handle: string, now: Date): Promise<boolean> =>
    (await this.#statements.execute({
      text: CANCEL,
      values: [handle, now, later(now, -GRANT_SECONDS)],
    })) === 1;
}
