import { bodyHash, CALLER_TOKEN_SECONDS, signCallerToken, unreachable } from '@dinhdanh/kit';
import type { CallerToken, SubjectGrant, SubjectIdentifiers, SubjectRole } from '@dinhdanh/kit';
import { subjectsKnownTo } from '../caller.ts';
import type { Caller } from '../caller.ts';
import { actorKindOf, groundsOf, isStaff } from '../capacity.ts';
import { clientNetwork } from '../client-network.ts';
import type { SourceRequest } from '../engine/index.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import { askedLeaves, sumUp } from './asked-leaves.ts';
import type { AskedLeaves } from './asked-leaves.ts';

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
  const compiled = filled(exchange, 'compiled');
  const asked = askedLeaves(request.leaves, compiled, claims);
  // Keys alone are asked for: it may be about any that the operation reaches.
  const reach = request.leaves.length > 0 ? asked : sumUp(compiled.prepared.leaves, claims);
  const subjects = subjectsOf(caller, asked, reach);
  const audits = caller.kind === 'auditor' && asked.isOfAudit;
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
    claims: asked.claims,
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
function subjectsOf(caller: Caller, asked: AskedLeaves, reach: AskedLeaves): readonly SubjectGrant[] {
  const grants: SubjectGrant[] = [];
  const isForKeys = asked !== reach;
  if (caller.self !== null && (isForKeys || reach.reachesOwn)) {
    grants.push({ id: caller.self.subject, as: ownRole(caller), claims: asked.ownClaims });
  }
  // A request to share may be decided for oneself or for any ward, and their ages say how.
  const forAny = reach.isAboutSharing;
  if (!forAny && !reach.reachesWards) return grants;
  for (const ward of caller.dependants) {
    const claims = forAny ? asked.claims : asked.wardClaims;
    // A decision names the relation, and sharing cannot ask accounts whose it is.
    grants.push({ id: ward.subject, as: 'guardian', claims, ...(forAny ? { relation: ward.id } : {}) });
  }
  return grants;
}

function ownRole({ kind, grant }: Caller): SubjectRole {
  if (kind === 'applicant') return 'applicant';
  return grant === undefined ? 'self' : 'consenter';
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
  const identifiers: Record<string, SubjectIdentifiers> = {};
  for (const { subject, ids } of subjectsKnownTo(caller)) {
    if (subjects.some(({ id }) => id === subject)) identifiers[subject] = ids;
  }
  return identifiers;
}
