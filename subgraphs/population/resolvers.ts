import {
  AppError,
  changePage,
  hasCompleted,
  legalDateOf,
  matchName,
  namePartsOf,
  servedPage,
  sourceOf,
} from '@dinhdanh/kit';
import type { CallContext, ToldSource } from '@dinhdanh/kit';
import type { Resolvers } from './generated/resolvers.ts';
import type { Loaders } from './loaders.ts';
import { matchCitizen } from './match-citizen.ts';
import {
  AGE_LIMITS,
  attestedNumberOf,
  cardStatusOn,
  cardToShow,
  isProvinceCode,
  nameAskedAbout,
  residesIn,
} from './rules.ts';
import type { FoundCitizen } from './rules.ts';
import type {
  Address,
  AddressKind,
  Citizen,
  HouseholdMember,
  HouseholdPart,
  PopulationStore,
  RelatedPart,
  RelatedPerson,
} from './store.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext, Loaders {
  readonly store: PopulationStore;
}

/** A citizen's own row. */
export type CitizenRow = FoundCitizen<Citizen>;
/** What belongs to a citizen's record, told with the source of the record. */
type Told<Part> = Part & { readonly source: ToldSource };
/** A place where a citizen lives. */
export type ToldResidence = Told<Address>;
/** Name and relation alone: a number would be a way on to the other person's own record. */
export type ToldRelative = Told<Pick<RelatedPerson, 'fullName' | 'relation'>>;
/** A member of the household, as a relative. */
export type ToldMember = Told<Pick<HouseholdMember, 'fullName' | 'relationToHead'>>;
/** State of the electronic identity; instants in RFC 3339. */
export type ToldElectronicIdentity = Told<{
  readonly status: string;
  readonly lockReason: string | null;
  readonly lockedAt: string | null;
  readonly level: number | null;
}>;
/** The last reading of a chip; the instant in RFC 3339. */
export interface ToldChipCheck {
  readonly passiveAuthentication: string;
  readonly chipAuthentication: string | null;
  readonly faceMatch: string | null;
  readonly checkedAt: string | null;
}

const POPULATION = {
  database: 'Cơ sở dữ liệu quốc gia về dân cư',
  agency: 'Cục Cảnh sát quản lý hành chính về trật tự xã hội, Bộ Công an',
};
const IDENTITY_CARDS = { ...POPULATION, database: 'Cơ sở dữ liệu căn cước' };

