import { databaseAdapter, lockChanges, openServed, recordChange, TRANSACTION_TIMES } from '@dinhdanh/kit';
import type { NewChange, OpenOptions, ServiceStore } from '@dinhdanh/kit';
import type { ChangeKind } from './changes.ts';
import { findDeclared } from './find-declared.ts';
import { LAST_DAY_OF_OLD_CARDS } from './rules.ts';
import type { RecordedCitizen } from './identity-rules.ts';
import { PrismaClient } from './generated/prisma/client.ts';
import type {
  Address,
  Change,
  Citizen,
  HouseholdMember,
  IdentityCard,
  Portrait,
  Prisma,
  RelatedPerson,
} from './generated/prisma/client.ts';

export type { Address, Change, Citizen, HouseholdMember, IdentityCard, Portrait, RelatedPerson };

/** Which place of a record an address is. */
export type AddressKind = 'BIRTH' | 'BIRTH_REGISTRATION' | 'ORIGIN' | 'PERMANENT' | 'TEMPORARY' | 'CURRENT';

/** Which part of a record names a related person. */
export type RelatedPart = 'FATHER' | 'MOTHER' | 'SPOUSE' | 'CHILD' | 'REPRESENTATIVE' | 'REPRESENTED';

/** Whether a member of the household is told as its head or as one of its members. */
export type HouseholdPart = 'HEAD' | 'MEMBER';

/** What can be asked of the population database: each method is one statement on one table. */
export interface PopulationStore extends ServiceStore {
  /** Records that carry one of the numbers, as their own or as one cancelled since. */
  readonly byNumbers: (numbers: readonly string[]) => Promise<Citizen[]>;
  /** All that a declaration under a number is held against, in one statement over its tables; null where nobody has it. */
  readonly declaredUnder: (number: string) => Promise<RecordedCitizen | null>;
  readonly addressesOf: (citizenIds: readonly number[]) => Promise<Address[]>;
  readonly relatedPersonsOf: (citizenIds: readonly number[]) => Promise<RelatedPerson[]>;
  readonly householdMembersOf: (citizenIds: readonly number[]) => Promise<HouseholdMember[]>;
  readonly cardsOf: (citizenIds: readonly number[]) => Promise<IdentityCard[]>;
  readonly cardsByRefs: (refs: readonly string[]) => Promise<IdentityCard[]>;
  readonly portraitsOf: (cardRefs: readonly string[]) => Promise<Portrait[]>;
  readonly changesAfter: (id: bigint, take: number) => Promise<Change[]>;
  /** The legal day up to which ended cards are told of; null before the first look. */
  readonly toldExpiries: () => Promise<string | null>;
  /** Runs writes as one transaction: all of them stand, with their rows of `changes`, or none. */
  readonly write: <Result>(work: (writer: PopulationWriter) => Promise<Result>) => Promise<Result>;
}

/** What a correction may set on a citizen's own row. */
export type CitizenUpdate = Pick<Prisma.CitizenUpdateInput, WritableColumn>;
type WritableColumn =
  | 'personalNumber'
  | 'previousNumbers'
  | 'fullName'
  | 'dateOfBirth'
  | 'deathDate'
  | 'status'
  | 'eidStatus'
  | 'eidLockReason'
  | 'eidLockedAt'
  | 'verifiedAt'
  | 'assurance';

/** What can be written within one transaction: each method is one statement on one table. */
export interface PopulationWriter {
  /** The records that carry a number, as their own or as one cancelled since. */
  readonly byNumber: (number: string) => Promise<Citizen[]>;
  readonly updateCitizen: (id: number, update: CitizenUpdate) => Promise<void>;
  /** The persons one part of a record names, in their order. */
  readonly relatedPersons: (citizenId: number, part: RelatedPart) => Promise<RelatedPerson[]>;
  readonly addRelatedPerson: (row: RelatedPerson & { readonly part: RelatedPart }) => Promise<void>;
  /** Strikes a person, or whoever is named without a number, out of one part of a record; how many were struck out. */
  readonly removeRelatedPerson: (
    citizenId: number,
    part: RelatedPart,
    number: string | null,
  ) => Promise<number>;
  /** Sets a new number wherever others' records name its owner. */
  readonly renumberRelatedPersons: (from: string, to: string) => Promise<void>;
  readonly renumberHouseholdMembers: (from: string, to: string) => Promise<void>;
  readonly card: (ref: string) => Promise<IdentityCard | null>;
  readonly setCardStatus: (ref: string, cardStatus: string, verifiedAt: Date) => Promise<void>;
  readonly cardsOf: (citizenId: number) => Promise<IdentityCard[]>;
  /** Sets the day up to which ended cards are told of; the day before it, null for the first. */
  readonly turnExpiries: (today: string) => Promise<string | null>;
  /** Cards nobody withdrew, held or lost whose date, or the law of their kind, can end them from one day to another. */
  readonly cardsEnding: (from: string, to: string) => Promise<IdentityCard[]>;
  readonly addChange: (change: NewChange<ChangeKind>) => Promise<void>;
}

