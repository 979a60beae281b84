import {
  candidateFilter,
  databaseAdapter,
  lockChanges,
  openServed,
  recordChange,
  TRANSACTION_TIMES,
} from '@dinhdanh/kit';
import type { NewChange, OpenOptions, ServiceStore, SubjectIdentifiers } from '@dinhdanh/kit';
import { findDeclared } from './find-declared.ts';
import type { DeclaredKeys } from './find-declared.ts';
import type { RecordedForeigner } from './identity-rules.ts';
import { PrismaClient } from './generated/prisma/client.ts';
import type {
  Change,
  Crossing,
  Passport,
  Prisma,
  ResidenceCard,
  Traveller,
  Visa,
} from './generated/prisma/client.ts';

export type { Change, Crossing, Passport, ResidenceCard, Traveller, Visa };

type Candidates<Row> = (ids: Readonly<Record<string, SubjectIdentifiers>>) => Promise<Row[]>;

/**
 * What can be asked of the immigration database: each method is one statement on one table. Candidates are rows that
 * may be one of these people's; {@link matchSubjects} tells which are.
 */
export interface ImmigrationStore extends ServiceStore {
  readonly travellers: Candidates<Traveller>;
  /** All that a foreigner's declaration is held against, in one statement over its tables. */
  readonly declaredUnder: (keys: DeclaredKeys) => PromiseLike<RecordedForeigner[]>;
  /** Latest first, as visas. */
  readonly passports: Candidates<Passport>;
  readonly visas: Candidates<Visa>;
  readonly residenceCards: Candidates<ResidenceCard>;
  readonly passportsByRefs: (refs: readonly string[]) => Promise<Passport[]>;
  readonly residenceCardsByRefs: (refs: readonly string[]) => Promise<ResidenceCard[]>;
  /** Latest first. */
  readonly crossingsOf: (travellerIds: readonly number[]) => Promise<Crossing[]>;
  readonly changesAfter: (id: bigint, take: number) => Promise<Change[]>;
  /** Runs writes as one transaction, after those before it: all of them stand, with their change, or none. */
  readonly write: (work: (writer: ImmigrationWriter) => Promise<void>) => Promise<void>;
}

/** What changed, as `ImmigrationChangeKind` has it. */
export type ChangeKind = 'PASSPORT_CHANGED' | 'RESIDENCE_CARD_CHANGED' | 'BORDER_CROSSED';

/** What can be written within one transaction: each method is one statement on one table. */
export interface ImmigrationWriter {
  /** The files under a personal number, the one verified last first. */
  readonly files: (personalNumber: string) => Promise<Traveller[]>;
  readonly addPassport: (passport: Passport) => Promise<void>;
  readonly residenceCard: (ref: string) => Promise<ResidenceCard | null>;
  readonly setResidenceCardExpiry: (ref: string, expiryDate: string, verifiedAt: Date) => Promise<void>;
  readonly crossings: (travellerId: number, direction: string, date: string) => Promise<Crossing[]>;
  readonly addCrossing: (crossing: Crossing) => Promise<void>;
  readonly addChange: (change: NewChange<ChangeKind>) => Promise<void>;
}

/** Opens the immigration database. The connection is made with the first statement. */
export function openStore({ databaseUrl }: Pick<OpenOptions, 'databaseUrl'>): ImmigrationStore {
  const prisma = new PrismaClient({
    adapter: databaseAdapter(databaseUrl),
    transactionOptions: TRANSACTION_TIMES,
  });
  const these = (refs: readonly string[]) => ({ where: { ref: { in: [...refs] } } });
  return {
    travellers: (ids) => prisma.traveller.findMany({ where: candidateFilter(ids) }),
    declaredUnder: (keys) => findDeclared(prisma, keys),
    passports: (ids) =>
      prisma.passport.findMany({ where: candidateFilter(ids), orderBy: { issueDate: 'desc' } }),
    visas: (ids) => prisma.visa.findMany({ where: candidateFilter(ids), orderBy: { validFrom: 'desc' } }),
    residenceCards: (ids) => prisma.residenceCard.findMany({ where: candidateFilter(ids) }),
    passportsByRefs: (refs) => prisma.passport.findMany(these(refs)),
    residenceCardsByRefs: (refs) => prisma.residenceCard.findMany(these(refs)),
    crossingsOf: (travellerIds) =>
      prisma.crossing.findMany({
        where: { travellerId: { in: [...travellerIds] } },
        orderBy: [{ date: 'desc' }, { position: 'desc' }],
      }),
    changesAfter: (id, take) =>
      prisma.change.findMany({ where: { id: { gt: id } }, orderBy: { id: 'asc' }, take }),
    write: (work) =>
      prisma.$transaction(async (transaction) => {
        await lockChanges(transaction);
        await work(writerOf(transaction));
      }),
    served: openServed((sql, values) => prisma.$queryRawUnsafe<unknown[]>(sql, ...values)),
    ping: async () => {
      await prisma.$queryRaw`SELECT 1`;
    },
    close: () => prisma.$disconnect(),
  };
}

function writerOf(transaction: Prisma.TransactionClient): ImmigrationWriter {
  const { traveller, passport, residenceCard, crossing } = transaction;
  return {
    files: (personalNumber) =>
      traveller.findMany({ where: { personalNumber }, orderBy: { verifiedAt: 'desc' } }),
    addPassport: async (row) => {
      await passport.createMany({ data: row });
    },
    residenceCard: (ref) => residenceCard.findUnique({ where: { ref } }),
    setResidenceCardExpiry: async (ref, expiryDate, verifiedAt) => {
      await residenceCard.updateMany({ where: { ref }, data: { expiryDate, verifiedAt } });
    },
    crossings: (travellerId, direction, date) =>
      crossing.findMany({ where: { travellerId, direction, date }, orderBy: { position: 'asc' } }),
    addCrossing: async (row) => {
      await crossing.createMany({ data: row });
    },
    addChange: (change) => recordChange(transaction, change),
  };
}
