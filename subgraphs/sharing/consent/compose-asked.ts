import type { Ask, AskedLeaf } from '@dinhdanh/schema';
import type { GraphQLSchema } from 'graphql';
import type { Asked, BilingualText, Fetch, Frequency, ShareItem } from './asked.ts';
import { describeClaim, describeLeaf, placeOfClaim } from './describe-leaf.ts';

/** What a relying party says of a request besides the fields themselves; read and checked for its shape already. */
export interface AskDetails {
  readonly source: { readonly query: string } | { readonly claims: readonly string[] };
  /** Fields by path (`person.ageOver`) or key, or claims where claims are asked for: what one may leave out. */
  readonly voluntary: readonly string[];
  readonly purpose: { readonly code: string; readonly text: BilingualText };
  readonly retentionDays: number;
  readonly fetch: Fetch;
  readonly frequency: Frequency | null;
  readonly validUntil: Date | null;
}

/** The upper bound of a purpose, as the catalogue or a registration has it. */
export interface AskBounds {
  readonly claims: readonly string[];
  readonly retentionDays: number;
  readonly standing: boolean;
}

/** A purpose of the catalogue, as far as it bounds and explains a request. */
export interface AskPurpose extends AskBounds {
  readonly ages: readonly number[];
  readonly refusalMeans: BilingualText;
}

/** One thing that a request may not ask: the member at fault, a stable word, and which claim or field. */
export interface AskProblem {
  readonly field: 'claims' | 'voluntary' | 'retention_days' | 'fetch' | 'valid_until';
  readonly code:
    | 'OVER_ASKED'
    | 'NOT_SHARED'
    | 'AGE_NOT_ALLOWED'
    | 'TOO_MANY_AGES'
    | 'LEAF_UNKNOWN'
    | 'RETENTION_TOO_LONG'
    | 'STANDING_NOT_ALLOWED'
    | 'END_REQUIRED'
    | 'END_PASSED'
    | 'END_TOO_LATE';
  readonly value: string | null;
}

/** One age limit more and a birth date is told nearly as well as by itself. */
const MOST_AGES = 2;
const YEAR_MS = 366 * 86_400_000;

/** What a request asks, ready to be put down. */
export interface AskParts {
  readonly ask: Ask;
  readonly details: AskDetails;
  readonly purpose: AskPurpose;
  readonly schema: GraphQLSchema;
}

/** Everything that a request asks beyond its purpose and the registration for it; empty where it may be asked. */
export function problemsOfAsk(
  { ask, details, purpose }: Omit<AskParts, 'schema'>,
  registered: AskBounds,
  now: Date,
): AskProblem[] {
  return [
    ...problemsOfLeaves(ask.leaves, purpose, registered),
    ...details.voluntary
      .filter((name) => !ask.leaves.some((leaf) => isNamed(leaf, [name], details)))
      .map((name): AskProblem => ({ field: 'voluntary', code: 'LEAF_UNKNOWN', value: name })),
    ...problemsOfTerms(details, purpose, registered, now),
  ];
}

function problemsOfLeaves(
  leaves: readonly AskedLeaf[],
  purpose: AskPurpose,
  registered: AskBounds,
): AskProblem[] {
  const claimed = leaves.flatMap(({ claim }) => (claim === null ? [] : [claim]));
  const over = new Set(
    claimed.filter((claim) => !purpose.claims.includes(claim) || !registered.claims.includes(claim)),
  );
  const closed = leaves.filter(({ share }) => share !== 'ALLOWED' && share !== 'SEPARATE_TICK');
  const ages = agesOf(leaves);
  return [
    ...[...over].map((value): AskProblem => ({ field: 'claims', code: 'OVER_ASKED', value })),
    ...closed.map(({ key }): AskProblem => ({ field: 'claims', code: 'NOT_SHARED', value: key })),
    ...ages
      .filter((age) => !purpose.ages.includes(age))
      .map((age): AskProblem => ({ field: 'claims', code: 'AGE_NOT_ALLOWED', value: String(age) })),
    ...(ages.length > MOST_AGES ? [{ field: 'claims', code: 'TOO_MANY_AGES', value: null } as const] : []),
  ];
}

