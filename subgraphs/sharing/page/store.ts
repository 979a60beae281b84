import type { ShareState } from '../consent/share-states.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';

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
  readonly wrongNumbers: number;
  readonly legalName: string;
  readonly displayName: string;
  readonly domain: string;
  readonly verified: boolean;
}

const READ = `SELECT r.handle, r.interaction, r.state::text AS state, r.purpose, r.ask -> 'purposeText' AS "purposeText",
    r.code_key AS "codeKey", r.code_from AS "codeFrom", r.claim_until AS "claimUntil", r.decide_until AS "decideUntil",
    r.created_at AS "createdAt", r.claimed_at AS "claimedAt", r.decided_at AS "decidedAt", r.number IS NOT NULL AS "hasNumber",
    r.wrong_numbers AS "wrongNumbers", p.legal_name AS "legalName", p.display_name AS "displayName", p.domain,
    p.state = 'APPROVED' AS verified
  FROM share_requests r JOIN relying_parties p ON p.id = r.party_id WHERE r.handle = ANY($1::text[])`;

// The old state stands in the condition: of a renewal and a claim at one instant, one finds nothing to change.
const RENEW = `UPDATE share_requests SET state = 'WAITING', code_key = $2, code_from = $3, claim_until = $4, ended_at = NULL
  WHERE handle = $1 AND state IN ('WAITING', 'EXPIRED') AND claimed_at IS NULL AND created_at > $5`;

const CANCEL = `UPDATE share_requests SET state = 'CANCELLED', number = NULL, return_hash = NULL, ended_at = $2
  WHERE handle = $1 AND state IN ('WAITING', 'CLAIMED', 'APPROVED')`;

/** A new code of a request. */
export interface NewCode {
  readonly codeKey: Uint8Array;
  readonly codeFrom: Date;
  readonly claimUntil: Date;
  /** Requests made before this instant get no new code. */
  readonly createdAfter: Date;
}

/** The rows behind the pages that relying parties' browsers have open. */
export class PageStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** The rows of these handles, in one statement however many there are; unknown ones are left out. */
  readonly read = (handles: readonly string[]): Promise<readonly PageRow[]> =>
    this.#prisma.$queryRawUnsafe<PageRow[]>(READ, handles);

  /** Puts a new code in the place of the old one, while nobody has taken the request; tells whether it did. */
  readonly renew = async (handle: string, code: NewCode): Promise<boolean> => {
    const { codeKey, codeFrom, claimUntil, createdAfter } = code;
    const changed = await this.#prisma.$executeRawUnsafe(
      RENEW,
      handle,
      codeKey,
      codeFrom,
      claimUntil,
      createdAfter,
    );
    return changed === 1;
  };

  /** Ends a request from where it began, unless it has ended; tells whether it did. */
  readonly cancel = async (handle: string, at: Date): Promise<boolean> =>
    (await this.#prisma.$executeRawUnsafe(CANCEL, handle, at)) === 1;
}
