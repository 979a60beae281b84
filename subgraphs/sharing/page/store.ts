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
  /** By which way it was taken: `qr`, or `link` on the phone where it began. */
  readonly door: string | null;
  readonly wrongNumbers: number;
  readonly legalName: string;
  readonly displayName: string;
  readonly domain: string;
  readonly verified: boolean;
}

const READ = `SELECT r.handle, r.interaction, r.state::text AS state, r.purpose, r.ask -> 'purposeText' AS "purposeText",
    r.code_key AS "codeKey", r.code_from AS "codeFrom", r.claim_until AS "claimUntil", r.decide_until AS "decideUntil",
    r.created_at AS "createdAt", r.claimed_at AS "claimedAt", r.decided_at AS "decidedAt", r.number IS NOT NULL AS "hasNumber", r.door,
    r.wrong_numbers AS "wrongNumbers", p.legal_name AS "legalName", p.display_name AS "displayName", p.domain,
    p.state = 'APPROVED' AS verified
  FROM share_requests r JOIN relying_parties p ON p.id = r.party_id WHERE r.handle = ANY($1::text[])`;

/** The rows behind the pages that relying parties' browsers have open. */
export class PageStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** The rows of these handles, in one statement however many there are; unknown ones are left out. */
  readonly read = (handles: readonly string[]): Promise<readonly PageRow[]> =>
    this.#prisma.$queryRawUnsafe<PageRow[]>(READ, handles);
}
