import type { ActorKind } from '@dinhdanh/kit';
import type { Caller } from './caller.ts';
import type { Leaf } from './engine/index.ts';

/** The field through which a record of a ward is reached; every other way leads to the caller's own. */
const WARD_PATH = 'Dependant.person';

/** Whether a leaf is reached as somebody's guardian. */
export function isWardLeaf({ parents }: Pick<Leaf, 'parents'>): boolean {
  return parents.includes(WARD_PATH);
}

/** The root field a leaf was reached through, such as `Mutation.signIn`. */
export function rootOf({ parents, coordinate }: Pick<Leaf, 'parents' | 'coordinate'>): string {
  return parents[0] ?? coordinate;
}

/** Whether a caller acts on a case: what others send as a case reference says nothing. */
export function isStaff({ kind }: Pick<Caller, 'kind'>): boolean {
  return kind === 'auditor' || kind === 'officer';
}

/** As what a caller acts: a person who reads of wards alone acts for them. */
export function actorKindOf(caller: Caller, wardsAlone: boolean): ActorKind {
  if (caller.kind === 'anonymous') return 'person';
  return wardsAlone && caller.kind === 'person' ? 'representative' : caller.kind;
}

/** Why a read is lawful: a code, and the reference of a statute. */
export interface Grounds {
  readonly purpose: string;
  readonly legalBasis: string;
}

const SYSTEM: Grounds = { purpose: 'registry_changes', legalBasis: 'Decree 47/2020/NĐ-CP, art. 45' };
const AUDIT: Grounds = { purpose: 'audit', legalBasis: 'Decree 47/2020/NĐ-CP, art. 45' };
const REGISTRATION: Grounds = { purpose: 'registration', legalBasis: 'Decree 69/2024/NĐ-CP, art. 10' };
const FOREIGN_REGISTRATION: Grounds = { ...REGISTRATION, legalBasis: 'Decree 69/2024/NĐ-CP, art. 11' };
const OWN: Grounds = { purpose: 'own_data', legalBasis: 'Law 91/2025/QH15, art. 4' };

/**
 * The grounds of a read: what a person agreed to, our own upkeep, a registration, the audit of the access log, or the data subject's right to see their data
 * (Law 91/2025/QH15, art. 4). Where an auditor looks for one person, the purpose names why: `audit_complaint`.
 */
export function groundsOf(
  caller: Pick<Caller, 'kind' | 'grant'> & Partial<Pick<Caller, 'self'>>,
  audits: boolean,
  reason: string | null = null,
): Grounds {
  if (caller.grant !== undefined) {
    const { purpose, legalBasis } = caller.grant;
    return { purpose, legalBasis };
  }
  if (caller.kind === 'system') return SYSTEM;
  if (caller.kind === 'applicant')
    return caller.self?.ids.kind === 'FOREIGN_RESIDENT' ? FOREIGN_REGISTRATION : REGISTRATION;
  if (!audits) return OWN;
  return reason === null ? AUDIT : { ...AUDIT, purpose: `audit_${reason.toLowerCase()}` };
}
