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
  Benefit,
  Change,
  ContributionPeriod,
  Facility,
  HealthCard,
  MedicalVisit,
  Membership,
  Prisma,
} from './generated/prisma/client.ts';

export type { Benefit, Change, ContributionPeriod, Facility, HealthCard, MedicalVisit, Membership };

type Ids = Readonly<Record<string, SubjectIdentifiers>>;

/** What may be written in the transaction of one change. */
export type InsuranceWrites = Pick<
  Prisma.TransactionClient,
  'membership' | 'contributionPeriod' | 'healthCard' | 'facility' | 'medicalVisit'
>;

/** What can be asked of the insurance database: each method is one statement on one table. */
export interface InsuranceStore extends ServiceStore {
  /** Memberships that may be one of these people's; {@link matchSubjects} tells which are. */
  readonly membershipCandidates: (ids: Ids) => Promise<Membership[]>;
  readonly membershipsByRefs: (refs: readonly string[]) => Promise<Membership[]>;
  /** Health insurance cards that may be one of these people's. */
  readonly cardCandidates: (ids: Ids) => Promise<HealthCard[]>;
  readonly cardsByRefs: (refs: readonly string[]) => Promise<HealthCard[]>;
  /** Oldest first. */
  readonly periodsOf: (refs: readonly string[]) => Promise<ContributionPeriod[]>;
  /** Latest first. */
  readonly benefitsOf: (refs: readonly string[]) => Promise<Benefit[]>;
  /** Latest first. */
  readonly visitsOf: (refs: readonly string[]) => Promise<MedicalVisit[]>;
  readonly facilitiesByCodes: (codes: readonly string[]) => Promise<Facility[]>;
  readonly changesAfter: (id: bigint, take: number) => Promise<Change[]>;
  /** Runs writes and records what they changed, in one transaction: neither stands without the other. */
  readonly change: (work: (write: InsuranceWrites) => Promise<NewChange>) => Promise<void>;
}

/** Opens the insurance database. The connection is made with the first statement. */
export function openStore({ databaseUrl }: Pick<OpenOptions, 'databaseUrl'>): InsuranceStore {
  const prisma = new PrismaClient({
    adapter: databaseAdapter(databaseUrl),
    transactionOptions: TRANSACTION_TIMES,
  });
  const refsIn = (refs: readonly string[]) => ({ ref: { in: [...refs] } });
  const ofMembership = (refs: readonly string[]) => ({ membershipRef: { in: [...refs] } });
  return {
    membershipCandidates: (ids) => prisma.membership.findMany({ where: candidateFilter(ids) }),
    membershipsByRefs: (refs) => prisma.membership.findMany({ where: refsIn(refs) }),
    cardCandidates: (ids) => prisma.healthCard.findMany({ where: candidateFilter(ids) }),
    cardsByRefs: (refs) => prisma.healthCard.findMany({ where: refsIn(refs) }),
    periodsOf: (refs) =>
      prisma.contributionPeriod.findMany({ where: ofMembership(refs), orderBy: { position: 'asc' } }),
    benefitsOf: (refs) =>
      prisma.benefit.findMany({ where: ofMembership(refs), orderBy: { position: 'desc' } }),
    visitsOf: (refs) =>
      prisma.medicalVisit.findMany({
        where: { healthCardRef: { in: [...refs] } },
        orderBy: { position: 'desc' },
      }),
    facilitiesByCodes: (codes) => prisma.facility.findMany({ where: { code: { in: [...codes] } } }),
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
