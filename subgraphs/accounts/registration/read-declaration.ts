import { AppError } from '@dinhdanh/kit';
import { isCalendarDay, readCardQr } from './card-qr.ts';
import type { CardQr } from './card-qr.ts';
import type {
  ApplicantKind,
  DeclarationSource,
  DeclaredIdentity,
  DeclaredOrganisationRow,
  RegistrationPurpose,
  Sex,
} from './registration.ts';

type Given<Value> = Value | null | undefined;

/** What `startRegistration` is given. */
export interface StartInput {
  readonly purpose: RegistrationPurpose;
  readonly kind: ApplicantKind;
  readonly channel: 'APP' | 'IN_PERSON';
  readonly level?: Given<number>;
  readonly personalNumber?: Given<string>;
  readonly passport?: Given<string>;
  readonly passportCountry?: Given<string>;
  readonly phone?: Given<string>;
  readonly email?: Given<string>;
  readonly device?: Given<string>;
}

/** What `declareIdentity` is given. */
export interface IdentityInput {
  readonly source: DeclarationSource;
  readonly cardQr?: Given<string>;
  readonly personalNumber?: Given<string>;
  readonly fullName?: Given<string>;
  readonly dateOfBirth?: Given<string>;
  readonly sex?: Given<Sex>;
  readonly nationality?: Given<string>;
  readonly permanentResidence?: Given<string>;
  readonly currentAddress?: Given<string>;
  readonly oldIdNumber?: Given<string>;
  readonly issueDate?: Given<string>;
  readonly extra?: Given<readonly string[]>;
}

/** What `declareOrganisation` is given. */
export interface OrganisationInput {
  readonly legalName: string;
  readonly taxCode: string;
  readonly sector: string;
  readonly otherRepresentatives?: Given<readonly string[]>;
  readonly authenticated: boolean;
}

/** How an applicant is named: by a number, or by a passport where there is none. */
export interface Identifier {
  readonly personalNumber: string | null;
  readonly passport: string | null;
  readonly passportCountry: string | null;
}

/** A Vietnamese mobile number in E.164. @throws AppError `BAD_USER_INPUT`, field phone */
export function readPhone(text: string): string {
  const compact = text.replaceAll(/[\s.-]/g, '');
  if (!/^(?:\+84|0)[35789]\d{8}$/.test(compact)) throw wrong('phone');
  return compact.startsWith('0') ? `+84${compact.slice(1)}` : compact;
}

/**
 * How the applicant is reached. What changes neither number nor address takes none: it is told to the account's own.
 *
 * @throws AppError `BAD_USER_INPUT`, field phone or email
 */
export function readContact({ purpose, phone, email }: StartInput): {
  readonly phone: string | null;
  readonly email: string | null;
} {
  if (purpose !== 'ACCOUNT' && readEmail(email) !== null) throw wrong('email');
  if (purpose === 'ACCOUNT' || purpose === 'PHONE')
    return { phone: readPhone(phone ?? ''), email: readEmail(email) };
  if (phone !== null && phone !== undefined) throw wrong('phone');
  return { phone: null, email: null };
}

