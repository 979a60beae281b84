import { Prisma } from '../generated/prisma/client.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import type { PublicKeySet } from './check-keys.ts';

/** State of a relying party. */
export type PartyState = 'SANDBOX' | 'APPROVED' | 'SUSPENDED' | 'REFUSED';

/** A purpose a relying party is registered for. */
export interface PartyPurposeRow {
  readonly code: string;
  readonly claims: readonly string[];
  readonly retentionDays: number;
  readonly standing: boolean;
}

/** What a relying party registers: all that may change later. */
export interface PartyRegistration {
  readonly displayName: string;
  readonly domain: string;
  readonly dataContact: string;
  readonly redirectUris: readonly string[];
  readonly jwks: PublicKeySet | null;
  readonly jwksUri: string | null;
  readonly purposes: readonly PartyPurposeRow[];
}

/** A relying party as it is kept. */
export interface PartyRow extends PartyRegistration {
  readonly id: string;
  readonly organisationId: string;
  readonly legalName: string;
  readonly taxCode: string;
  readonly sector: string;
  readonly state: PartyState;
  readonly reason: string | null;
  readonly registeredBy: string;
  readonly registeredAt: Date;
  readonly decidedAt: Date | null;
}

/** Where a page of applications goes on. */
export interface ApplicationPlace {
  readonly registeredAt: Date;
  readonly id: string;
}

/** The tables of relying parties. */
export class PartyStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  async find(id: string): Promise<PartyRow | null> {
    const row = await this.#prisma.relyingParty.findUnique({ where: { id }, include: { purposes: true } });
    return row === null ? null : toParty(row);
  }

  async ofOrganisations(organisationIds: readonly string[]): Promise<readonly PartyRow[]> {
    const rows = await this.#prisma.relyingParty.findMany({
      where: { organisationId: { in: [...organisationIds] } },
      include: { purposes: true },
      orderBy: [{ registeredAt: 'desc' }, { id: 'asc' }],
      take: 100,
    });
    return rows.map(toParty);
  }

  /** Those that wait for a decision, the longest first. */
  async applications(after: ApplicationPlace | null, most: number): Promise<readonly PartyRow[]> {
    const later =
      after === null
        ? {}
        : {
            OR: [
              { registeredAt: { gt: after.registeredAt } },
              { registeredAt: after.registeredAt, id: { gt: after.id } },
            ],
          };
    const rows = await this.#prisma.relyingParty.findMany({
      where: { state: 'SANDBOX', ...later },
      include: { purposes: true },
      orderBy: [{ registeredAt: 'asc' }, { id: 'asc' }],
      take: most,
    });
    return rows.map(toParty);
  }

  /** Keeps a relying party with its purposes, in place of what stood under its id; all at once. */
  async keep(party: PartyRow, decidedBy: string | null = null): Promise<void> {
    const { id, purposes, jwks, redirectUris, ...rest } = party;
    const row = {
      ...rest,
      decidedBy,
      redirectUris: [...redirectUris],
      jwks: jwks === null ? Prisma.DbNull : (JSON.parse(JSON.stringify(jwks)) as object),
    };
    const kept = purposes.map(({ code, claims, retentionDays, standing }) => ({
      ...{ partyId: id, code, claims: [...claims], retentionDays, standing },
    }));
    await this.#prisma.$transaction([
      this.#prisma.relyingParty.upsert({ where: { id }, create: { id, ...row }, update: row }),
      this.#prisma.partyPurpose.deleteMany({ where: { partyId: id } }),
      this.#prisma.partyPurpose.createMany({ data: kept }),
    ]);
  }

  /** Decides on a relying party: `false` where there is none. */
  async decide(
    id: string,
    decision: { state: PartyState; reason: string | null; decidedBy: string; decidedAt: Date },
  ): Promise<boolean> {
    const { count } = await this.#prisma.relyingParty.updateMany({ where: { id }, data: decision });
    return count === 1;
  }
}

type StoredParty = Omit<PartyRow, 'jwks' | 'purposes'> & {
  readonly jwks: unknown;
  readonly purposes: readonly PartyPurposeRow[];
};

function toParty(row: StoredParty): PartyRow {
  return { ...row, jwks: row.jwks as PublicKeySet | null };
}
