/** What an entry must be to be written, field by field. */
import type { AccessLogEntry } from './access-log-entry.ts';

type FieldRule = readonly [holds: (value: unknown) => boolean, sentence: string];

/** 32 bytes in base64url: pseudonyms and hashes. */
const digest = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
/** 16 bytes in base64url. */
const saltText = /^[A-Za-z0-9_-]{21}[AQgw]$/;
/** Ids of requests, sessions, consents, clients: visible ASCII that needs no escape. */
const id = /^[A-Za-z0-9._~:/@-]{1,200}$/;
const code = /^[a-z][a-z0-9_.-]{0,79}$/;
const refusalCode = /^[A-Z][A-Z0-9_]{0,63}$/;
const service = /^[a-z][a-z0-9-]{0,39}$/;
const claim = /^[a-z][A-Za-z0-9-]*(\.[a-z][A-Za-z0-9-]*){0,5}(\([a-z][A-Za-z]*:[A-Za-z0-9_-]{1,20}\))?$/;
/** Letters, digits and the signs of a statute's reference. */
const statute = /^[\p{L}\p{N} ./,()-]{1,120}$/u;
/** Personal numbers have 12 digits, old ones 9, insurance numbers 10: no name needs as many in a row. */
const likeANumber = /[0-9]{9}/;

const events = ['intent', 'denied', 'aborted', 'audit-read', 'consent-change'];
const kinds = [
  'person',
  'representative',
  'relying_party',
  'officer',
  'auditor',
  'applicant',
  'authority',
  'system',
];
/** Which ends an event can have. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  intent: ['released'],
  denied: ['refused'],
  aborted: ['undelivered'],
  'audit-read': ['released', 'refused'],
  'consent-change': ['recorded'],
};

const isText = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const isName = (pattern: RegExp) => (value: unknown) =>
  isText(pattern)(value) && !likeANumber.test(String(value));
const orNull = (rule: (value: unknown) => boolean) => (value: unknown) => value === null || rule(value);
const isOneOf = (values: readonly unknown[]) => (value: unknown) => values.includes(value);

/** Sorted and each once, so that one set has one way to be written. */
const isSetOf = (rule: (value: unknown) => boolean, most: number) => (value: unknown) =>
  Array.isArray(value) &&
  value.length <= most &&
  // Array.from makes holes undefined, which every() alone would pass over.
  Array.from<unknown>(value).every(
    (item, at) => rule(item) && (at === 0 || String(value[at - 1]) < String(item)),
  );

/** A date that exists, written the one way. */
function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[0-9]{4}-/.test(value)) return false;
  const instant = new Date(value);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === value;
}

const isIndex = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const rules: Readonly<Record<keyof AccessLogEntry, FieldRule>> = {
  version: [isOneOf([1]), 'is 1'],
  time: [isInstant, 'is an instant in UTC with milliseconds: 2026-11-21T03:04:05.678Z'],
  event: [isOneOf(events), `is one of ${events.join(', ')}`],
  actor: [(value) => typeof value === 'object' && value !== null, 'says kind, id and session'],
  subjects: [isSetOf(isText(digest), 1000), 'are pseudonyms of 32 bytes in base64url, sorted, each once'],
  purpose: [isName(code), 'is a code in small letters, and holds no number of a person'],
  legalBasis: [isName(statute), "is a statute's reference, and holds no number of a person"],
  consentId: [orNull(isText(id)), 'is an id or null'],
  caseId: [orNull(isText(id)), 'is an id or null'],
  claims: [isSetOf(isName(claim), 1000), 'are claim ids, sorted, each once: names, never values'],
  sources: [isSetOf(isName(service), 100), 'are names of services, sorted, each once'],
  outcome: [isOneOf([...new Set(Object.values(outcomes).flat())]), 'is one of the outcomes'],
  refusal: [orNull(isText(refusalCode)), 'is an error code or null'],
  operationHash: [orNull(isText(digest)), 'is a hash of 32 bytes in base64url, or null'],
  policyVersion: [isName(id), 'is an id'],
  requestId: [isText(id), 'is an id'],
  level: [isOneOf([0, 1, 2]), 'is 0, 1 or 2'],
  completes: [orNull(isIndex), 'is the index of an entry, or null'],
  delayedDisclosure: [isOneOf([true, false]), 'is true or false'],
  salt: [isText(saltText), 'is 16 bytes in base64url'],
  detailHash: [orNull(isText(digest)), 'is a hash of 32 bytes in base64url, or null'],
};

const actorRules: Readonly<Record<keyof AccessLogEntry['actor'], FieldRule>> = {
  kind: [isOneOf(kinds), `is one of ${kinds.join(', ')}`],
  id: [isText(id), 'is an id'],
  session: [orNull(isText(id)), 'is an id or null'],
};

/** A sentence for each rule that a value breaks; none where it is an entry that may be written. */
export function entryComplaints(value: unknown): string[] {
  const complaints = fieldComplaints('', value, rules);
  if (complaints.length > 0) return complaints;
  const entry = value as AccessLogEntry;
  const actor = fieldComplaints('actor.', entry.actor, actorRules);
  return actor.length > 0 ? actor : togetherComplaints(entry);
}

function fieldComplaints(
  prefix: string,
  value: unknown,
  fields: Readonly<Record<string, FieldRule>>,
): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${prefix === '' ? 'an entry' : prefix.slice(0, -1)} is an object.`];
  const given = value as Readonly<Record<string, unknown>>;
  const broken = Object.entries(fields).filter(
    ([name, [holds]]) => !Object.hasOwn(given, name) || !holds(given[name]),
  );
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(fields, name));
  return [
    ...broken.map(([name, [, sentence]]) => `${prefix}${name} ${sentence}.`),
    // The name is not repeated: whoever put a value under a made-up name may have put one into the name.
    ...unknown.map(() => `${prefix === '' ? 'an entry' : 'actor'} has no other fields.`),
  ];
}

/** What fields must be to each other. */
function togetherComplaints(entry: AccessLogEntry): string[] {
  const { event, outcome, refusal, completes, actor, caseId } = entry;
  const isPrivate = ['person', 'representative', 'applicant'].includes(actor.kind);
  const sentences: readonly [boolean, string][] = [
    [outcomes[event]?.includes(outcome) ?? false, `outcome of ${event} cannot be ${outcome}.`],
    [
      (refusal !== null) === (outcome === 'refused'),
      'refusal is given exactly where the outcome is refused.',
    ],
    [
      (completes !== null) === (event === 'aborted'),
      'completes is given exactly where the event is aborted.',
    ],
    [
      !isPrivate || digest.test(actor.id),
      'actor.id of a private person is a pseudonym of 32 bytes in base64url.',
    ],
    [event !== 'audit-read' || caseId !== null, 'caseId is given for an audit-read.'],
  ];
  return sentences.flatMap(([holds, sentence]) => (holds ? [] : [sentence]));
}
