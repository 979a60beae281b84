/** The strict reader of entries that come over the wire: shape and kinds; what values must be is the tree's rule. */
import type { AppendActor, AppendDetail, AppendEntry } from './append-entry.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTexts: Check = (value) => Array.isArray(value) && Array.from<unknown>(value).every(isText);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

/** Personal numbers and foreigners' identification numbers alike. */
const isNumber = matches(/^[0-9]{12}$/);
const isNumbers: Check = (value) => Array.isArray(value) && Array.from<unknown>(value).every(isNumber);
/** 32 bytes in base64url. */
const isPseudonym = matches(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);
const isPseudonyms: Check = (value) => Array.isArray(value) && Array.from<unknown>(value).every(isPseudonym);
/** As the header `case-reference` allows it. */
const isCase = matches(/^(?!.*[0-9]{9})[A-Za-z0-9][A-Za-z0-9._/-]{2,63}$/);
/** A public name: letters, digits and the signs that organisations carry, and no number of a person. */
const isPublicName = matches(/^(?!.*[0-9]{9})[\p{L}\p{M}\p{N} .,&'’"“”()/+:–-]{1,200}$/u);
const isShortText = matches(/^[^\p{Cc}]{0,400}$/u);

interface Fields {
  readonly needed: Readonly<Record<string, Check>>;
  readonly optional: Readonly<Record<string, Check>>;
}

const actorFields: Fields = {
  needed: { kind: isText, session: orNull(isText) },
  optional: { number: isNumber, id: isText, name: isPublicName },
};

const detailFields: Fields = {
  needed: {
    fields: (value) =>
      Array.isArray(value) && value.length <= 1000 && Array.from<unknown>(value).every(isShortText),
    address: orNull(isShortText),
    device: orNull(isShortText),
  },
  optional: {},
};

const isIndex: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

const entryFields: Fields = {
  needed: {
    time: isText,
    event: isText,
    actor: (value) => faultIn(value, actorFields) === null && isActor(value as AppendActor),
    subjects: isNumbers,
    purpose: isText,
    legalBasis: isText,
    consentId: orNull(isText),
    caseId: orNull(isCase),
    claims: isTexts,
    sources: isTexts,
    refusal: orNull(isText),
    operationHash: orNull(isText),
    policyVersion: isText,
    requestId: isText,
    level: (value) => value === 0 || value === 1 || value === 2,
    completes: orNull(isIndex),
  },
  optional: {
    pseudonyms: isPseudonyms,
    completesOrigin: isText,
    delayedDisclosure: (value) => typeof value === 'boolean',
    detail: (value) => faultIn(value, detailFields) === null,
  },
};

/** The kinds of actors who are private persons: known by pseudonyms, never by name. */
export const PRIVATE_KINDS: ReadonlySet<string> = new Set(['person', 'representative', 'applicant']);

function isActor({ kind, number, id, name }: AppendActor): boolean {
  if (!PRIVATE_KINDS.has(kind)) return number === undefined && id !== undefined;
  if (name !== undefined) return false;
  // An applicant has shown nobody whose number they declare: they are known by their registration, as a pseudonym already.
  return kind === 'applicant'
    ? number === undefined && isPseudonym(id)
    : number !== undefined && id === undefined;
}

/** An entry of the right shape, or the name of the first field that is not: one of ours, never one that was made up. */
export type ReadEntry = { readonly entry: AppendEntry; readonly field?: never } | { readonly field: string };

/** Reads one entry. Fields that are not known refuse it: what is not understood must not be dropped in silence. */
export function readAppendEntry(value: unknown): ReadEntry {
  const field = faultIn(value, entryFields);
  return field === null ? { entry: value as AppendEntry } : { field };
}

/** The first field at fault, or null. */
function faultIn(value: unknown, { needed, optional }: Fields): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'entry';
  const given = value as Readonly<Record<string, unknown>>;
  for (const [name, check] of Object.entries(needed)) {
    if (!Object.hasOwn(given, name) || !check(given[name])) return name;
  }
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(needed, name)) continue;
    const check = Object.hasOwn(optional, name) ? optional[name] : undefined;
    if (check === undefined) return 'unknown';
    if (!check(given[name])) return name;
  }
  return null;
}

/** A detail as it was given, read back from what was decrypted. */
export function readDetail(value: unknown): AppendDetail | null {
  return faultIn(value, detailFields) === null ? (value as AppendDetail) : null;
}
