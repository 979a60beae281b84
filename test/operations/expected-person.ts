import type { Persona } from '@dinhdanh/people';
import { ASKED } from './select-everything.ts';

type Plain = Readonly<Record<string, unknown>>;
type Records = Persona['records'];

/** The source line a record must carry, but for the names of database and agency and the time of reading. */
function sourceOf(record: { verifiedAt: string; assurance: string }, assurance = record.assurance): Plain {
  return { verifiedAt: instant(record.verifiedAt), assurance, synthetic: true };
}

/** An instant as the schema tells it: UTC with milliseconds. */
function instant(text: string): string {
  return new Date(text).toISOString();
}

function omit(record: object, ...names: readonly string[]): Plain {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function page(nodes: readonly unknown[]): Plain {
  return { nodes, pageInfo: { hasNextPage: false } };
}

/** A row found by an old number and name is a match and no more, however well it was verified. */
function assuranceOf({
  holder,
  assurance,
}: {
  holder: { personalNumber: string | null };
  assurance: string;
}): string {
  return holder.personalNumber === null ? 'MATCHED' : assurance;
}

function holderOf({ holder }: { holder: { fullName: string; dateOfBirth: string } }): Plain {
  return { holderName: holder.fullName, holderDateOfBirth: holder.dateOfBirth };
}

/** What a citizen's whole profile must be, from what `cast.json` states of the records. */
export function expectedCitizen(records: Records, isAdult: boolean): Plain {
  const { population } = records;
  if (population === undefined) throw new TypeError('a citizen has a population record');
  const source = sourceOf(population);
  const from = <T extends object>(part: T | null): Plain | null =>
    part === null ? null : { ...part, source };
  const named = (part: { fullName: string; relation: string } | null): Plain | null =>
    part === null ? null : { fullName: part.fullName, relation: part.relation, source };
  const member = (part: { fullName: string; relationToHead: string } | null): Plain | null =>
    part === null ? null : { fullName: part.fullName, relationToHead: part.relationToHead, source };
  const plain = omit(population, 'verifiedAt', 'assurance', 'deathDate', 'missingDate');
  return {
    ...plain,
    permanentResidence: from(population.permanentResidence),
    temporaryResidence: from(population.temporaryResidence),
    currentResidence: from(population.currentResidence),
    temporaryAbsence: from(population.temporaryAbsence),
    father: named(population.father),
    mother: named(population.mother),
    spouse: named(population.spouse),
    children: population.children.map(named),
    legalRepresentative: named(population.legalRepresentative),
    represented: population.represented.map(named),
    householdHead: member(population.householdHead),
    householdMembers: population.householdMembers.map(member),
    eIdentity: {
      ...population.eIdentity,
      lockedAt: population.eIdentity.lockedAt === null ? null : instant(population.eIdentity.lockedAt),
      source,
    },
    identityCard: expectedCard(population.identityCard, source),
    ageOver: isAdult,
    nameMatches: population.fullName === ASKED.fullName,
    residentOf: [population.permanentResidence, population.temporaryResidence].some(
      (residence) => residence?.provinceCode === ASKED.province,
    ),
    source,
    ...expectedBorders(records),
    ...expectedRegistries(records),
  };
}

function expectedCard(card: NonNullable<Records['population']>['identityCard'], source: Plain): Plain | null {
  if (card === null) return null;
  const { chipVerification } = card;
  return {
    ...omit(card, 'ref', 'portraitSeed'),
    chipVerification: chipVerification && {
      ...chipVerification,
      checkedAt: chipVerification.checkedAt === null ? null : instant(chipVerification.checkedAt),
    },
    source,
  };
}

/** What a foreign resident's whole profile must be. */
export function expectedForeigner(records: Records, isAdult: boolean): Plain {
  const { immigration } = records;
  if (immigration === undefined) throw new TypeError('a foreign resident has an immigration record');
  const {
    personalNumber,
    fullName,
    dateOfBirth,
    sex,
    nationality,
    residenceCard,
    temporaryStayCertifiedUntil,
  } = immigration;
  const source = sourceOf(immigration);
  return {
    personalNumber,
    fullName,
    dateOfBirth,
    sex,
    nationality,
    ageOver: isAdult,
    nameMatches: false,
    residentOf: null,
    permanentResidence: null,
    identityCard: null,
    residenceCard: residenceCard && { ...omit(residenceCard, 'ref'), source },
    temporaryStayCertifiedUntil,
    source,
    ...expectedBorders(records),
    ...expectedRegistries(records),
  };
}

function expectedBorders({ immigration }: Records): Plain {
  if (immigration === undefined) return { passports: [], visas: [], entries: page([]), exits: page([]) };
  const source = sourceOf(immigration);
  const holder = { holderName: immigration.fullName, holderDateOfBirth: immigration.dateOfBirth };
  return {
    passports: immigration.passports.map((passport) => ({ ...omit(passport, 'ref'), ...holder, source })),
    visas: immigration.visas.map((visa) => ({ ...visa, source })),
    entries: page(immigration.entries.map((crossing) => ({ ...crossing, source }))),
    exits: page(immigration.exits.map((crossing) => ({ ...crossing, source }))),
  };
}

function expectedRegistries(records: Records): Plain {
  return {
    drivingLicences: records.drivingLicences.map(expectedLicence),
    holdsLicence: records.drivingLicences.some(
      ({ status, classes }) =>
        status === 'VALID' &&
        classes.some(
          (one) => one.class === ASKED.class && one.scheme === ASKED.scheme && one.expiryDate === null,
        ),
    ),
    vehicles: records.vehicles.map(expectedVehicle),
    retainedPlates: records.retainedPlates.map((plate) => ({
      ...omit(plate, 'holder', 'verifiedAt', 'assurance'),
      source: sourceOf(plate, assuranceOf(plate)),
    })),
    socialInsurance: expectedMembership(records.socialInsurance),
    healthInsurance: expectedHealthCard(records.healthInsurance),
  };
}

function expectedLicence(licence: Records['drivingLicences'][number]): Plain {
  const source = sourceOf(licence, assuranceOf(licence));
  return {
    ...omit(licence, 'ref', 'holder', 'verifiedAt', 'assurance'),
    ...holderOf(licence),
    points: licence.points.toSorted((one, other) => one.group.localeCompare(other.group)),
    deductions: page(licence.deductions.map((deduction) => ({ ...deduction, source }))),
    source,
  };
}

function expectedVehicle(vehicle: Records['vehicles'][number]): Plain {
  const source = sourceOf(vehicle, assuranceOf(vehicle));
  return {
    ...omit(vehicle, 'ref', 'holder', 'verifiedAt', 'assurance'),
    ...holderOf(vehicle),
    plateRecord: { ...vehicle.plateRecord, source },
    inspection: vehicle.inspection && { ...vehicle.inspection, source },
    mandatoryInsurance: vehicle.mandatoryInsurance && { ...vehicle.mandatoryInsurance, source },
    source,
  };
}

function expectedMembership(membership: Records['socialInsurance']): Plain | null {
  if (membership === undefined) return null;
  const source = sourceOf(membership, assuranceOf(membership));
  return {
    ...omit(membership, 'ref', 'holder', 'verifiedAt', 'assurance'),
    ...holderOf(membership),
    contributionPeriods: page(
      membership.contributionPeriods.toReversed().map((period) => ({ ...period, source })),
    ),
    benefitsReceived: page(membership.benefitsReceived.map((benefit) => ({ ...benefit, source }))),
    source,
  };
}

function expectedHealthCard(card: Records['healthInsurance']): Plain | null {
  if (card === undefined) return null;
  const source = sourceOf(card, assuranceOf(card));
  return {
    ...omit(card, 'ref', 'holder', 'verifiedAt', 'assurance'),
    ...holderOf(card),
    medicalVisits: page(card.medicalVisits.map((visit) => ({ ...visit, source }))),
    source,
  };
}
