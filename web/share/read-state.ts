/** Where a request stands. */
export type ShareState =
  | 'WAITING'
  | 'CLAIMED'
  | 'APPROVED'
  | 'GRANTED'
  | 'DECLINED'
  | 'EXPIRED'
  | 'CANCELLED';

/** A text in both languages; a relying party may have left one out. */
export interface BothLanguages {
  readonly vi?: string;
  readonly en?: string;
}

/** What the server tells of a request. */
export interface RequestState {
  readonly state: ShareState;
  readonly ended: boolean;
  readonly renewable: boolean;
  readonly party: {
    readonly legalName: string;
    readonly displayName: string;
    readonly domain: string;
    readonly verified: boolean;
  };
  readonly purpose: {
    readonly code: string;
    readonly label: BothLanguages | null;
    readonly text: BothLanguages | null;
  };
  readonly leftMs: number | null;
  readonly numberNeeded: boolean;
  readonly samePhone: boolean;
  readonly triesLeft: number;
  readonly code?: { readonly text: string; readonly link: string; readonly nextInMs: number };
  readonly redirectTo?: string;
}

const states: readonly unknown[] = [
  'WAITING',
  'CLAIMED',
  'APPROVED',
  'GRANTED',
  'DECLINED',
  'EXPIRED',
  'CANCELLED',
] satisfies ShareState[];

/** Takes what came over the wire for a state; null for what is none, such as a page of a proxy. */
export function readState(content: unknown): RequestState | null {
  if (typeof content !== 'object' || content === null) return null;
  const { state, party } = content as Partial<RequestState>;
  return states.includes(state) && typeof party === 'object' ? (content as RequestState) : null;
}

/** The same for text, as events bring it. */
export function readStateText(text: string): RequestState | null {
  try {
    return readState(JSON.parse(text));
  } catch {
    return null;
  }
}
