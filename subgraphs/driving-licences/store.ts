import {
  candidateFilter,
  databaseAdapter,
  lockChanges,
  openServed,
  recordChange,
  TRANSACTION_TIMES,
} from '@dinhdanh/kit';
import type { NewChange, OpenOptions, ServiceStore, SubjectIdentifiers } from '@dinhdanh/kit';
import { PrismaClient } from './generated/prisma/client.ts';
import type {
  Change,
  Licence,
  LicenceClass,
  LicencePoints,
  LicenceRestriction,
  PointsDeduction,
  Prisma,
} from './generated/prisma/client.ts';

export type { Change, Licence, LicenceClass, LicencePoints, LicenceRestriction, PointsDeduction };

/** What may be written in the transaction of one change. */
export type LicenceWrites = Pick<
  Prisma.TransactionClient,
  'licence' | 'licenceClass' | 'licencePoints' | 'pointsDeduction'
>;

/** What can be asked of the licence database: each method is one statement on one table. */
export interface LicenceStore extends ServiceStore {
  /** Licences that may be one of these people's; {@link matchSubjects} tells which are. */
  readonly candidates: (ids: Readonly<Record<string, SubjectIdentifiers>>) => Promise<Licence[]>;
  readonly byRefs: (refs: readonly string[]) => Promise<Licence[]>;
  readonly classesOf: (refs: readonly string[]) => Promise<LicenceClass[]>;
  readonly restrictionsOf: (refs: readonly string[]) => Promise<LicenceRestriction[]>;
  readonly pointsOf: (refs: readonly string[]) => Promise<LicencePoints[]>;
  /** Latest first. */
  readonly deductionsOf: (refs: readonly string[]) => Promise<PointsDeduction[]>;
  readonly changesAfter: (id: bigint, take: number) => Promise<Change[]>;
  /** Runs writes and records what they changed, in one transaction: neither stands without the other. */
  readonly change: (work: (write: LicenceWrites) => Promise<NewChange>) => Promise<void>;
}

/** Opens the licence database. The connection is made with the first statement. */
export function openStore({ databaseUrl }: Pick<OpenOptions, 'databaseUrl'>): LicenceStore {
  const prisma = new PrismaClient({
    adapter: databaseAdapter(databaseUrl),
    transactionOptions: TRANSACTION_TIMES,
  });
  const of = (refs: readonly string[]) => ({ licenceRef: { in: [...refs] } });
  return {
    candidates: (ids) =>
      prisma.licence.findMany({
        where: candidateFilter(ids),
        orderBy: [{ issueDate: 'asc' }, { ref: 'asc' }],
      }),
    byRefs: (refs) => prisma.licence.findMany({ where: { ref: { in: [...refs] } } }),
    classesOf: (refs) => prisma.licenceClass.findMany({ where: of(refs), orderBy: { position: 'asc' } }),
    restrictionsOf: (refs) =>
      prisma.licenceRestriction.findMany({ where: of(refs), orderBy: { position: 'asc' } }),
    pointsOf: (refs) => prisma.licencePoints.findMany({ where: of(refs), orderBy: { group: 'asc' } }),
    deductionsOf: (refs) =>
      prisma.pointsDeduction.findMany({ where: of(refs), orderBy: { position: 'desc' } }),
    changesAfter: (id, take) =>
      prisma.change.findMany({ where: { id: { gt: id } }, orderBy: { id: 'asc' }, take }),
    change: (work) =>
      prisma.$transaction(async (write) => {
        await lockChanges(write);
        await recordChange(write, await work(write));
      }),
    served: openServed((sql, values) => prisma.$queryRawUnsafe<unknown[]>(sql, ...values)),
    ping: async () => {
      await prisma.$queryRaw`SELECT 1`;
    },
    close: () => prisma.$disconnect(),
  };
}
