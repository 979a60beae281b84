import { AppError, legalDateOf } from '@dinhdanh/kit';
import type { Clock } from '@dinhdanh/kit';
import { change } from './changes.ts';
import { tellEndedCards } from './tell-expiries.ts';
import { cardStatusOn } from './rules.ts';
import type { CardStatus } from './rules.ts';
import { openStore } from './store.ts';
import type { Citizen, PopulationWriter, RelatedPart } from './store.ts';

/** Father or mother. */
export type ParentRole = 'FATHER' | 'MOTHER';

/**
 * The registrar's desk: how the population registry is changed. Each method is one transaction with its rows of
 * `changes`; each throws `NOT_FOUND` for a number or card the registry does not know, and `BAD_USER_INPUT` with a
 * `reason` where the record does not allow the change. Persons are named by personal number, dates are `YYYY-MM-DD`.
 */
export interface Registrar {
  /** Records who is father or mother of a child, in place of whoever was so recorded. */
  readonly registerParent: (child: string, parent: string, as: ParentRole) => Promise<void>;
  /** Ends a parenthood that was recorded, as a court or an adoption does. */
  readonly endParenthood: (child: string, parent: string, as: ParentRole) => Promise<void>;
  /** Records a guardian (Civil Code 2015, art. 46), who becomes the ward's legal representative. */
  readonly appointGuardian: (ward: string, guardian: string) => Promise<void>;
  /** Ends a guardianship (Civil Code 2015, art. 62). */
  readonly endGuardianship: (ward: string, guardian: string) => Promise<void>;
  /** Cancels a personal number and sets a new one (Decree 70/2024, art. 11). */
  readonly replaceNumber: (current: string, replacement: string) => Promise<void>;
  /** Corrects name or date of birth. */
  readonly correctIdentity: (number: string, corrected: CorrectedIdentity) => Promise<void>;
  /** Records a death and locks the electronic identity (Law 26/2023/QH15, art. 34). */
  readonly recordDeath: (number: string, deathDate: string) => Promise<void>;
  /** Sets the state of an identity card by its opaque reference. */
  readonly changeCardStatus: (ref: string, status: RecordedCardStatus) => Promise<void>;
  /** Tells of the cards that their date has ended, as the registry itself does every day; of how many. */
  readonly tellEndedCards: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** What a correction of identity sets. */
export interface CorrectedIdentity {
  readonly fullName?: string;
  readonly dateOfBirth?: string;
}

/** States a card can be given; that it is past its date tells its date alone. */
export type RecordedCardStatus = Exclude<CardStatus, 'EXPIRED'>;

/** What the registrar writes with. */
export interface RegistrarOptions {
  readonly databaseUrl: string;
  readonly clock: Clock;
}

/** Opens the registrar's desk over a population database. */
export function openRegistrar({ databaseUrl, clock }: RegistrarOptions): Registrar {
  const store = openStore({ databaseUrl });
  return {
    registerParent: (child, parent, as) =>
      store.write((writer) => registerParent(writer, { child, parent, as })),
    endParenthood: (child, parent, as) =>
      store.write((writer) => endParenthood(writer, { child, parent, as })),
    appointGuardian: (ward, guardian) => store.write((writer) => appointGuardian(writer, { ward, guardian })),
    endGuardianship: (ward, guardian) => store.write((writer) => endGuardianship(writer, { ward, guardian })),
    replaceNumber: (current, replacement) =>
      store.write((writer) => replaceNumber(writer, { current, replacement, at: clock() })),
    correctIdentity: (number, corrected) =>
      store.write((writer) => correctIdentity(writer, { number, corrected, at: clock() })),
    recordDeath: (number, deathDate) =>
      store.write((writer) => recordDeath(writer, { number, deathDate, at: clock() })),
    changeCardStatus: (ref, status) =>
      store.write((writer) => changeCardStatus(writer, { ref, status, at: clock() })),
    tellEndedCards: () => tellEndedCards(store, clock()),
    close: store.close,
  };
}

interface Parenthood {
  readonly child: string;
  readonly parent: string;
  readonly as: ParentRole;
}

async function registerParent(writer: PopulationWriter, { child, parent, as }: Parenthood): Promise<void> {
  const [childRow, parentRow] = [await ownerOf(writer, child), await ownerOf(writer, parent)];
  const [before] = await writer.relatedPersons(childRow.id, as);
  if (before?.personalNumber === parent) return;
  if (before?.personalNumber) await endParenthood(writer, { child, parent: before.personalNumber, as });
  else if (before !== undefined) await writer.removeRelatedPerson(childRow.id, as, null);
  await name(writer, childRow, as, parentRow, as);
  await name(writer, parentRow, 'CHILD', childRow, 'CHILD');
  await writer.addChange(change('RELATION_RECORDED', { [as]: parent, CHILD: child }));
}

async function endParenthood(writer: PopulationWriter, { child, parent, as }: Parenthood): Promise<void> {
  const childRow = await ownerOf(writer, child);
  if ((await writer.removeRelatedPerson(childRow.id, as, parent)) === 0) return notFound('parenthood');
  const parentRow = await ownerIfKnown(writer, parent);
  if (parentRow !== undefined) await writer.removeRelatedPerson(parentRow.id, 'CHILD', child);
  await endRepresentation(writer, childRow, parent);
  await writer.addChange(change('RELATION_ENDED', { [as]: parent, CHILD: child }));
}

interface Guardianship {
  readonly ward: string;
  readonly guardian: string;
}

async function appointGuardian(writer: PopulationWriter, { ward, guardian }: Guardianship): Promise<void> {
  const [wardRow, guardianRow] = [await ownerOf(writer, ward), await ownerOf(writer, guardian)];
  const [before] = await writer.relatedPersons(wardRow.id, 'REPRESENTATIVE');
  if (before?.relation === 'GUARDIAN') return refuse('POPULATION_GUARDIAN_RECORDED');
  if (before !== undefined) await endRepresentation(writer, wardRow, before.personalNumber);
  await name(writer, wardRow, 'REPRESENTATIVE', guardianRow, 'GUARDIAN');
  await name(writer, guardianRow, 'REPRESENTED', wardRow, 'WARD');
  await writer.addChange(change('RELATION_RECORDED', { GUARDIAN: guardian, WARD: ward }));
}

async function endGuardianship(writer: PopulationWriter, { ward, guardian }: Guardianship): Promise<void> {
  const wardRow = await ownerOf(writer, ward);
  const [before] = await writer.relatedPersons(wardRow.id, 'REPRESENTATIVE');
  if (before?.relation !== 'GUARDIAN' || before.personalNumber !== guardian) return notFound('guardianship');
  await endRepresentation(writer, wardRow, guardian);
  await writer.addChange(change('RELATION_ENDED', { GUARDIAN: guardian, WARD: ward }));
}

/** Strikes a representation, if there is one, out of both records; the representative may have no record here. */
async function endRepresentation(writer: PopulationWriter, ward: Citizen, by: string | null): Promise<void> {
  await writer.removeRelatedPerson(ward.id, 'REPRESENTATIVE', by);
  const representative = by === null ? undefined : await ownerIfKnown(writer, by);
  if (representative === undefined) return;
  await writer.removeRelatedPerson(representative.id, 'REPRESENTED', ward.personalNumber);
}

interface Replacement {
  readonly current: string;
  readonly replacement: string;
  readonly at: Date;
}

async function replaceNumber(
  writer: PopulationWriter,
  { current, replacement, at }: Replacement,
): Promise<void> {
  const citizen = await ownerOf(writer, current);
  // A number is never given twice, not even to the person it was cancelled for.
  if ((await writer.byNumber(replacement)).length > 0) return refuse('POPULATION_NUMBER_TAKEN');
  await writer.updateCitizen(citizen.id, {
    personalNumber: replacement,
    previousNumbers: [...citizen.previousNumbers, current],
    verifiedAt: at,
    assurance: 'DOCUMENT',
  });
  await writer.renumberRelatedPersons(current, replacement);
  await writer.renumberHouseholdMembers(current, replacement);
  await writer.addChange(change('NUMBER_REPLACED', { PERSON: replacement, PREVIOUS_NUMBER: current }));
}

interface Correction {
  readonly number: string;
  readonly corrected: CorrectedIdentity;
  readonly at: Date;
}

async function correctIdentity(
  writer: PopulationWriter,
  { number, corrected, at }: Correction,
): Promise<void> {
  const citizen = await ownerOf(writer, number);
  await writer.updateCitizen(citizen.id, { ...corrected, verifiedAt: at, assurance: 'DOCUMENT' });
  await writer.addChange(change('PERSON_CORRECTED', { PERSON: number }));
}

interface Death {
  readonly number: string;
  readonly deathDate: string;
  readonly at: Date;
}

async function recordDeath(writer: PopulationWriter, { number, deathDate, at }: Death): Promise<void> {
  const citizen = await ownerOf(writer, number);
  if (citizen.status === 'DECEASED') return refuse('POPULATION_DEATH_RECORDED');
  const locks = citizen.eidStatus !== 'NONE';
  await writer.updateCitizen(citizen.id, {
    status: 'DECEASED',
    deathDate,
    ...(locks ? { eidStatus: 'LOCKED', eidLockReason: 'DEATH', eidLockedAt: at } : {}),
    verifiedAt: at,
    assurance: 'DOCUMENT',
  });
  await writer.addChange(change('PERSON_DIED', { PERSON: number }));
  if (locks) await writer.addChange(change('ELECTRONIC_IDENTITY_CHANGED', { PERSON: number }));
}

interface CardChange {
  readonly ref: string;
  readonly status: RecordedCardStatus;
  readonly at: Date;
}

/** What a card's state means to the account of its holder (Law 26/2023, art. 34); a lost card is the holder's to say. */
const meaningOf = {
  VALID: 'CARD_IN_FORCE',
  WITHDRAWN: 'CARD_WITHDRAWN',
  HELD: 'CARD_WITHDRAWN',
  LOST: null,
  EXPIRED: 'CARD_EXPIRED',
} as const satisfies Record<CardStatus, string | null>;

async function changeCardStatus(writer: PopulationWriter, { ref, status, at }: CardChange): Promise<void> {
  const card = await writer.card(ref);
  if (card === null) return notFound('card');
  await writer.setCardStatus(ref, status, at);
  // The card may be made out to a number cancelled since; the change names the person by the one in force.
  const [holder] = await writer.byNumber(card.personalNumber);
  const person = holder?.personalNumber ?? card.personalNumber;
  await writer.addChange(change('CARD_CHANGED', { PERSON: person, DOCUMENT: ref }));
  // Given back after its last day it is in force no more.
  const meaning = meaningOf[cardStatusOn({ ...card, cardStatus: status }, legalDateOf(at))];
  if (meaning !== null) await writer.addChange(change(meaning, { PERSON: person, DOCUMENT: ref }));
}

/** Has one record name the person of another, after those it names already in that part. */
async function name(
  writer: PopulationWriter,
  record: Citizen,
  part: RelatedPart,
  person: Citizen,
  relation: string,
): Promise<void> {
  const before = await writer.relatedPersons(record.id, part);
  if (before.some(({ personalNumber }) => personalNumber === person.personalNumber)) return;
  await writer.addRelatedPerson({
    citizenId: record.id,
    part,
    position: (before.at(-1)?.position ?? -1) + 1,
    relation,
    fullName: person.fullName,
    personalNumber: person.personalNumber,
  });
}

/** The record whose own number this is: a cancelled one names nobody any more. */
async function ownerOf(writer: PopulationWriter, number: string): Promise<Citizen> {
  return (await ownerIfKnown(writer, number)) ?? notFound('number');
}

async function ownerIfKnown(writer: PopulationWriter, number: string): Promise<Citizen | undefined> {
  return (await writer.byNumber(number)).find(({ personalNumber }) => personalNumber === number);
}

function notFound(what: string): never {
  throw new AppError('NOT_FOUND', { internal: `the registry does not know this ${what}` });
}

function refuse(reason: string): never {
  throw new AppError('BAD_USER_INPUT', { reason });
}
