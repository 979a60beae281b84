import {
  AppError,
  changePage,
  hasCompleted,
  identifierOf,
  legalDateOf,
  matchName,
  namePartsOf,
  pageOf,
  servedPage,
  sourceOf,
} from '@dinhdanh/kit';
import type {
  CallContext,
  Connection,
  IdentityColumns,
  Matched,
  PageArguments,
  ToldSource,
  Verifiable,
} from '@dinhdanh/kit';
import type { Resolvers } from './generated/resolvers.ts';
import type { Loaders } from './loaders.ts';
import { matchForeignResident } from './match-foreign-resident.ts';
import { AGE_LIMITS, identityFile, isProvinceCode, nameAskedAbout, residenceCardToShow } from './rules.ts';
import type { Crossing, ImmigrationStore, Passport, ResidenceCard, Traveller, Visa } from './store.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext, Loaders {
  readonly store: ImmigrationStore;
}

/** A person as far as this registry needs them: by the hidden key. */
interface Person {
  readonly subject: string;
}

/** A foreigner's own file. */
export type ForeignerRow = Matched<Traveller>;
/** A passport of one of the call's people. */
export type PassportRow = Matched<Passport>;
/** A visa of one of the call's people. */
export type VisaRow = Matched<Visa>;
/** A residence card of one of the call's people. */
export type ResidenceCardRow = Matched<ResidenceCard>;
/** An entry or exit, told with the source of the file it stands in. */
export type ToldCrossing = Pick<Crossing, 'date' | 'gate' | 'direction'> & { readonly source: ToldSource };

const DATABASE = {
  database: 'Cơ sở dữ liệu quốc gia về xuất nhập cảnh',
  agency: 'Cục Quản lý xuất nhập cảnh, Bộ Công an',
};

/** What is answered alike for citizens and foreigners. */
const person = {
  passports: ({ subject }: Person, _: unknown, context: Context) => context.passports.load(subject),
  visas: ({ subject }: Person, _: unknown, context: Context) => context.visas.load(subject),
  entries: ({ subject }: Person, args: PageArguments, context: Context) =>
    crossings(subject, 'ENTRY', args, context),
  exits: ({ subject }: Person, args: PageArguments, context: Context) =>
    crossings(subject, 'EXIT', args, context),
  entryBanned: async ({ subject }: Person, _: unknown, context: Context) =>
    (await context.travellers.load(subject)).some(({ entryBanned }) => entryBanned),
  exitSuspended: async ({ subject }: Person, _: unknown, context: Context) =>
    (await context.travellers.load(subject)).some(({ exitSuspended }) => exitSuspended),
};

/** What every document tells besides its own columns. */
const document = {
  holder: (row: Matched<IdentityColumns>, _: unknown, context: Context) => context.attest(identifierOf(row)),
  source: (row: Verifiable, _: unknown, { now }: Context) => sourceOf(DATABASE, row, now),
};

/** The resolvers of immigration.graphql. */
export const resolvers: Resolvers = {
  Query: {
    immigrationChanges: (_, args, { caller, store }) => changePage(caller, args, store.changesAfter),
    immigrationServed: (_, args, context) => servedPage(context, args),
    matchForeignResident: (_, { declared }, context) => matchForeignResident(declared, context, DATABASE),
  },
  Citizen: {
    ...person,
    // A citizen who never left the country has no file and still exists: the lists are empty.
    __resolveReference: async ({ subject }, context) => {
      if (context.identifiersOf(subject).kind !== 'CITIZEN') return notFound();
      // Beside foreigners, who are looked up first, citizens wait for them: one statement then serves all.
      if (hasForeigners(context)) await context.travellers.load(subject);
      return { subject };
    },
  },
  ForeignResident: {
    ...person,
    ...document,
    __resolveReference: async ({ subject }, context) =>
      identityFile(await context.travellers.load(subject)) ?? notFound(),
    fullName: (foreigner) => foreigner.holderName,
    nameParts: (foreigner) => namePartsOf(foreigner.holderName),
    ageOver: ({ dateOfBirth }, { years }, { now }) => {
      if (years < AGE_LIMITS.least || years > AGE_LIMITS.most)
        throw new AppError('BAD_USER_INPUT', { field: 'years' });
      return hasCompleted(dateOfBirth, years, legalDateOf(now));
    },
    nameMatches: ({ holderName }, { name }) => {
      const asked = nameAskedAbout(name);
      if (asked === null) throw new AppError('BAD_USER_INPUT', { field: 'name' });
      return matchName(holderName) === asked;
    },
    // Foreigners are registered as residents by their card; the population registry has no record of them.
    permanentResidence: () => null,
    residentOf: (_, { province }) => {
      if (!isProvinceCode(province)) throw new AppError('BAD_USER_INPUT', { field: 'province' });
      return null;
    },
    identityCard: () => null,
    residenceCard: async ({ subject }, _, context) =>
      residenceCardToShow(await context.residenceCards.load(subject), legalDateOf(context.now)),
    temporaryStayCertifiedUntil: (foreigner) => foreigner.temporaryStayUntil,
  },
  Passport: {
    ...document,
    __resolveReference: ({ ref }, context) => context.passportsByRef.load(ref),
    number: (passport) => passport.passportNumber,
    holderDateOfBirth: (passport) => passport.dateOfBirth,
  },
  Visa: document,
  ResidenceCard: {
    ...document,
    __resolveReference: ({ ref }, context) => context.residenceCardsByRef.load(ref),
  },
};

/** The crossings of all of a person's files, latest first. */
async function crossings(
  subject: string,
  direction: string,
  args: PageArguments,
  context: Context,
): Promise<Connection<ToldCrossing>> {
  const files = await context.travellers.load(subject);
  const found = await Promise.all(
    files.map(async (file) => {
      const source = sourceOf(DATABASE, file, context.now);
      const rows = await context.crossings.load(file.id);
      return rows
        .filter((row) => row.direction === direction)
        .map(({ date, gate }) => ({ date, gate, direction, source }));
    }),
  );
  const latestFirst = found.flat().toSorted((a, b) => b.date.localeCompare(a.date));
  return pageOf(latestFirst, args);
}

function hasForeigners({ caller }: Context): boolean {
  return caller.subjects.some(({ id }) => caller.ids[id]?.kind === 'FOREIGN_RESIDENT');
}

function notFound(): never {
  throw new AppError('NOT_FOUND', { internal: 'no file of this subject' });
}