/** An e-mail address, its domain in lower case; null for none. @throws AppError `BAD_USER_INPUT`, field email */
export function readEmail(text: Given<string>): string | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  const trimmed = text.trim();
  const [, name = '', domain = ''] = /^([^\s@"<>,;]{1,64})@([\w-]+(?:\.[\w-]+)+)$/.exec(trimmed) ?? [];
  if (name === '' || trimmed.length > 254) throw wrong('email');
  return `${name}@${domain.toLowerCase()}`;
}

/**
 * The number or passport an applicant is named by. Citizens have a number of twelve digits; its structure is no reason to
 * refuse one that the database confirms, so nothing more is asked of it here.
 *
 * @throws AppError `BAD_USER_INPUT` with the field
 */
export function readIdentifier({ kind, personalNumber, passport, passportCountry }: StartInput): Identifier {
  if (kind === 'ORGANISATION') return { personalNumber: null, passport: null, passportCountry: null };
  const number = personalNumber?.replaceAll(/\s/g, '') ?? '';
  if (number !== '' && !/^\d{12}$/.test(number)) throw wrong('personalNumber');
  // Immigration knows a foreigner by the passport, with a number or without.
  const isKnownByNumber = number !== '' && kind !== 'FOREIGN_RESIDENT';
  if (isKnownByNumber) return { personalNumber: number, passport: null, passportCountry: null };
  if (kind === 'CITIZEN') throw wrong('personalNumber');
  const paper = passport?.replaceAll(/\s/g, '').toUpperCase() ?? '';
  if (!/^[A-Z0-9]{5,12}$/.test(paper)) throw wrong('passport');
  if (!/^[A-Z]{3}$/.test(passportCountry ?? '')) throw wrong('passportCountry');
  return {
    personalNumber: number === '' ? null : number,
    passport: paper,
    passportCountry: passportCountry ?? null,
  };
}

/**
 * What was declared, the card's QR filled in where fields were left out.
 *
 * @throws AppError `BAD_USER_INPUT` with the field, and the reason `REGISTRATION_QR_UNREADABLE` for a QR that is none
 */
export function readIdentity(
  input: IdentityInput,
  registration: { readonly kind: ApplicantKind } & Identifier,
): DeclaredIdentity {
  const card = readCard(input);
  const number = input.personalNumber?.replaceAll(/\s/g, '') ?? card?.personalNumber ?? null;
  // The number was given at the beginning: another one is another registration.
  if (number !== null && registration.personalNumber !== null && number !== registration.personalNumber)
    throw wrong('personalNumber', 'REGISTRATION_OTHER_NUMBER');
  const dateOfBirth = input.dateOfBirth ?? card?.dateOfBirth ?? '';
  if (!isPartialDate(dateOfBirth)) throw wrong('dateOfBirth');
  const sex = input.sex ?? card?.sex;
  if (sex === undefined) throw wrong('sex');
  return {
    source: input.source,
    fullName: text(input.fullName ?? card?.fullName, 'fullName', 100),
    dateOfBirth,
    sex,
    nationality: readNationality(input.nationality ?? null, registration),
    permanentResidence: optional(
      input.permanentResidence ?? card?.permanentResidence,
      'permanentResidence',
      300,
    ),
    currentAddress: optional(input.currentAddress, 'currentAddress', 300),
    oldIdNumber: readOldNumber(input.oldIdNumber ?? card?.oldIdNumber ?? null),
    issueDate: readIssueDate(input.issueDate ?? card?.issueDate ?? null),
    extra: (input.extra ?? card?.extra ?? []).slice(0, 20).map((one) => one.slice(0, 300)),
  };
}

/** What was declared of an organisation, its other representatives apart. @throws AppError `BAD_USER_INPUT` with the field */
export function readOrganisation(input: OrganisationInput): {
  readonly organisation: DeclaredOrganisationRow;
  readonly others: readonly string[];
} {
  const taxCode = input.taxCode.replaceAll(/\s/g, '');
  if (!/^\d{10}(-\d{3})?$/.test(taxCode)) throw wrong('taxCode');
  const others = [...new Set(input.otherRepresentatives ?? [])];
  if (others.length > 20 || others.some((number) => !/^\d{12}$/.test(number)))
    throw wrong('otherRepresentatives');
  return {
    organisation: {
      legalName: text(input.legalName, 'legalName', 300),
      taxCode,
      sector: text(input.sector, 'sector', 200),
      authenticated: input.authenticated,
    },
    others,
  };
}

function readCard({ source, cardQr }: IdentityInput): CardQr | null {
  if (cardQr === null || cardQr === undefined) return null;
  const card = readCardQr(cardQr);
  if (card === null) throw wrong('cardQr', 'REGISTRATION_QR_UNREADABLE');
  if (source !== 'CARD_QR') throw wrong('source');
  return card;
}

/** A child or ward without a number is a foreigner; of whom the nationality has to be declared. */
function readNationality(
  given: string | null,
  { kind, passport }: { kind: ApplicantKind } & Identifier,
): string {
  const isForeigner = kind === 'FOREIGN_RESIDENT' || passport !== null;
  if (!isForeigner && (given === null || given === 'VNM')) return 'VNM';
  if (!isForeigner || given === null || !/^[A-Z]{3}$/.test(given) || given === 'VNM')
    throw wrong('nationality');
  return given;
}

function readOldNumber(given: string | null): string | null {
  if (given === null || given === '') return null;
  if (!/^\d{9}$/.test(given)) throw wrong('oldIdNumber');
  return given;
}

function readIssueDate(given: string | null): string | null {
  if (given !== null && !isCalendarDay(given)) throw wrong('issueDate');
  return given;
}

/** Whether a text is a date of which the day, or day and month, may be unknown. */
export function isPartialDate(date: string): boolean {
  if (/^\d{4}$/.test(date)) return date >= '1850';
  if (/^\d{4}-\d\d$/.test(date)) return isCalendarDay(`${date}-01`);
  return isCalendarDay(date);
}

/** Text of a person, in one normal form, its spaces single. */
function text(given: Given<string>, field: string, most: number): string {
  const clean = (given ?? '')
    .normalize('NFC')
    .replaceAll(/[\s\0]+/g, ' ')
    .trim();
  if (clean === '' || clean.length > most) throw wrong(field);
  return clean;
}

function optional(given: Given<string>, field: string, most: number): string | null {
  return given === null || given === undefined || given.trim() === '' ? null : text(given, field, most);
}

function wrong(field: string, reason?: string): AppError {
  return new AppError('BAD_USER_INPUT', { field, ...(reason === undefined ? {} : { reason }) });
}
