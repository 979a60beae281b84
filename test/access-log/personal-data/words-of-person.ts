import type { RowHolder, SyntheticPerson } from '@dinhdanh/people';
import type { Word } from './word-finder.ts';

type Records = Omit<SyntheticPerson, 'index' | 'kind'>;

/** A line of an address that is this short, such as `Thôn 3`, is nobody's in particular. */
const LEAST_ADDRESS = 12;
/** Numbers this short are found anywhere. */
const LEAST_DIGITS = 9;
const LEAST_CODE = 7;
/** `Y Bé` cannot be told from chance; one in some thousand has a name so short. */
const LEAST_NAME = 6;

/** Everything that tells who somebody is, of all that the registries and accounts hold on them. */
export function* wordsOfPerson(person: Records): Generator<Word> {
  for (const name of namesOf(person)) yield { kind: 'full name', text: name };
  for (const [kind, value] of numbersOf(person)) yield* spellings(kind, value);
  for (const phone of [person.population?.phone, person.account?.phone])
    if (phone) yield* spellingsOfPhone(phone);
  for (const email of [person.population?.email, person.account?.email])
    if (email) yield { kind: 'e-mail', text: email };
  for (const line of addressesOf(person)) {
    if (line.length >= LEAST_ADDRESS) yield { kind: 'address line', text: line };
  }
}

function namesOf(person: Records): string[] {
  const { population, immigration, account } = person;
  const holders = holdersOf(person).map(({ fullName }) => fullName);
  const all = [
    population?.fullName,
    population?.otherName,
    immigration?.fullName,
    account?.identifiers?.fullName,
    ...holders,
  ];
  return all.filter((name): name is string => typeof name === 'string' && name.length >= LEAST_NAME);
}

function holdersOf(person: Records): readonly RowHolder[] {
  const { drivingLicences, vehicles, retainedPlates, socialInsurance, healthInsurance } = person;
  return [...drivingLicences, ...vehicles, ...retainedPlates, socialInsurance, healthInsurance].flatMap(
    (record) => (record === undefined ? [] : [record.holder]),
  );
}

function* numbersOf(person: Records): Generator<[kind: string, value: string | null | undefined]> {
  const { population, immigration, account, drivingLicences, vehicles, retainedPlates } = person;
  yield ['personal number', population?.personalNumber];
  yield ['personal number', immigration?.personalNumber];
  yield ['personal number', account?.identifiers?.personalNumber];
  for (const number of population?.previousNumbers ?? []) yield ['cancelled number', number];
  for (const number of account?.identifiers?.cancelledNumbers ?? []) yield ['cancelled number', number];
  yield ['old number (CMND)', population?.oldIdNumber];
  yield ['old number (CMND)', account?.identifiers?.oldIdNumber];
  yield ['identity card number', population?.identityCard?.cardNumber];
  yield ['residence file number', population?.residenceFileNumber];
  for (const { number } of immigration?.passports ?? []) yield ['passport number', number];
  for (const { number } of immigration?.visas ?? []) yield ['visa number', number];
  yield ['residence card number', immigration?.residenceCard?.number];
  for (const { number, holder } of drivingLicences) {
    yield ['licence number', number];
    yield ['personal number', holder.personalNumber];
  }
  for (const vehicle of vehicles) {
    yield ['plate', vehicle.plate];
    yield ['registration number', vehicle.registrationNumber];
    yield ['chassis number', vehicle.chassisNumber];
    yield ['engine number', vehicle.engineNumber];
    yield ['inspection certificate', vehicle.inspection?.certificateNo];
    yield ['mandatory insurance number', vehicle.mandatoryInsurance?.number];
  }
  for (const { plate } of retainedPlates) yield ['plate', plate];
  yield ['social insurance number', person.socialInsurance?.number];
  yield ['health insurance number', person.healthInsurance?.number];
  yield ['health insurance card', person.healthInsurance?.code15];
}

/** As it is written, without its signs, and as a column of numbers would keep it: without the zeros before it. */
function* spellings(kind: string, value: string | null | undefined): Generator<Word> {
  if (value === null || value === undefined || value === '') return;
  const bare = value.replaceAll(/[^A-Za-z0-9]/g, '');
  for (const text of new Set([value, bare, bare.replace(/^0+(?=\d{10})/, '')])) {
    const least = /^\d+$/.test(text) ? LEAST_DIGITS : LEAST_CODE;
    if (text.length >= least) yield { kind, text };
  }
}

/** `+84530000111`, `84530000111`, `0530000111`, and what all of them end in. */
function* spellingsOfPhone(phone: string): Generator<Word> {
  const national = phone.replace('+84', '');
  for (const text of [phone, `84${national}`, `0${national}`, national]) {
    if (text.length >= LEAST_DIGITS) yield { kind: 'phone', text };
  }
}

function addressesOf({ population, immigration }: Records): string[] {
  const residences = [
    population?.permanentResidence,
    population?.temporaryResidence,
    population?.currentResidence,
  ];
  const lines = residences.flatMap((residence) =>
    residence === null || residence === undefined
      ? []
      : [residence.text, residence.detail, residence.legacyText],
  );
  return [...lines, immigration?.residenceCard?.address].filter(
    (line): line is string => typeof line === 'string',
  );
}
