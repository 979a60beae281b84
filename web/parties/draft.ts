import type { RelyingPartyInput } from '../generated/operations.ts';
import type { PartyProblem, Purpose, RelyingParty } from './relying-party.ts';

/** What of a purpose somebody has filled in. */
export interface PurposeDraft {
  readonly claims: ReadonlySet<string>;
  /** As it was typed. */
  readonly retention: string;
  readonly standing: boolean;
}

/** A registration as far as it is filled in. */
export interface PartyDraft {
  readonly displayName: string;
  readonly domain: string;
  readonly dataContact: string;
  /** One address a line. */
  readonly redirects: string;
  readonly keysBy: 'text' | 'address';
  readonly jwks: string;
  readonly jwksUri: string;
  /** By code. */
  readonly purposes: ReadonlyMap<string, PurposeDraft>;
}

/** Nothing is chosen beforehand: what is asked of people is somebody's decision. */
export const emptyPurpose: PurposeDraft = { claims: new Set(), retention: '', standing: false };

/** A registration to begin with, or to go on from what is registered; keys are never given back and are sent anew. */
export function draftOf(party: RelyingParty | null): PartyDraft {
  const purposes = (party?.purposes ?? []).map(
    ({ code, claims, retentionDays, standing }) =>
      [code, { claims: new Set(claims), retention: String(retentionDays), standing }] as const,
  );
  return {
    displayName: party?.displayName ?? '',
    domain: party?.domain ?? '',
    dataContact: party?.dataContact ?? '',
    redirects: (party?.redirectUris ?? []).join('\n'),
    keysBy: party?.jwksUri == null ? 'text' : 'address',
    jwks: '',
    jwksUri: party?.jwksUri ?? '',
    purposes: new Map(purposes),
  };
}

/** The draft with a purpose chosen, changed, or (with null) given up. */
export function withPurpose(draft: PartyDraft, code: string, purpose: PurposeDraft | null): PartyDraft {
  const purposes = new Map(draft.purposes);
  if (purpose === null) purposes.delete(code);
  else purposes.set(code, purpose);
  return { ...draft, purposes };
}

/** The codes of the chosen purposes in the order they are sent, which is that of the catalogue. */
export function chosenCodes({ purposes }: PartyDraft, catalogue: readonly Purpose[]): readonly string[] {
  return catalogue.flatMap(({ code }) => (code !== null && purposes.has(code) ? [code] : []));
}

/** What is sent. What was typed as days and is no whole number is sent as -1, which is refused at its field. */
export function inputOf(
  draft: PartyDraft,
  organisation: string,
  catalogue: readonly Purpose[],
): RelyingPartyInput {
  const lines = draft.redirects.split('\n').map((line) => line.trim());
  return {
    organisation,
    displayName: draft.displayName.trim(),
    domain: draft.domain.trim().toLowerCase(),
    dataContact: draft.dataContact.trim(),
    redirectUris: lines.filter((line) => line !== ''),
    jwks: draft.keysBy === 'text' ? draft.jwks : null,
    jwksUri: draft.keysBy === 'address' ? draft.jwksUri.trim() : null,
    purposes: chosenCodes(draft, catalogue).map((code) => {
      const { claims, retention, standing } = draft.purposes.get(code) ?? emptyPurpose;
      const retentionDays = /^\d{1,5}$/.test(retention.trim()) ? Number(retention) : -1;
      return { code, claims: [...claims].toSorted(), retentionDays, standing };
    }),
  };
}

/** The problems of a field and of all below it: `jwks` has those of `jwks.keys[1].kid`, not those of `jwksUri`. */
export function problemsOf(problems: readonly PartyProblem[], field: string): readonly PartyProblem[] {
  return problems.filter(
    (one) =>
      one.field === field || (one.field.startsWith(field) && '.['.includes(one.field.charAt(field.length))),
  );
}

/**
 * Which line or key a problem is about, counted from 1: `redirectUris[0]`, `jwks.keys[1].kid`; null for a whole field, and
 * for purposes, each of which has fields of its own.
 */
export function placeIn(field: string): number | null {
  const at = field.startsWith('purposes') ? undefined : /\[(\d+)\](?:\.\w+)?$/.exec(field)?.[1];
  return at === undefined ? null : Number(at) + 1;
}
