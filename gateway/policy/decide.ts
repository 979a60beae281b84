import {
  ACCESS_CLAIM_PREFIX,
  ACCESS_HISTORY_CLAIM,
  ACCOUNT_STATUS_CLAIM,
  MATCH_CLAIM,
  PARTY_CLAIM,
  REGISTRATION_CLAIM,
  SYSTEM_CLAIM_PREFIX,
} from './claims.ts';
import type { Claim } from './claims.ts';
import { isAuditRoot, isHistoryRoot, isMatchRoot, isOperatorRoot } from './roots.ts';

/** The part of a caller that decides. */
export interface PolicyCaller {
  readonly kind: string;
  readonly level: 0 | 1 | 2;
  readonly locked: boolean;
  readonly guardianRequired: boolean;
  readonly passcodeUntil: Date | null;
  /** Whether the caller has a record of their own; of an applicant, whether accounts vouches for what they declare. */
  readonly hasSelf: boolean;
  /** The role of a member of staff. */
  readonly role: string | null;
  /** Whether the request names the case it belongs to. */
  readonly hasCase: boolean;
}

/** One selected leaf, seen as policy sees it. */
export interface PolicyLeaf {
  /** The claim standing on the leaf; null for an `@open` one. */
  readonly claim: Claim | null;
  /**
   * For an `@open` leaf: the claim of the record around it (`@claim` on its type). What is open inside a record is open
   * to those who may know that the record is there, or its mere presence would tell what the claims withhold. Null when
   * nothing around it is anybody's record.
   */
  readonly around: Claim | null;
  /** The root field the leaf was reached through, such as `Mutation.signIn`. */
  readonly root: string;
}

/** Why a leaf is refused: a code of the public contract. `BAD_USER_INPUT` is for a missing case reference alone. */
export type Refusal =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'NOT_PERMITTED'
  | 'LEVEL_REQUIRED'
  | 'PASSCODE_REQUIRED'
  | 'GUARDIAN_REQUIRED'
  | 'ACCOUNT_LOCKED';

/** What the policy says of one leaf: null allows. */
export type Decision = Refusal | null;

/** The root fields anybody may call. */
const PUBLIC_ROOTS: ReadonlySet<string> = new Set([
  'Mutation.signIn',
  'Mutation.startRegistration',
  'Mutation.resumeRegistration',
  'Mutation.activateAccount',
]);

/** The root fields whoever holds a session may call, whatever the state of the account. */
const SESSION_ROOTS: ReadonlySet<string> = new Set(['Mutation.signOut']);

/**
 * Decides one leaf for one caller, before any source is asked. Pure: the same caller, leaf and moment give the same
 * answer. Denies by default.
 */
export function decide(caller: PolicyCaller, leaf: PolicyLeaf, now: Date): Decision {
  if (caller.kind === 'applicant' && caller.hasSelf) return decideMatch(leaf);
  if (leaf.claim !== null) return decideClaim(caller, leaf.claim, leaf.root, now);
  if (PUBLIC_ROOTS.has(leaf.root)) return null;
  if (leaf.root.startsWith('Mutation.') && caller.kind === 'anonymous') return 'UNAUTHENTICATED';
  if (SESSION_ROOTS.has(leaf.root) || leaf.around === null) return null;
  return decideClaim(caller, leaf.around, leaf.root, now);
}

/** What is asked on behalf of a registration is how far it matches, and nothing else, not even what is open to all. */
function decideMatch({ claim, around, root }: PolicyLeaf): Decision {
  return isMatchRoot(root) && (claim ?? around)?.id === MATCH_CLAIM ? null : 'NOT_PERMITTED';
}

function decideClaim(caller: PolicyCaller, claim: Claim, root: string, now: Date): Decision {
  if (caller.kind === 'anonymous') return 'UNAUTHENTICATED';
  if (caller.kind === 'applicant') return decideApplicant(claim);
  const forSystems = claim.id.startsWith(SYSTEM_CLAIM_PREFIX);
  if (caller.kind === 'system') return forSystems ? null : 'NOT_PERMITTED';
  const ofTheLog = claim.id.startsWith(ACCESS_CLAIM_PREFIX);
  if (ofTheLog && caller.kind === 'auditor') return decideAudit(caller, root);
  if (forSystems || claim.self === 'NEVER') return 'NOT_PERMITTED';
  if (isOperatorRoot(root)) return decideOperator(caller, claim);
  if (caller.kind !== 'person')
    return STAFF.has(caller.kind) && OWN_ACCOUNT.has(claim.id) ? null : 'NOT_PERMITTED';
  if (!caller.hasSelf) return 'NOT_PERMITTED';
  if (ofTheLog && !(claim.id === ACCESS_HISTORY_CLAIM && isHistoryRoot(root))) return 'NOT_PERMITTED';
  if (claim.id === ACCOUNT_STATUS_CLAIM) return null;
  if (caller.locked) return 'ACCOUNT_LOCKED';
  if (caller.guardianRequired) return 'GUARDIAN_REQUIRED';
  if (caller.level < (claim.self === 'LEVEL_1' ? 1 : 2)) return 'LEVEL_REQUIRED';
  if (claim.class === 'SENSITIVE' && !isFresh(caller.passcodeUntil, now)) return 'PASSCODE_REQUIRED';
  return null;
}

/** An applicant sees their own registration, and no record of anybody: not even of whom they declare to be. */
function decideApplicant(claim: Claim): Decision {
  if (claim.id === REGISTRATION_CLAIM) return null;
  return claim.self === 'NEVER' ? 'NOT_PERMITTED' : 'LEVEL_REQUIRED';
}

/** Auditors read the log below its own roots, and never without naming the case. */
function decideAudit(caller: PolicyCaller, root: string): Decision {
  if (!isAuditRoot(root)) return 'NOT_PERMITTED';
  return caller.hasCase ? null : 'BAD_USER_INPUT';
}

/** Operators decide on relying parties; who registered one, or anybody else, has no say in it. */
function decideOperator(caller: PolicyCaller, claim: Claim): Decision {
  if (caller.kind !== 'officer' || caller.role !== 'OPERATOR' || claim.id !== PARTY_CLAIM)
    return 'NOT_PERMITTED';
  return caller.locked ? 'ACCOUNT_LOCKED' : null;
}

/** Members of staff: their accounts are never tied to a citizen's, and open nobody's record. */
const STAFF: ReadonlySet<string> = new Set(['officer', 'auditor']);

/** What a member of staff may read: of their own account, that it is there and in which state. */
const OWN_ACCOUNT: ReadonlySet<string> = new Set(['account', ACCOUNT_STATUS_CLAIM]);

function isFresh(until: Date | null, now: Date): boolean {
  return until !== null && until.getTime() > now.getTime();
}