/** The resolvers of population.graphql. */
export const resolvers: Resolvers = {
  Query: {
    populationChanges: (_, args, { caller, store }) => changePage(caller, args, store.changesAfter),
    populationServed: (_, args, context) => servedPage(context, args),
    matchCitizen: (_, { declared }, context) => matchCitizen(declared, context, POPULATION),
  },
  Citizen: {
    __resolveReference: async ({ subject }, context) => {
      const citizen = await context.citizens.load(subject);
      if (citizen === null) throw new AppError('NOT_FOUND', { internal: 'no record of this subject' });
      return citizen;
    },
    holder: (citizen, _, context) => context.attest(citizen.attestedNumber),
    nameParts: ({ fullName }) => namePartsOf(fullName),
    ageOver: ({ dateOfBirth }, { years }, { now }) => {
      if (years < AGE_LIMITS.least || years > AGE_LIMITS.most)
        throw new AppError('BAD_USER_INPUT', { field: 'years' });
      return hasCompleted(dateOfBirth, years, legalDateOf(now));
    },
    nameMatches: ({ fullName }, { name }) => {
      const asked = nameAskedAbout(name);
      if (asked === null) throw new AppError('BAD_USER_INPUT', { field: 'name' });
      return matchName(fullName) === asked;
    },
    residentOf: async (citizen, { province }, context) => {
      if (!isProvinceCode(province)) throw new AppError('BAD_USER_INPUT', { field: 'province' });
      const addresses = await context.addresses.load(citizen.id);
      return residesIn(addresses, province, legalDateOf(context.now));
    },
    permanentResidence: (citizen, _, context) => residence(citizen, 'PERMANENT', context),
    temporaryResidence: (citizen, _, context) => residence(citizen, 'TEMPORARY', context),
    currentResidence: (citizen, _, context) => residence(citizen, 'CURRENT', context),
    placeOfBirth: (citizen, _, context) => address(citizen, 'BIRTH', context),
    birthRegistrationPlace: (citizen, _, context) => address(citizen, 'BIRTH_REGISTRATION', context),
    placeOfOrigin: (citizen, _, context) => address(citizen, 'ORIGIN', context),
    temporaryAbsence: (citizen, _, { now }) =>
      citizen.absentFrom === null
        ? null
        : {
            from: citizen.absentFrom,
            to: citizen.absentTo,
            destination: citizen.absenceDestination,
            reason: citizen.absenceReason,
            source: sourceOf(POPULATION, citizen, now),
          },
    father: async (citizen, _, context) => (await relatives(citizen, 'FATHER', context))[0] ?? null,
    mother: async (citizen, _, context) => (await relatives(citizen, 'MOTHER', context))[0] ?? null,
    spouse: async (citizen, _, context) => (await relatives(citizen, 'SPOUSE', context))[0] ?? null,
    children: (citizen, _, context) => relatives(citizen, 'CHILD', context),
    legalRepresentative: async (citizen, _, context) =>
      (await relatives(citizen, 'REPRESENTATIVE', context))[0] ?? null,
    represented: (citizen, _, context) => relatives(citizen, 'REPRESENTED', context),
    householdHead: async (citizen, _, context) => (await household(citizen, 'HEAD', context))[0] ?? null,
    householdMembers: (citizen, _, context) => household(citizen, 'MEMBER', context),
    identityCard: async (citizen, _, context) => {
      const card = cardToShow(await context.cards.load(citizen.id), legalDateOf(context.now));
      if (card === null) return null;
      return { ...card, subject: citizen.subject, attestedNumber: attestedNumberOf(card, citizen) };
    },
    eIdentity: (citizen, _, { now }) => ({
      status: citizen.eidStatus,
      lockReason: citizen.eidLockReason,
      lockedAt: citizen.eidLockedAt?.toISOString() ?? null,
      level: citizen.eidLevel,
      source: sourceOf(POPULATION, citizen, now),
    }),
    source: (citizen, _, { now }) => sourceOf(POPULATION, citizen, now),
  },
  IdentityCard: {
    __resolveReference: ({ ref }, context) => context.cardsByRef.load(ref),
    holder: (card, _, context) => context.attest(card.attestedNumber),
    cardStatus: (card, _, { now }) => cardStatusOn(card, legalDateOf(now)),
    portrait: async (card, _, context) => {
      const [portrait] = await context.portraits.load(card.ref);
      return portrait === undefined ? null : svgDataUrl(portrait.svg);
    },
    chipVerification: (card) =>
      card.passiveAuthentication === null
        ? null
        : {
            passiveAuthentication: card.passiveAuthentication,
            chipAuthentication: card.chipAuthentication,
            faceMatch: card.faceMatch,
            checkedAt: card.chipCheckedAt?.toISOString() ?? null,
          },
    source: (card, _, { now }) => sourceOf(IDENTITY_CARDS, card, now),
  },
};

async function address(citizen: CitizenRow, kind: AddressKind, context: Context): Promise<Address | null> {
  return (await context.addresses.load(citizen.id)).find((row) => row.kind === kind) ?? null;
}

async function residence(
  citizen: CitizenRow,
  kind: AddressKind,
  context: Context,
): Promise<ToldResidence | null> {
  const found = await address(citizen, kind, context);
  return found && { ...found, source: sourceOf(POPULATION, citizen, context.now) };
}

async function relatives(citizen: CitizenRow, part: RelatedPart, context: Context): Promise<ToldRelative[]> {
  const source = sourceOf(POPULATION, citizen, context.now);
  const rows = await context.relatedPersons.load(citizen.id);
  return rows
    .filter((row) => row.part === part)
    .map(({ fullName, relation }) => ({ fullName, relation, source }));
}

async function household(citizen: CitizenRow, part: HouseholdPart, context: Context): Promise<ToldMember[]> {
  const source = sourceOf(POPULATION, citizen, context.now);
  const rows = await context.householdMembers.load(citizen.id);
  return rows
    .filter((row) => row.part === part)
    .map(({ fullName, relationToHead }) => ({ fullName, relationToHead, source }));
}

/** RFC 2397, base64: readable by every client. */
function svgDataUrl(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
