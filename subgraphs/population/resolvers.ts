import { AppError, changePage, hasCompleted, legalDateOf, namePartsOf, sourceOf } from '@dinhdanh/kit';
import type { CallContext, PageArguments } from '@dinhdanh/kit';
import type { Loaders, OwnedCard } from './loaders.ts';
import { AGE_LIMITS, attestedNumberOf, cardStatusOn, cardToShow } from './rules.ts';
import type { FoundCitizen } from './rules.ts';
import type { Citizen, PopulationStore, RelatedPerson } from './store.ts';

/** What a resolver of this service is given. */
export interface Context extends CallContext, Loaders {
  readonly store: PopulationStore;
}

type CitizenRow = FoundCitizen<Citizen>;
type CitizenField = (citizen: CitizenRow, args: unknown, context: Context) => unknown;

const POPULATION = {
  database: 'Cơ sở dữ liệu quốc gia về dân cư',
  agency: 'Cục Cảnh sát quản lý hành chính về trật tự xã hội, Bộ Công an',
};
const IDENTITY_CARDS = { ...POPULATION, database: 'Cơ sở dữ liệu căn cước' };

/** The resolvers of population.graphql. */
export const resolvers = {
  Query: {
    populationChanges: (_: unknown, args: PageArguments, { caller, store }: Context) =>
      changePage(caller, args, store.changesAfter),
  },
  Citizen: {
    __resolveReference: async ({ subject }: { subject: string }, context: Context) => {
      const citizen = await context.citizens.load(subject);
      if (citizen === null) throw new AppError('NOT_FOUND', { internal: 'no record of this subject' });
      return citizen;
    },
    holder: (citizen: CitizenRow, _: unknown, context: Context) => context.attest(citizen.attestedNumber),
    nameParts: ({ fullName }: CitizenRow) => namePartsOf(fullName),
    ageOver: ({ dateOfBirth }: CitizenRow, { years }: { years: number }, { now }: Context) => {
      if (years < AGE_LIMITS.least || years > AGE_LIMITS.most)
        throw new AppError('BAD_USER_INPUT', { field: 'years' });
      return hasCompleted(dateOfBirth, years, legalDateOf(now));
    },
    permanentResidence: address('PERMANENT'),
    temporaryResidence: address('TEMPORARY'),
    currentResidence: address('CURRENT'),
    placeOfBirth: address('BIRTH'),
    birthRegistrationPlace: address('BIRTH_REGISTRATION'),
    placeOfOrigin: address('ORIGIN'),
    temporaryAbsence: (citizen: CitizenRow, _: unknown, { now }: Context) =>
      citizen.absentFrom === null
        ? null
        : {
            from: citizen.absentFrom,
            to: citizen.absentTo,
            destination: citizen.absenceDestination,
            reason: citizen.absenceReason,
            source: sourceOf(POPULATION, citizen, now),
          },
    father: relative('FATHER'),
    mother: relative('MOTHER'),
    spouse: relative('SPOUSE'),
    children: relatives('CHILD'),
    legalRepresentative: relative('REPRESENTATIVE'),
    represented: relatives('REPRESENTED'),
    householdHead: async (citizen: CitizenRow, _: unknown, context: Context) =>
      (await household(citizen, 'HEAD', context))[0] ?? null,
    householdMembers: (citizen: CitizenRow, _: unknown, context: Context) =>
      household(citizen, 'MEMBER', context),
    identityCard: async (citizen: CitizenRow, _: unknown, context: Context): Promise<OwnedCard | null> => {
      const card = cardToShow(await context.cards.load(citizen.id), legalDateOf(context.now));
      return card && { ...card, subject: citizen.subject, attestedNumber: attestedNumberOf(card, citizen) };
    },
    eIdentity: (citizen: CitizenRow, _: unknown, { now }: Context) => ({
      status: citizen.eidStatus,
      lockReason: citizen.eidLockReason,
      lockedAt: citizen.eidLockedAt?.toISOString() ?? null,
      level: citizen.eidLevel,
      source: sourceOf(POPULATION, citizen, now),
    }),
    source: (citizen: CitizenRow, _: unknown, { now }: Context) => sourceOf(POPULATION, citizen, now),
  },
  IdentityCard: {
    __resolveReference: ({ ref }: { ref: string }, context: Context) => context.cardsByRef.load(ref),
    holder: (card: OwnedCard, _: unknown, context: Context) => context.attest(card.attestedNumber),
    cardStatus: (card: OwnedCard, _: unknown, { now }: Context) => cardStatusOn(card, legalDateOf(now)),
    portrait: async (card: OwnedCard, _: unknown, context: Context) => {
      const [portrait] = await context.portraits.load(card.ref);
      return portrait === undefined ? null : svgDataUrl(portrait.svg);
    },
    chipVerification: (card: OwnedCard) =>
      card.passiveAuthentication === null
        ? null
        : {
            passiveAuthentication: card.passiveAuthentication,
            chipAuthentication: card.chipAuthentication,
            faceMatch: card.faceMatch,
            checkedAt: card.chipCheckedAt?.toISOString() ?? null,
          },
    source: (card: OwnedCard, _: unknown, { now }: Context) => sourceOf(IDENTITY_CARDS, card, now),
  },
};

/** A place of a citizen's record, told with the source of the record. */
function address(kind: string): CitizenField {
  return async (citizen, _, context) => {
    const found = (await context.addresses.load(citizen.id)).find((row) => row.kind === kind);
    return found === undefined ? null : { ...found, source: sourceOf(POPULATION, citizen, context.now) };
  };
}

/** The one person a record names in a part. */
function relative(part: string): CitizenField {
  return async (citizen, _, context) => (await named(citizen, part, context))[0] ?? null;
}

/** All the persons a record names in a part. */
function relatives(part: string): CitizenField {
  return (citizen, _, context) => named(citizen, part, context);
}

/** Name and relation alone: a number would be a way on to the other person's own record. */
async function named(citizen: CitizenRow, part: string, context: Context) {
  const source = sourceOf(POPULATION, citizen, context.now);
  const rows: readonly RelatedPerson[] = await context.relatedPersons.load(citizen.id);
  return rows
    .filter((row) => row.part === part)
    .map(({ fullName, relation }) => ({ fullName, relation, source }));
}

async function household(citizen: CitizenRow, part: string, context: Context) {
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
