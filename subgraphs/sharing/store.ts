import { databaseAdapter, openServed } from '@dinhdanh/kit';
import { ConsentStore } from './citizen/store.ts';
import { ShareStore } from './consent/store.ts';
import { PrismaClient } from './generated/prisma/client.ts';

/** The database of sharing: the only place that speaks to it. */
export class SharingStore {
  /** The connection, for the store files of this service. */
  readonly prisma: PrismaClient;
  /** Requests to share. */
  readonly shares: ShareStore;
  /** Consents. */
  readonly consents: ConsentStore;

  constructor(databaseUrl: string) {
    this.prisma = new PrismaClient({ adapter: databaseAdapter(databaseUrl) });
    this.shares = new ShareStore(this.prisma);
    this.consents = new ConsentStore(this.prisma);
  }

  readonly served = openServed((sql, values) => this.prisma.$queryRawUnsafe<unknown[]>(sql, ...values));

  readonly ping = async (): Promise<void> => {
    await this.prisma.$queryRaw`SELECT 1`;
  };

  readonly close = (): Promise<void> => this.prisma.$disconnect();
}
