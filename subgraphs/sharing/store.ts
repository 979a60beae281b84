import { databaseAdapter, openServed, openStatements, TRANSACTION_TIMES } from '@dinhdanh/kit';
import type { Statements } from '@dinhdanh/kit';
import { FollowedStore } from './citizen/followed/store.ts';
import { ConsentStore } from './citizen/store.ts';
import { ShareStore } from './consent/store.ts';
import { PrismaClient } from './generated/prisma/client.ts';
import { PageStore } from './page/store.ts';
import { PartyStore } from './parties/store.ts';
import { ProviderStore } from './provider/store.ts';

/** The database of sharing: the only place that speaks to it. */
export class SharingStore {
  readonly #prisma: PrismaClient;
  /** What the authorization server asks at every step goes past Prisma. */
  readonly #statements: Statements;
  /** Requests to share. */
  readonly shares: ShareStore;
  /** Consents. */
  readonly consents: ConsentStore;
  /** What changes of accounts have made of consents. */
  readonly followed: FollowedStore;
  /** What the authorization server keeps. */
  readonly provider: ProviderStore;
  /** Relying parties and what they are registered for. */
  readonly parties: PartyStore;
  /** Requests to share as their pages see them. */
  readonly page: PageStore;

  constructor(databaseUrl: string) {
    this.#prisma = new PrismaClient({
      adapter: databaseAdapter(databaseUrl),
      transactionOptions: TRANSACTION_TIMES,
    });
    this.#statements = openStatements(databaseUrl);
    this.shares = new ShareStore(this.#prisma, this.#statements);
    this.consents = new ConsentStore(this.#prisma, this.#statements);
    this.followed = new FollowedStore(this.#prisma);
    this.provider = new ProviderStore(this.#statements);
    this.parties = new PartyStore(this.#prisma);
    this.page = new PageStore(this.#statements);
  }

  readonly served = openServed((sql, values) => this.#prisma.$queryRawUnsafe<unknown[]>(sql, ...values));

  readonly ping = async (): Promise<void> => {
    await this.#prisma.$queryRaw`SELECT 1`;
  };

  readonly close = async (): Promise<void> => {
    await Promise.all([this.#prisma.$disconnect(), this.#statements.close()]);
  };
}
