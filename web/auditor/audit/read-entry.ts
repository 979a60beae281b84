import type { AccessEvent, ActorKind, Outcome } from '../../generated/audit-operations.ts';

/** An entry as it stands in the log. */
export interface LoggedEntry {
  readonly time: string;
  readonly event: AccessEvent | null;
  readonly outcome: Outcome | null;
  readonly actor: {
    readonly kind: ActorKind | null;
    readonly id: string | null;
    readonly session: string | null;
  };
  readonly subjects: readonly string[];
  readonly claims: readonly string[];
  readonly sources: readonly string[];
  readonly purpose: string | null;
  readonly legalBasis: string | null;
  readonly consentId: string | null;
  readonly caseId: string | null;
  readonly refusal: string | null;
  readonly operationHash: string | null;
  readonly policyVersion: string | null;
  readonly requestId: string | null;
  readonly level: number | null;
  readonly completes: number | null;
  readonly delayedDisclosure: boolean;
  readonly detailHash: string | null;
}

const events: Readonly<Record<string, AccessEvent>> = {
  intent: 'READ',
  denied: 'DENIED',
  aborted: 'ABORTED',
  'audit-read': 'AUDIT_READ',
  'consent-change': 'CONSENT_CHANGE',
};
const outcomes: ReadonlySet<string> = new Set<Outcome>(['RELEASED', 'REFUSED', 'UNDELIVERED', 'RECORDED']);
const kinds: ReadonlySet<string> = new Set<ActorKind>([
  'PERSON',
  'REPRESENTATIVE',
  'RELYING_PARTY',
  'OFFICER',
  'AUDITOR',
  'APPLICANT',
  'AUTHORITY',
  'SYSTEM',
]);

/** Reads the canonical bytes of an entry, which are what is proved; null for what is no entry. */
export function readEntry(text: string): LoggedEntry | null {
  const entry = objectIn(text);
  if (entry === null || typeof entry['time'] !== 'string') return null;
  const actor = isObject(entry['actor']) ? entry['actor'] : {};
  const kind = textOf(actor['kind'])?.toUpperCase() ?? '';
  const outcome = textOf(entry['outcome'])?.toUpperCase() ?? '';
  return {
    time: entry['time'],
    event: events[textOf(entry['event']) ?? ''] ?? null,
    outcome: outcomes.has(outcome) ? (outcome as Outcome) : null,
    actor: {
      kind: kinds.has(kind) ? (kind as ActorKind) : null,
      id: textOf(actor['id']),
      session: textOf(actor['session']),
    },
    subjects: textsOf(entry['subjects']),
    claims: textsOf(entry['claims']),
    sources: textsOf(entry['sources']),
    purpose: textOf(entry['purpose']),
    legalBasis: textOf(entry['legalBasis']),
    consentId: textOf(entry['consentId']),
    caseId: textOf(entry['caseId']),
    refusal: textOf(entry['refusal']),
    operationHash: textOf(entry['operationHash']),
    policyVersion: textOf(entry['policyVersion']),
    requestId: textOf(entry['requestId']),
    level: typeof entry['level'] === 'number' ? entry['level'] : null,
    completes: typeof entry['completes'] === 'number' ? entry['completes'] : null,
    delayedDisclosure: entry['delayedDisclosure'] === true,
    detailHash: textOf(entry['detailHash']),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
