import type { ActorKind, Confirmation, Organisation, SubjectIdentifiers } from '@dinhdanh/kit';
import { anonymous } from '../caller.ts';
import type { Caller, KnownDependant } from '../caller.ts';

/** What accounts answers of one session, as `docs/map.md` states it; `actor` alone, and null, where it is nobody's. */
export interface ResolvedCaller {
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

/** The caller that accounts tells of. */
export function toCaller(resolved: ResolvedCaller): Caller {
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
