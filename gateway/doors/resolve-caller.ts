import type { ActorKind, Confirmation, Organisation, SubjectIdentifiers } from '@dinhdanh/kit';
import { anonymous } from '../caller.ts';
import type { Caller, KnownDependant } from '../caller.ts';
import { askDoor } from './ask-door.ts';
import type { LookUpRooms } from './ask-door.ts';

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
export async function resolveCaller(session: string, rooms: LookUpRooms): Promise<Caller> {
  const json = await askDoor(
    {
      ...{ service: 'accounts', path: '/resolve-caller', content: { session }, step: 'caller' },
      ...{ purpose: 'resolve_caller', legalBasis: 'Decree 69/2024/NĐ-CP, art. 9' },
    },
    rooms,
  );
  return toCaller(json as unknown as ResolvedCaller);
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
