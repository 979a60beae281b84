import { bodyHash, CALLER_TOKEN_SECONDS, signCallerToken, unreachable } from '@dinhdanh/kit';
import type { CallerToken, SubjectGrant, SubjectIdentifiers, SubjectRole } from '@dinhdanh/kit';
import { subjectsKnownTo } from '../caller.ts';
import type { Caller, KnownSubject } from '../caller.ts';
import { actorKindOf, groundsOf, isAudited, isStaff, isWardLeaf, rootOf } from '../capacity.ts';
import { clientNetwork } from '../client-network.ts';
import type { ClaimIndex } from '../claim-index.ts';
import type { Leaf, SourceRequest } from '../engine/index.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import { isShareRoot } from '../policy/roots.ts';

/** A signed token and the `jti` it carries, which the holder attestations of the answer are bound to. */
export interface SignedCall {
  readonly compact: string;
  readonly jti: string;
}

/**
 * Signs what the gateway vouches for in one attempt of one request: who asks, about whom, for which claims. The
 * subjects come from the verified caller and the paths of the operation, never from anything a source has answered, so
 * that no mistake of the engine can widen them.
 */
export function signCall(
  exchange: Exchange,
  request: Pick<SourceRequest, 'service' | 'step' | 'body' | 'leaves'>,
  attempt: number,
  rooms: {
    readonly callerKeys: Readonly<Record<string, Buffer>>;
    readonly now: Date;
  },
): SignedCall {
  const key = rooms.callerKeys[request.service];
  if (key === undefined) return unreachable('a service without a caller key');
  const caller = filled(exchange, 'caller');
  const { claims } = exchange.served;
  const { leaves } = filled(exchange, 'prepared');
  const asked = request.leaves.map((id) => leaves[id] ?? unreachable('a leaf of another operation'));
  const subjects = subjectsOf(caller, leaves, asked, claims);
  const audits = asked.some((leaf) => isAudited(caller, leaf));
  const issuedAt = Math.floor(rooms.now.getTime() / 1000);
  const jti = `${exchange.id}.${request.step}.${attempt}`;
  const token: CallerToken = {
    iss: 'gateway',
    aud: request.service,
    iat: issuedAt,
    exp: issuedAt + CALLER_TOKEN_SECONDS,
    jti,
    act: actorOf(caller, subjects),
    level: caller.level,
    ...(caller.sessionId === null ? {} : { sid: caller.sessionId }),
    subjects,
    ids: identifiersOf(caller, subjects),
    claims: claimIds(asked, claims),
    ...groundsOf(caller, audits),
    ...(exchange.caseId === null || !isStaff(caller) ? {} : { case: exchange.caseId }),
    ...(caller.grant === undefined ? {} : { consent: caller.grant.consentId }),
    client: { address: exchange.address, device: exchange.device, cookie: exchange.cookie },
    ...(request.service === SHARING ? forSharing(exchange, caller) : {}),
    bh: bodyHash(request.body),
  };
  return { compact: signCallerToken(token, key), jti };
}

/** Sharing alone is told by what a decision is confirmed, for whom a person may register, and what to show of a network. */
const SHARING = 'sharing';

function forSharing(
  { request, address, device, cookie }: Exchange,
  { confirmation, role, organisations }: Caller,
): Pick<CallerToken, 'confirmed' | 'role' | 'organisations' | 'client'> {
  return {
    ...((confirmation ?? null) === null ? {} : { confirmed: confirmation }),
    ...((role ?? null) === null ? {} : { role }),
    ...(organisations === undefined || organisations.length === 0 ? {} : { organisations }),
    client: { address, device, cookie, ...clientNetwork(request) },
  } as Pick<CallerToken, 'confirmed' | 'role' | 'organisations' | 'client'>;
}

/** Whom this request may be about: by the roles its leaves are reached in, or, for keys alone, any the operation reaches. */
function subjectsOf(
  caller: Caller,
  all: readonly Leaf[],
  asked: readonly Leaf[],
  claims: ClaimIndex,
): readonly SubjectGrant[] {
  const reach = asked.length > 0 ? asked : all;
  // A request to share may be decided for oneself or for any ward, and their ages say how.
  const forAny = reach.some((leaf) => isShareRoot(rootOf(leaf)));
  const wards = forAny || reach.some(isWardLeaf) ? caller.dependants : [];
  const own =
    caller.self !== null && (asked.length === 0 || reach.some((leaf) => !isWardLeaf(leaf)))
      ? [caller.self]
      : [];
  const granted =
    (as: SubjectRole, leaves: readonly Leaf[]) =>
    (subject: KnownSubject): SubjectGrant => ({
      id: subject.subject,
      as,
      claims: claimIds(leaves, claims),
    });
  return [
    ...own.map(
      granted(
        caller.grant === undefined ? 'self' : 'consenter',
        asked.filter((leaf) => !isWardLeaf(leaf)),
      ),
    ),
    ...wards.map((ward) => ({
      ...granted('guardian', forAny ? asked : asked.filter(isWardLeaf))(ward),
      // A decision names the relation, and sharing cannot ask accounts whose it is.
      ...(forAny ? { relation: ward.id } : {}),
    })),
  ];
}

function claimIds(leaves: readonly Leaf[], claims: ClaimIndex): string[] {
  const ids = new Set<string>();
  for (const leaf of leaves) {
    const claim = claims.claimOf(leaf.coordinate);
    if (claim !== null) ids.add(claim.id);
  }
  return [...ids].toSorted();
}

function actorOf(caller: Caller, subjects: readonly SubjectGrant[]): CallerToken['act'] {
  if (caller.kind === 'anonymous') return { kind: 'person', id: 'anonymous' };
  const wardsAlone = subjects.length > 0 && subjects.every(({ as }) => as === 'guardian');
  return { kind: actorKindOf(caller, wardsAlone), id: caller.id };
}

function identifiersOf(
  caller: Caller,
  subjects: readonly SubjectGrant[],
): Record<string, SubjectIdentifiers> {
  const known = subjectsKnownTo(caller);
  const wanted = new Set(subjects.map(({ id }) => id));
  return Object.fromEntries(
    known.filter(({ subject }) => wanted.has(subject)).map(({ subject, ids }) => [subject, ids]),
  );
}
