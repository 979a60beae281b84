/** A text in both languages. */
export interface BilingualText {
  readonly vi: string;
  readonly en: string;
}

/** What a relying party asks for, as it stands in `authorization_details` (RFC 9396) of type `profile_share`. */
export interface ShareDetails {
  readonly source: { readonly query: string } | { readonly claims: readonly string[] };
  /** Fields or claims one may leave out. */
  readonly voluntary: readonly string[];
  readonly purpose: { readonly code: string; readonly text: BilingualText };
  readonly retentionDays: number;
  readonly fetch: 'ONCE' | 'STANDING';
  readonly frequency: { readonly times: number; readonly per: string } | null;
  /** The end of a standing consent: the end of that day where a day was named. */
  readonly validUntil: Date | null;
}

/** Why a request is refused, as a sentence for the developer of the relying party. Names rules and fields of ours alone. */
export interface DetailsProblem {
  readonly problem: string;
}

const known = new Set([
  'type',
  'locations',
  'query',
  'claims',
  'voluntary',
  'purpose',
  'retention_days',
  'fetch',
  'frequency',
  'valid_until',
]);

/** The longest text a relying party may say of its purpose, in characters, in each language. */
const TEXT_LIMIT = 300;

/** Reads the shape of one authorization detail; whether it may be asked is for {@link checkDetails}. */
export function readDetails(detail: Readonly<Record<string, unknown>>): ShareDetails | DetailsProblem {
  const unknown = Object.keys(detail).find((name) => !known.has(name));
  if (unknown !== undefined) return { problem: 'there is a member that profile_share does not have' };
  const source = readSource(detail);
  if ('problem' in source) return source;
  const purpose = readPurpose(detail['purpose']);
  if ('problem' in purpose) return purpose;
  const voluntary = detail['voluntary'] ?? [];
  if (!isWords(voluntary)) return { problem: 'voluntary must be an array of fields or claims' };
  const retentionDays = detail['retention_days'];
  if (!isCount(retentionDays)) return { problem: 'retention_days must be a whole number of days, 0 or more' };
  const terms = readTerms(detail);
  return 'problem' in terms ? terms : { source, purpose, voluntary, retentionDays, ...terms };
}

function readSource({
  query,
  claims,
}: Readonly<Record<string, unknown>>): ShareDetails['source'] | DetailsProblem {
  if ((query === undefined) === (claims === undefined))
    return { problem: 'either query or claims must say what is asked' };
  if (typeof query === 'string') return { query };
  return isWords(claims) && claims.length > 0
    ? { claims }
    : { problem: 'query must be a string, claims an array of claim ids' };
}

function readPurpose(value: unknown): ShareDetails['purpose'] | DetailsProblem {
  const { code, text } = (isObject(value) ? value : {}) as { code?: unknown; text?: unknown };
  if (typeof code !== 'string' || code === '') return { problem: 'purpose.code is missing' };
  const { vi, en } = (isObject(text) ? text : {}) as { vi?: unknown; en?: unknown };
  if (!isText(vi) || !isText(en))
    return {
      problem: `purpose.text must say why in vi and en, each in 1 to ${TEXT_LIMIT} printable characters`,
    };
  return { code, text: { vi, en } };
}

function readTerms(
  detail: Readonly<Record<string, unknown>>,
): Pick<ShareDetails, 'fetch' | 'frequency' | 'validUntil'> | DetailsProblem {
  const { fetch, frequency, valid_until: until } = detail;
  if (fetch !== 'once' && fetch !== 'standing') return { problem: 'fetch must be once or standing' };
  const validUntil = until === undefined ? null : readEnd(until);
  if (validUntil === undefined)
    return { problem: 'valid_until must be a day, or an instant with its offset' };
  if (fetch === 'once') {
    if (frequency !== undefined) return { problem: 'frequency is for fetch: standing alone' };
    return { fetch: 'ONCE', frequency: null, validUntil };
  }
  const { times, per } = (isObject(frequency) ? frequency : {}) as { times?: unknown; per?: unknown };
  if (!isCount(times) || times < 1 || times > 100 || typeof per !== 'string' || durationSeconds(per) === null)
    return {
      problem: 'fetch: standing needs frequency.times (1 to 100) and frequency.per (PT1H, P1D, P30D)',
    };
  if (validUntil === null) return { problem: 'fetch: standing needs valid_until' };
  return { fetch: 'STANDING', frequency: { times, per }, validUntil };
}

/** The seconds of an ISO 8601 duration of whole days, hours or minutes, up to a year; null for any other text. */
export function durationSeconds(text: string): number | null {
  const [, days, hours, minutes] =
    /^P(?:(\d{1,3})D)?(?:T(?=\d)(?:(\d{1,3})H)?(?:(\d{1,4})M)?)?$/.exec(text) ?? [];
  const seconds = Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return seconds > 0 && seconds <= 366 * 86_400 ? seconds : null;
}

function readEnd(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value);
  if (!day && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/.test(value))
    return undefined;
  // A day ends in Vietnam.
  const end = new Date(day ? `${value}T23:59:59+07:00` : value);
  if (Number.isNaN(end.getTime())) return undefined;
  return day && new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10) !== value ? undefined : end;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isWords(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= 200 &&
    value.every((word) => typeof word === 'string' && word.length > 0 && word.length <= 300)
  );
}

/** Text as people may be shown it: no control or direction characters that would make it read as something else. */
function isText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.trim().length > 0 &&
    value.length <= TEXT_LIMIT &&
    !/[\p{Cc}\p{Cf}\p{Co}]/u.test(value)
  );
}
