import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, askGateway, matchDocuments } from '@dinhdanh/kit';
import type { Clock, DeclaredField, IdentityJudgement, MatchRoot, SystemError } from '@dinhdanh/kit';
import type { AccountsSettings } from '../config.ts';
import type { DeclaredIdentity } from './declared-identity.ts';

/** How far a declaration matches the registry, which database said so, and when: what the registration keeps of it. */
export interface IdentityMatch extends IdentityJudgement {
  readonly at: Date;
  /** The database's own name. */
  readonly source: string;
}

/** What asking works with. */
export interface MatchRoom {
  readonly settings: Pick<AccountsSettings, 'gatewayUrl' | 'systemKey'>;
  readonly clock: Clock;
}

/** One try is waited for so long: longer than the gateway's own deadline. */
const TRY_MS = 8_000;
const TRIES = 3;
const PAUSE_MS = 250;
/** What names a later moment than this is left to whoever asked. */
const LONGEST_PAUSE_MS = 2_000;

const registries = {
  CITIZEN: { root: 'matchCitizen', service: 'population' },
  FOREIGN_RESIDENT: { root: 'matchForeignResident', service: 'immigration' },
} as const satisfies Record<DeclaredIdentity['kind'], { root: MatchRoot; service: string }>;

/**
 * Has a declaration compared by the registry it belongs to, through the gateway, on behalf of a registration: that one's
 * declared number must be the one that is asked about. Reading alone, so it is tried again where that may help; each try
 * that was answered is an entry in the history of whose number it is.
 *
 * @throws AppError `SOURCE_UNAVAILABLE` (registry, gateway or accounts away) and `ACCESS_LOG_UNAVAILABLE`, both worth
 *   another try later · `SOURCE_INVALID` · `RATE_LIMITED` (`MATCHES`) · `NOT_PERMITTED` where the registration is not
 *   compared now, or declares another number · `BAD_USER_INPUT` with the field
 */
export async function matchIdentity(
  room: MatchRoom,
  registrationId: string,
  identity: DeclaredIdentity,
  ending: AbortSignal,
): Promise<IdentityMatch> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask(room, registrationId, identity, ending);
    if (!('failed' in answer)) return answer;
    const { failed } = answer;
    const pauseMs = (failed.detail.retryAfterSeconds ?? 0) * 1000 || PAUSE_MS * tries;
    const isWorthIt = RETRIED.has(failed.code) && pauseMs <= LONGEST_PAUSE_MS && tries < TRIES;
    if (!isWorthIt || ending.aborted) throw failed;
    await sleep(pauseMs, undefined, { signal: ending }).catch(() => undefined);
  }
}

const RETRIED: ReadonlySet<string> = new Set(['SOURCE_UNAVAILABLE', 'ACCESS_LOG_UNAVAILABLE']);

type Asked = IdentityMatch | { readonly failed: AppError };

async function ask(
  { settings, clock }: MatchRoom,
  applicant: string,
  { kind, declared }: DeclaredIdentity,
  ending: AbortSignal,
): Promise<Asked> {
  const { root, service } = registries[kind];
  const { systemKey } = settings;
  const gatewayUrl = settings.gatewayUrl();
  const away = (internal: string): Asked => ({
    failed: new AppError('SOURCE_UNAVAILABLE', { source: service, internal }),
  });
  if (gatewayUrl === null || systemKey === null) return away('no gateway to ask');
  try {
    const { data, errors } = await askGateway({
      ...{ name: 'accounts', gatewayUrl, systemKey, applicant, ending },
      ...{ document: matchDocuments[root], variables: { declared }, now: clock(), timeoutMs: TRY_MS },
    });
    const [error] = errors;
    return error === undefined ? readMatch(data?.[root], service) : { failed: failureOf(error, service) };
  } catch {
    return away('the gateway does not answer');
  }
}

function failureOf({ code, source, ...told }: SystemError, service: string): AppError {
  const detail = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
  switch (code) {
    case 'UNAUTHENTICATED':
      return new AppError('NOT_PERMITTED', { internal: 'no registration that is compared now' });
    case 'TIMEOUT':
      return new AppError('SOURCE_UNAVAILABLE', { ...detail, source: service });
    case 'SOURCE_UNAVAILABLE':
    case 'SOURCE_INVALID':
      return new AppError(code, { ...detail, source: source ?? service });
    default:
      return new AppError(code, detail);
  }
}

const LEVELS: ReadonlySet<unknown> = new Set(['FULL', 'PARTIAL', 'NONE']);

function readMatch(told: unknown, service: string): Asked {
  const { level, differing, source } = (told ?? {}) as {
    readonly level?: unknown;
    readonly differing?: unknown;
    readonly source?: { readonly database?: unknown; readonly fetchedAt?: unknown } | null;
  };
  const at = new Date(String(source?.fetchedAt));
  const isMatch =
    LEVELS.has(level) &&
    Array.isArray(differing) &&
    differing.every((field) => typeof field === 'string' && /^[A-Z_]{1,40}$/.test(field)) &&
    (level === 'PARTIAL') === differing.length > 0 &&
    typeof source?.database === 'string' &&
    !Number.isNaN(at.getTime());
  if (!isMatch)
    return { failed: new AppError('SOURCE_INVALID', { source: service, internal: 'no comparison' }) };
  return {
    level: level as IdentityMatch['level'],
    differing: differing as DeclaredField[],
    at,
    source: source.database,
  };
}
