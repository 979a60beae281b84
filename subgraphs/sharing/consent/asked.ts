/** A text in the two languages of the screens. */
export interface BilingualText {
  readonly vi: string;
  readonly en: string;
}

/** Once: until its one token ends. Standing: again and again, up to an end. */
export type Fetch = 'ONCE' | 'STANDING';

/** How often a standing consent may be used: `times` in each `per`, an ISO 8601 duration such as `P1D`. */
export interface Frequency {
  readonly times: number;
  readonly per: string;
}

/** One thing that is asked, as it stands on the screen. */
export interface ShareItem {
  /** The key of its leaf, or the claim where claims were asked for. */
  readonly id: string;
  readonly claim: string;
  /** Keys of its leaves. */
  readonly fields: readonly string[];
  readonly label: BilingualText;
  readonly voluntary: boolean;
  readonly sensitive: boolean;
  readonly separateTick: boolean;
}

/** What is asked, or what was granted of it: all that is stored of a request's matter. Names of fields, never a value. */
export interface Asked {
  /** Normalised GraphQL. */
  readonly document: string;
  /** Base64url SHA-256 of the document. */
  readonly hash: string;
  /** In the order of the screen. */
  readonly items: readonly ShareItem[];
  readonly purposeText: BilingualText;
  readonly retentionDays: number;
  readonly fetch: Fetch;
  readonly frequency: Frequency | null;
  /** RFC 3339, UTC; a standing request always has one. */
  readonly validUntil: string | null;
  readonly refusalMeans: BilingualText;
}

/** The keys of all leaves of a list of items, sorted. */
export function leavesOf(items: readonly ShareItem[]): string[] {
  return items.flatMap(({ fields }) => fields).toSorted();
}

/** The claims of a list of items, each once, sorted. */
export function claimsAsked(items: readonly ShareItem[]): string[] {
  return [...new Set(items.map(({ claim }) => claim))].toSorted();
}
