import { AppError } from '@dinhdanh/kit';
import type { Clock } from '@dinhdanh/kit';
import { openStore } from './store.ts';
import type { Crossing, ImmigrationWriter, Passport, Traveller } from './store.ts';

/** A passport to be issued; the holder's columns come from the file. */
export type NewPassport = Pick<
  Passport,
  'ref' | 'type' | 'issueDate' | 'expiryDate' | 'issuer' | 'placeOfIssue' | 'chip'
> & { readonly number: string };

/** An entry or exit to be recorded; `date` is `YYYY-MM-DD`. */
export type NewCrossing = Pick<Crossing, 'date' | 'gate'> & { readonly direction: 'ENTRY' | 'EXIT' };

/**
 * The registrar's desk: how the immigration registry is changed. Each method is one transaction with its row of
 * `changes`, and throws `NOT_FOUND` for a number or card the registry has no file on.
 */
export interface Registrar {
  /** Issues a passport to whoever has a file under the personal number (Law 49/2019/QH14, art. 6). */
  readonly issuePassport: (personalNumber: string, passport: NewPassport) => Promise<void>;
  /** Sets a residence card's last day, by its opaque reference (Law 47/2014/QH13, art. 38). */
  readonly extendResidenceCard: (ref: string, expiryDate: string) => Promise<void>;
  /** Records an entry or exit, after those of the same day. */
  readonly recordCrossing: (personalNumber: string, crossing: NewCrossing) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What the registrar writes with. */
export interface RegistrarOptions {
  readonly databaseUrl: string;
  readonly clock: Clock;
}

/** Opens the registrar's desk over an immigration database. */
export function openRegistrar({ databaseUrl, clock }: RegistrarOptions): Registrar {
  const store = openStore({ databaseUrl });
  return {
    issuePassport: (personalNumber, passport) =>
      store.write((writer) => issuePassport(writer, personalNumber, passport, clock())),
    extendResidenceCard: (ref, expiryDate) =>
      store.write((writer) => extendResidenceCard(writer, ref, expiryDate, clock())),
    recordCrossing: (personalNumber, crossing) =>
      store.write((writer) => recordCrossing(writer, personalNumber, crossing)),
    close: store.close,
  };
}

async function issuePassport(
  writer: ImmigrationWriter,
  personalNumber: string,
  { number, ...passport }: NewPassport,
  at: Date,
): Promise<void> {
  const { oldIdNumber, holderName, matchName, dateOfBirth, synthetic } = await fileOf(writer, personalNumber);
  await writer.addPassport({
    ...passport,
    ...{ personalNumber, oldIdNumber, passportNumber: number, holderName, matchName, dateOfBirth },
    ...{ verifiedAt: at, assurance: 'DOCUMENT', synthetic },
  });
  const keys = [person(personalNumber), document(passport.ref)];
  await writer.addChange({ kind: 'PASSPORT_CHANGED', keys });
}

async function extendResidenceCard(
  writer: ImmigrationWriter,
  ref: string,
  expiryDate: string,
  at: Date,
): Promise<void> {
  const card = await writer.residenceCard(ref);
  if (card === null) throw new AppError('NOT_FOUND', { internal: 'no such residence card' });
  await writer.setResidenceCardExpiry(ref, expiryDate, at);
  const holder = card.personalNumber === null ? [] : [person(card.personalNumber)];
  await writer.addChange({ kind: 'RESIDENCE_CARD_CHANGED', keys: [...holder, document(ref)] });
}

async function recordCrossing(
  writer: ImmigrationWriter,
  personalNumber: string,
  { direction, date, gate }: NewCrossing,
): Promise<void> {
  const { id: travellerId } = await fileOf(writer, personalNumber);
  const sameDay = await writer.crossings(travellerId, direction, date);
  const position = (sameDay.at(-1)?.position ?? 0) + 1;
  await writer.addCrossing({ travellerId, direction, date, position, gate });
  await writer.addChange({ kind: 'BORDER_CROSSED', keys: [person(personalNumber)] });
}

async function fileOf(writer: ImmigrationWriter, personalNumber: string): Promise<Traveller> {
  const [file] = await writer.files(personalNumber);
  if (file === undefined) throw new AppError('NOT_FOUND', { internal: 'no file under this number' });
  return file;
}

const person = (value: string) => ({ role: 'PERSON', value });
const document = (value: string) => ({ role: 'DOCUMENT', value });
