import type { Persona } from './persona.ts';
import { nameKey } from './name-key.ts';

// cast.json is written by hand: what the types of TypeScript cannot see in JSON is said here in sentences.

const NUMBER = /^09[789]\d{9}$/u;
const PLATE = /^\d{2}(?:[A-Z]{1,2}|[A-Z]\d)-(?:\d{3}\.\d{2}|\d{4})$/u;
const VIN = /^[A-HJ-NPR-Z0-9]{17}$/u;
const CODE15 = /^[A-Z]{2}[1-5]\d{2}\d{10}$/u;
const REF = /^[\w-]{22}$/u;
const DATE = /^\d{4}-\d{2}-\d{2}$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u;
const DATE_FIELD =
  /(?:Date|validTo|validFrom|attachedFrom|retainedFrom|retainedUntil|endsOn|restoreAt|lastDeductionAt)$/u;
const INSTANT_FIELD = /^(?:verifiedAt|approvedAt|activatedAt|lockedAt|linkedAt|boundAt|checkedAt)$/u;
const PARTIAL = new Set(['deathDate', 'missingDate']);
const TRIVIAL = /^(?:(\d)\1{5}|012345|123456|234567|345678|456789|654321|543210)$/u;

function passwordFaults({ key, password, passcode }: Persona): string[] {
  const faults: string[] = [];
  const classes = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^\da-zA-Z]/u].every((kind) => kind.test(password));
  if (!classes || password.length < 8 || password.length > 20)
    faults.push(`${key}: the password needs 8 to 20 characters of four classes.`);
  if (!/^\d{6}$/u.test(passcode) || TRIVIAL.test(passcode))
    faults.push(`${key}: the passcode is six digits, no run.`);
  return faults;
}

function accountFaults({ key, account }: Persona): string[] {
  const faults: string[] = [];
  const { identifiers, username } = account;
  if (!REF.test(account.subject)) faults.push(`${key}: the subject is 22 characters of base64url.`);
  if (account.kind === 'STAFF')
    return identifiers === null ? faults : [...faults, `${key}: staff have no identifiers.`];
  if (identifiers === null) return [...faults, `${key}: a person has identifiers.`];
  if (!NUMBER.test(username) || username !== identifiers.personalNumber)
    faults.push(`${key}: the user name is the personal number, with prefix 097 to 099.`);
  if (identifiers.matchName !== nameKey(identifiers.fullName))
    faults.push(`${key}: matchName is the key of fullName.`);
  if ((account.status === 'LOCKED') !== (account.lockReason !== null))
    faults.push(`${key}: a locked account has a reason, and no other has.`);
  return faults;
}

function documentsOf({ records }: Persona): { ref: string }[] {
  const { population, immigration, drivingLicences, vehicles, socialInsurance, healthInsurance } = records;
  return [
    population?.identityCard,
    ...(immigration?.passports ?? []),
    immigration?.residenceCard,
    ...drivingLicences,
    ...vehicles,
    socialInsurance,
    healthInsurance,
  ].filter((entry) => entry !== null && entry !== undefined);
}

function recordFaults(persona: Persona): string[] {
  const { key, records, account } = persona;
  const faults: string[] = [];
  const refs = documentsOf(persona).map(({ ref }) => ref);
  if (!refs.every((ref) => REF.test(ref))) faults.push(`${key}: a ref is 22 characters of base64url.`);
  for (const { ref, kind } of account.linkedDocuments)
    if (!refs.includes(ref)) faults.push(`${key}: the link to ${kind} names a document of no registry.`);
  for (const { plate, chassisNumber } of records.vehicles) {
    if (!PLATE.test(plate)) faults.push(`${key}: ${plate} is no plate.`);
    if (!VIN.test(chassisNumber)) faults.push(`${key}: ${chassisNumber} is no chassis number.`);
  }
  const health = records.healthInsurance;
  if (health && (!CODE15.test(health.code15) || !health.code15.endsWith(health.number)))
    faults.push(`${key}: the health card code is group, benefit, province and number.`);
  return faults;
}

function dateFaults(key: string, value: unknown, name = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => dateFaults(key, entry, name));
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([field, entry]) => dateFaults(key, entry, field));
  if (typeof value !== 'string') return [];
  if (INSTANT_FIELD.test(name) && !INSTANT.test(value))
    return [`${key}: ${name} ${value} is no UTC instant.`];
  if (DATE_FIELD.test(name) && !PARTIAL.has(name) && !DATE.test(value))
    return [`${key}: ${name} ${value} is no date.`];
  return value === value.normalize('NFC') ? [] : [`${key}: ${name} is not NFC.`];
}

function doubles(personas: readonly Persona[]): string[] {
  const seen = new Set<string>();
  const faults: string[] = [];
  const once = (text: string): void => {
    if (seen.has(text)) faults.push(`${text} stands twice.`);
    seen.add(text);
  };
  for (const persona of personas) {
    once(persona.key);
    once(persona.account.username);
    once(persona.account.subject);
    once(persona.passcode);
    for (const { ref } of documentsOf(persona)) once(ref);
    for (const { plate, chassisNumber } of persona.records.vehicles) {
      once(plate);
      once(chassisNumber);
    }
  }
  return faults;
}

/** Everything wrong with a cast, one sentence each; empty where it is sound. */
export function castFaults(personas: readonly Persona[]): string[] {
  const subjects = new Set(personas.map(({ account }) => account.subject));
  const strangers = personas.flatMap(({ key, account }) =>
    account.dependants
      .filter(({ subject }) => !subjects.has(subject))
      .map(() => `${key}: a dependant has no account in the cast.`),
  );
  return [
    ...personas.flatMap((entry) => [
      ...passwordFaults(entry),
      ...accountFaults(entry),
      ...recordFaults(entry),
      ...dateFaults(entry.key, entry),
    ]),
    ...strangers,
    ...doubles(personas),
  ];
}