/** Opens the population database. The connection is made with the first statement. */
export function openStore({ databaseUrl }: Pick<OpenOptions, 'databaseUrl'>): PopulationStore {
  const prisma = new PrismaClient({
    adapter: databaseAdapter(databaseUrl),
    transactionOptions: TRANSACTION_TIMES,
  });
  const of = (citizenIds: readonly number[]) => ({ citizenId: { in: [...citizenIds] } });
  return {
    declaredUnder: (number) => findDeclared(prisma, number),
    byNumbers: (numbers) => prisma.citizen.findMany({ where: carrying(numbers) }),
    addressesOf: (ids) => prisma.address.findMany({ where: of(ids) }),
    relatedPersonsOf: (ids) =>
      prisma.relatedPerson.findMany({ where: of(ids), orderBy: { position: 'asc' } }),
    householdMembersOf: (ids) =>
      prisma.householdMember.findMany({ where: of(ids), orderBy: { position: 'asc' } }),
    cardsOf: (ids) => prisma.identityCard.findMany({ where: of(ids) }),
    cardsByRefs: (refs) => prisma.identityCard.findMany({ where: { ref: { in: [...refs] } } }),
    portraitsOf: (cardRefs) => prisma.portrait.findMany({ where: { cardRef: { in: [...cardRefs] } } }),
    changesAfter: (id, take) =>
      prisma.change.findMany({ where: { id: { gt: id } }, orderBy: { id: 'asc' }, take }),
    toldExpiries: async () => (await prisma.toldExpiry.findUnique({ where: { id: 1 } }))?.day ?? null,
    write: (work) =>
      prisma.$transaction(async (transaction) => {
        await lockChanges(transaction);
        return work(writerOf(transaction));
      }),
    served: openServed((sql, values) => prisma.$queryRawUnsafe<unknown[]>(sql, ...values)),
    ping: async () => {
      await prisma.$queryRaw`SELECT 1`;
    },
    close: () => prisma.$disconnect(),
  };
}

function carrying(numbers: readonly string[]): Prisma.CitizenWhereInput {
  return {
    OR: [{ personalNumber: { in: [...numbers] } }, { previousNumbers: { hasSome: [...numbers] } }],
  };
}

/** The cards of nine digits all end on one day, whatever is printed on them. */
function outlawed(from: string, to: string): Prisma.IdentityCardWhereInput[] {
  const isMet = from <= LAST_DAY_OF_OLD_CARDS && LAST_DAY_OF_OLD_CARDS < to;
  return isMet ? [{ documentType: 'CMND' }] : [];
}

function writerOf(transaction: Prisma.TransactionClient): PopulationWriter {
  const { citizen, relatedPerson, householdMember, identityCard, toldExpiry } = transaction;
  return {
    byNumber: (number) => citizen.findMany({ where: carrying([number]) }),
    updateCitizen: async (id, update) => {
      await citizen.updateMany({ where: { id }, data: update });
    },
    relatedPersons: (citizenId, part) =>
      relatedPerson.findMany({ where: { citizenId, part }, orderBy: { position: 'asc' } }),
    addRelatedPerson: async (row) => {
      await relatedPerson.createMany({ data: row });
    },
    removeRelatedPerson: async (citizenId, part, personalNumber) => {
      const { count } = await relatedPerson.deleteMany({ where: { citizenId, part, personalNumber } });
      return count;
    },
    renumberRelatedPersons: async (from, to) => {
      await relatedPerson.updateMany({ where: { personalNumber: from }, data: { personalNumber: to } });
    },
    renumberHouseholdMembers: async (from, to) => {
      await householdMember.updateMany({ where: { personalNumber: from }, data: { personalNumber: to } });
    },
    card: (ref) => identityCard.findUnique({ where: { ref } }),
    setCardStatus: async (ref, cardStatus, verifiedAt) => {
      await identityCard.updateMany({ where: { ref }, data: { cardStatus, verifiedAt } });
    },
    cardsOf: (citizenId) => identityCard.findMany({ where: { citizenId } }),
    turnExpiries: async (day) => {
      const before = await toldExpiry.findUnique({ where: { id: 1 } });
      await toldExpiry.upsert({ where: { id: 1 }, create: { day }, update: { day } });
      return before?.day ?? null;
    },
    cardsEnding: (from, to) =>
      identityCard.findMany({
        where: { cardStatus: 'VALID', OR: [{ expiryDate: { gte: from, lt: to } }, ...outlawed(from, to)] },
        orderBy: { ref: 'asc' },
      }),
    addChange: (change) => recordChange(transaction, change),
  };
}