function problemsOfTerms(
  details: AskDetails,
  purpose: AskPurpose,
  registered: AskBounds,
  now: Date,
): AskProblem[] {
  const { retentionDays, fetch, validUntil } = details;
  const end = (code: AskProblem['code']): AskProblem => ({ field: 'valid_until', code, value: null });
  return [
    ...(retentionDays > Math.min(purpose.retentionDays, registered.retentionDays)
      ? [{ field: 'retention_days', code: 'RETENTION_TOO_LONG', value: String(retentionDays) } as const]
      : []),
    ...(fetch === 'STANDING' && !(purpose.standing && registered.standing)
      ? [{ field: 'fetch', code: 'STANDING_NOT_ALLOWED', value: null } as const]
      : []),
    ...(fetch === 'STANDING' && validUntil === null ? [end('END_REQUIRED')] : []),
    ...(validUntil !== null && validUntil <= now ? [end('END_PASSED')] : []),
    ...(validUntil !== null && validUntil.getTime() > now.getTime() + YEAR_MS ? [end('END_TOO_LATE')] : []),
  ];
}

/** The age limits that are asked, each once. */
function agesOf(leaves: readonly AskedLeaf[]): number[] {
  const years = leaves.flatMap(({ key }) => /\(years:(\d+)\)$/u.exec(key)?.[1] ?? []);
  return [...new Set(years.map(Number))];
}

/** Puts down what is asked as it is shown, decided and kept: an item for each field, or for each claim where those were asked. */
export function composeAsked({ ask, details, purpose, schema }: AskParts): Asked {
  const shown = ask.leaves.filter((leaf): leaf is ClaimedLeaf => leaf.claim !== null);
  const items =
    'claims' in details.source ? itemsOfClaims(shown, details) : itemsOfLeaves(shown, details, schema);
  return {
    document: ask.document,
    hash: ask.hash,
    items: items.toSorted((one, other) => placeOfClaim(one.claim) - placeOfClaim(other.claim)),
    purposeText: { vi: details.purpose.text.vi, en: details.purpose.text.en },
    retentionDays: details.retentionDays,
    fetch: details.fetch,
    frequency: details.frequency,
    validUntil: details.validUntil?.toISOString() ?? null,
    refusalMeans: { vi: purpose.refusalMeans.vi, en: purpose.refusalMeans.en },
  };
}

type ClaimedLeaf = AskedLeaf & { readonly claim: string };

function itemsOfLeaves(
  leaves: readonly ClaimedLeaf[],
  details: AskDetails,
  schema: GraphQLSchema,
): ShareItem[] {
  return leaves.map((leaf) => itemOf(leaf.key, describeLeaf(leaf.key, leaf.claim, schema), [leaf], details));
}

function itemsOfClaims(leaves: readonly ClaimedLeaf[], details: AskDetails): ShareItem[] {
  const claims = Map.groupBy(leaves, ({ claim }) => claim);
  return [...claims].map(([claim, own]) => itemOf(claim, describeClaim(claim), own, details));
}

function itemOf(
  id: string,
  label: BilingualText,
  leaves: readonly ClaimedLeaf[],
  details: AskDetails,
): ShareItem {
  return {
    id,
    claim: leaves[0]?.claim ?? id,
    fields: leaves.map(({ key }) => key),
    label,
    voluntary: leaves.every((leaf) => isNamed(leaf, details.voluntary, details)),
    sensitive: leaves.some((leaf) => leaf.class === 'SENSITIVE'),
    separateTick: leaves.some(({ share }) => share === 'SEPARATE_TICK'),
  };
}

/** Whether a leaf is named: by its key, its path, or what it stands in; by its claim where claims were asked. */
function isNamed(
  { key, claim }: AskedLeaf,
  names: readonly string[],
  { source }: Pick<AskDetails, 'source'>,
): boolean {
  if ('claims' in source) return claim !== null && names.includes(claim);
  const path = key.replace(/\(.*$/su, '');
  return names.some(
    (name) => name === key || name === path || (name !== 'person' && path.startsWith(`${name}.`)),
  );
}
