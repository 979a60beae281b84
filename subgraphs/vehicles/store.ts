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
  Inspection,
  MandatoryInsurance,
  Plate,
  PlateAttachment,
  Prisma,
  Vehicle,
} from './generated/prisma/client.ts';

export type { Change, Inspection, MandatoryInsurance, Plate, PlateAttachment, Vehicle };

type Ids = Readonly<Record<string, SubjectIdentifiers>>;

/** What may be written in the transaction of one change. */
export type VehicleWrites = Pick<
  Prisma.TransactionClient,
  'vehicle' | 'plate' | 'plateAttachment' | 'inspection' | 'mandatoryInsurance'
>;

/** What can be asked of the vehicle database: each method is one statement on one table. */
export interface VehicleStore extends ServiceStore {
  /** Vehicles that may be one of these people's; {@link matchSubjects} tells which are. */
  readonly candidates: (ids: Ids) => Promise<Vehicle[]>;
  readonly byRefs: (refs: readonly string[]) => Promise<Vehicle[]>;
  /** Plates without a vehicle that may be one of these people's. */
  readonly retainedCandidates: (ids: Ids) => Promise<Plate[]>;
  /** Oldest first. */
  readonly attachmentsOf: (refs: readonly string[]) => Promise<PlateAttachment[]>;
  /** Oldest first. */
  readonly inspectionsOf: (refs: readonly string[]) => Promise<Inspection[]>;
  /** The one that ends first comes first. */
  readonly insurancesOf: (refs: readonly string[]) => Promise<MandatoryInsurance[]>;
  readonly changesAfter: (id: bigint, take: number) => Promise<Change[]>;
  /** Runs writes and records what they changed, in one transaction: neither stands without the other. */
  readonly change: (work: (write: VehicleWrites) => Promise<NewChange>) => Promise<void>;
}

/** Opens the vehicle database. The connection is made with the first statement. */
export function openStore({ databaseUrl }: Pick<OpenOptions, 'databaseUrl'>): VehicleStore {
  const prisma = new PrismaClient({
    adapter: databaseAdapter(databaseUrl),
    transactionOptions: TRANSACTION_TIMES,
  });
  const of = (refs: readonly string[]) => ({ vehicleRef: { in: [...refs] } });
  return {
    candidates: (ids) =>
      prisma.vehicle.findMany({
        where: candidateFilter(ids),
        orderBy: [{ issueDate: 'asc' }, { ref: 'asc' }],
      }),
    byRefs: (refs) => prisma.vehicle.findMany({ where: { ref: { in: [...refs] } } }),
    retainedCandidates: (ids) =>
      prisma.plate.findMany({
        where: { ...candidateFilter(ids), retainedUntil: { not: null } },
        orderBy: { plate: 'asc' },
      }),
    attachmentsOf: (refs) =>
      prisma.plateAttachment.findMany({ where: of(refs), orderBy: { attachedFrom: 'asc' } }),
    inspectionsOf: (refs) => prisma.inspection.findMany({ where: of(refs), orderBy: { date: 'asc' } }),
    insurancesOf: (refs) =>
      prisma.mandatoryInsurance.findMany({ where: of(refs), orderBy: { validTo: 'asc' } }),
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
