import { makeCode, nextCodeInMs } from '../consent/rotating-code.ts';
import { endOf, later, RENEW_SECONDS, shareStateAt, WRONG_NUMBERS } from '../consent/share-states.ts';
import type { ShareState } from '../consent/share-states.ts';
import { purposes } from '../parties/purposes.ts';
import type { PageRow } from './store.ts';

/** What the page is told of its request. No word of the person: not who took it, not what they have. */
export interface PageState {
  readonly state: ShareState;
  /** Nothing will change any more; `redirectTo` leads back to who asked. */
  readonly ended: boolean;
  /** A new code can be made. */
  readonly renewable: boolean;
  readonly party: {
    readonly legalName: string;
    readonly displayName: string;
    readonly domain: string;
    readonly verified: boolean;
  };
  /** `label` is the catalogue's, `text` in the relying party's own words. */
  readonly purpose: {
    readonly code: string;
    readonly label: { readonly vi: string; readonly en: string } | null;
    readonly text: { readonly vi?: string; readonly en?: string } | null;
  };
  /** RFC 3339, UTC. */
  readonly claimUntil: string;
  readonly decideUntil: string | null;
  /** Until the present state runs out; null where it does not. For browsers whose clocks are wrong. */
  readonly leftMs: number | null;
  readonly numberNeeded: boolean;
  /** It was taken by the link, on the phone where it began, which leads back by itself. */
  readonly samePhone: boolean;
  readonly triesLeft: number;
  /** While somebody can take it: what the picture and the link hold, and when the picture changes. */
  readonly code?: { readonly text: string; readonly link: string; readonly nextInMs: number };
  /** Where nobody can take it or it has ended: the way back to who asked. */
  readonly redirectTo?: string;
}

/** Tells the page where its request stands. `gatewayUrl` is the public origin that codes lead to. */
export function tellState(row: PageRow, gatewayUrl: string, now: Date): PageState {
  const state = shareStateAt(row, now);
  const renewable = isRenewable(row, state, now);
  const end = state === row.state ? endOf(row) : null;
  return {
    state,
    ended: !renewable && !['WAITING', 'CLAIMED', 'APPROVED'].includes(state),
    renewable,
    party: {
      legalName: row.legalName,
      displayName: row.displayName,
      domain: row.domain,
      verified: row.verified,
    },
    purpose: {
      code: row.purpose,
      label: purposes.get(row.purpose)?.label ?? null,
      text: row.purposeText,
    },
    claimUntil: row.claimUntil.toISOString(),
    decideUntil: row.decideUntil?.toISOString() ?? null,
    leftMs: end === null ? null : end.getTime() - now.getTime(),
    numberNeeded: state === 'APPROVED' && row.hasNumber,
    samePhone: row.door === 'link',
    triesLeft: Math.max(0, WRONG_NUMBERS - row.wrongNumbers),
    ...(state === 'WAITING' ? { code: codesAt(row, gatewayUrl, now) } : {}),
  };
}

function isRenewable({ claimedAt, createdAt }: PageRow, state: ShareState, now: Date): boolean {
  return (
    (state === 'WAITING' || state === 'EXPIRED') &&
    claimedAt === null &&
    now < later(createdAt, RENEW_SECONDS)
  );
}

function codesAt(row: PageRow, gatewayUrl: string, now: Date): NonNullable<PageState['code']> {
  const address = `${gatewayUrl}/#/share/`;
  return {
    text: address + makeCode(row, 'q', now),
    link: address + makeCode(row, 'l', now),
    nextInMs: nextCodeInMs(row, now),
  };
}
