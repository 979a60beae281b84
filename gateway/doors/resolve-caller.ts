import { AppError, bodyHash, CALLER_TOKEN_SECONDS, signCallerToken } from '@dinhdanh/kit';
import type { ActorKind, Confirmation, Organisation, SubjectIdentifiers } from '@dinhdanh/kit';
import { anonymous } from '../caller.ts';
import type { Caller, KnownDependant } from '../caller.ts';
import type { Upstream } from '../upstream/upstream.ts';

/** What the look-up of a session needs. */
export interface ResolveCallerRooms {
  readonly upstream: Upstream;
  /** The caller-token key of accounts. */
  readonly key: Buffer;
  readonly now: Date;
  readonly deadlineAt: number;
  readonly requestId: string;
}

/** The answer of accounts, as `docs/map.md` states it. */
interface ResolvedCaller {
  readonly actor: { readonly kind: ActorKind; readonly id: string; readonly staffRole?: string } | null;
  readonly sessionId: string;
  readonly level: 0 | 1 | 2 | null;
  readonly status: string;
  readonly passcodeUntil: string | null;
  readonly guardianRequired: boolean;
  readonly confirmation?: Confirmation | null;
  readonly organisations?: readonly Organisation[];
  readonly self: { readonly subject: string; readonly ids: SubjectIdentifiers } | null;
  readonly dependants: readonly {
    readonly id: string;
    readonly subject: string;
    readonly ids: SubjectIdentifiers;
  }[];
}

/**
 * The one look-up of a request: whose session is this, what may they reach. Nothing is kept between requests, so a
 * revoked session ends with the next one.
 *
 * @throws AppError `SOURCE_UNAVAILABLE` (source accounts) when nobody can be verified
 */
export async function resolveCaller(session: string, rooms: ResolveCallerRooms): Promise<Caller> {
  const body = JSON.stringify({ session });
  let attempt = 0;
  const answer = await rooms.upstream.post('accounts', {
    path: '/resolve-caller',
    body,
    headers: () => ({ authorization: `Bearer ${signLookUp(rooms, body, attempt++)}` }),
    deadlineAt: rooms.deadlineAt,
    idempotent: true,
    requestId: rooms.requestId,
  });
  if (!answer.ok) {
    throw new AppError('SOURCE_UNAVAILABLE', {
      source: 'accounts',
      internal: answer.reason,
      retryAfterSeconds: 5,
    });
  }
  return toCaller(answer.json as unknown as ResolvedCaller);
}

function signLookUp(rooms: ResolveCallerRooms, body: string, attempt: number): string {
  const issuedAt = Math.floor(rooms.now.getTime() / 1000);
  return signCallerToken(
    {
      iss: 'gateway',
      aud: 'accounts',
      iat: issuedAt,
      exp: issuedAt + CALLER_TOKEN_SECONDS,
      jti: `${rooms.requestId}.caller.${attempt}`,
      act: { kind: 'system', id: 'gateway' },
      level: 0,
      subjects: [],
      ids: {},
      claims: [],
      purpose: 'resolve_caller',
      legalBasis: 'Decree 69/2024/NĐ-CP, art. 9',
      bh: bodyHash(body),
    },
    rooms.key,
  );
}

function toCaller(resolved: ResolvedCaller): Caller {
  if (resolved.actor === null) return anonymous;
  return {
    kind: resolved.actor.kind,
    id: resolved.actor.id,
    sessionId: resolved.sessionId,
    level: resolved.level ?? 0,
    locked: resolved.status !== 'ACTIVE',
    passcodeUntil: resolved.passcodeUntil === null ? null : new Date(resolved.passcodeUntil),
    guardianRequired: resolved.guardianRequired,
    self: resolved.self,
    dependants: resolved.dependants.map(({ id, subject, ids }): KnownDependant => ({ id, subject, ids })),
    confirmation: resolved.confirmation ?? null,
    role: resolved.actor.staffRole ?? null,
    organisations: resolved.organisations ?? [],
  };
}
