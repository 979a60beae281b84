import {
  joinTokenParts,
  signTokenParts,
  writeCall,
  writeIdentifiers,
  writeReach,
  writeTokenPart,
} from '@dinhdanh/kit';
import type {
  CallerToken,
  CompactToken,
  SubjectGrant,
  SubjectIdentifiers,
  SubjectRole,
  TokenPart,
} from '@dinhdanh/kit';
import type { Caller } from '../caller.ts';
import { actorKindOf, groundsOf, isStaff } from '../capacity.ts';
import { clientNetwork } from '../client-network.ts';
import type { SourceRequest } from '../engine/index.ts';
import { filled } from '../exchange.ts';
import type { Exchange } from '../exchange.ts';
import type { Rooms } from '../rooms.ts';
import { askedLeaves, sumUp } from './asked-leaves.ts';
import type { AskedLeaves } from './asked-leaves.ts';

/** A signed token and the `jti` it carries, which the holder attestations of the answer are bound to. */
export interface SignedCall {
  readonly compact: CompactToken;
  readonly jti: string;
}

/** Signs the calls of one exchange. */
export type SignCall = (
  request: Pick<SourceRequest, 'service' | 'step' | 'body' | 'leaves'>,
  attempt: number,
) => SignedCall;

/** What tokens are signed with. */
export type SigningRooms = Pick<Rooms, 'callerKey' | 'clock'>;

/**
 * Signs what the gateway vouches for in one attempt of one request: who asks, about whom, for which claims. The
 * subjects come from the verified caller and the paths of the operation, never from anything a source has answered, so
 * that no mistake of the engine can widen them. What calls to several sources say alike is written once.
 */
export function openSigner(exchange: Exchange, { callerKey, clock }: SigningRooms): SignCall {
  const caller = filled(exchange, 'caller');
  const { claims } = exchange.served;
  const compiled = filled(exchange, 'compiled');
  const vouched: TokenPart<VouchedMember>[] = [];
  return ({ service, step, body, leaves }, attempt) => {
    const asked = askedLeaves(leaves, compiled, claims);
    // Keys alone are asked for: it may be about any that the operation reaches.
    const reach = leaves.length > 0 ? asked : sumUp(compiled.prepared.leaves, claims);
    const capacity = capacityOf(caller, service, asked, reach);
    let part = vouched[capacity.sort];
    if (part === undefined) {
      const ids = writeIdentifiers(identifiersOf(caller, capacity));
      part = joinTokenParts(writeTokenPart(vouchFor(exchange, caller, capacity)), ids);
      vouched[capacity.sort] = part;
    }
    const jti = `${exchange.id}.${step}.${attempt}`;
    const reached = writeReach(subjectsOf(caller, asked, capacity), asked.claims);
    const own = joinTokenParts(writeCall(service, jti, body, clock()), reached);
    return { compact: signTokenParts(part, own, callerKey(service)), jti };
  };
}

/** In which capacities one call is made. */
interface Capacity {
  /** Tells apart the capacities that are vouched for differently. */
  readonly sort: number;
  readonly ofOwn: boolean;
  readonly ofWards: boolean;
  /** Whether it is about a request to share, which may be decided for any ward. */
  readonly isAboutSharing: boolean;
  readonly isAudit: boolean;
  readonly isForSharing: boolean;
}

/** Whom a request may be about: by the roles its leaves are reached in, or, for keys alone, any the operation reaches. */
function capacityOf(caller: Caller, service: string, asked: AskedLeaves, reach: AskedLeaves): Capacity {
  const ofOwn = caller.self !== null && (asked !== reach || reach.reachesOwn);
  // A request to share may be decided for oneself or for any ward, and their ages say how.
  const { isAboutSharing } = reach;
  const ofWards = caller.dependants.length > 0 && (isAboutSharing || reach.reachesWards);
  const isAudit = caller.kind === 'auditor' && asked.isOfAudit;
  const isForSharing = service === SHARING;
  const sort = Number(ofOwn) | (Number(ofWards) << 1) | (Number(isAudit) << 2) | (Number(isForSharing) << 3);
  return { sort, ofOwn, ofWards, isAboutSharing, isAudit, isForSharing };
}

/** The members of a token that are the same for all calls of one exchange in one capacity. */
type VouchedMember = Exclude<keyof CallerToken, 'aud' | 'iat' | 'exp' | 'jti' | 'subjects' | 'claims' | 'bh'>;

function vouchFor(
  exchange: Exchange,
  caller: Caller,
  capacity: Capacity,
): Pick<CallerToken, Exclude<VouchedMember, 'ids'>> {
  return {
    iss: 'gateway',
    act: actorOf(caller, capacity.ofWards && !capacity.ofOwn),
    level: caller.level,
    ...(caller.sessionId === null ? {} : { sid: caller.sessionId }),
    ...groundsOf(caller, capacity.isAudit),
    ...(exchange.caseId === null || !isStaff(caller) ? {} : { case: exchange.caseId }),
    ...(caller.grant === undefined ? {} : { consent: caller.grant.consentId }),
    client: { address: exchange.address, device: exchange.device, cookie: exchange.cookie },
    ...(capacity.isForSharing ? forSharing(exchange, caller) : {}),
  };
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

/** Whom one call may be about, and which claims of them. */
function subjectsOf(caller: Caller, asked: AskedLeaves, capacity: Capacity): readonly SubjectGrant[] {
  const { self, dependants } = caller;
  const grants: SubjectGrant[] = [];
  if (capacity.ofOwn && self !== null)
    grants.push({ id: self.subject, as: ownRole(caller), claims: asked.ownClaims });
  if (!capacity.ofWards) return grants;
  const forAny = capacity.isAboutSharing;
  for (const ward of dependants) {
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

function actorOf(caller: Caller, wardsAlone: boolean): CallerToken['act'] {
  if (caller.kind === 'anonymous') return { kind: 'person', id: 'anonymous' };
  return { kind: actorKindOf(caller, wardsAlone), id: caller.id };
}

function identifiersOf(
  { self, dependants }: Caller,
  { ofOwn, ofWards }: Capacity,
): ReadonlyMap<string, SubjectIdentifiers> {
  const identifiers = new Map<string, SubjectIdentifiers>();
  if (ofOwn && self !== null) identifiers.set(self.subject, self.ids);
  if (ofWards) for (const { subject, ids } of dependants) identifiers.set(subject, ids);
  return identifiers;
}
