/** The root fields below which an auditor reads the access log, under a case reference. */
const AUDIT_ROOTS: ReadonlySet<string> = new Set([
  'Query.accessLog',
  'Query.accessStatistics',
  'Query.accessAlerts',
  'Query.accessExport',
  'Query.accessLogStatus',
  'Query.accessProof',
]);

/** The root fields below which a person reads who read their data. */
const HISTORY_ROOTS: ReadonlySet<string> = new Set([
  'Query.accessHistory',
  'Query.accessNotices',
  'Query.accessProof',
  'Mutation.acknowledgeAccess',
  'Mutation.reportAccess',
]);

/** The root fields below which operators decide on relying parties; nobody else enters them. */
const OPERATOR_ROOTS: ReadonlySet<string> = new Set([
  'Query.relyingPartyApplications',
  'Mutation.decideRelyingParty',
]);

/** The root fields by which a registry is held against what an applicant declares. */
const MATCH_ROOTS: ReadonlySet<string> = new Set(['Query.matchCitizen', 'Query.matchForeignResident']);

/** Root fields that decide on a request to share: about oneself or any ward. */
const SHARE_ROOTS: ReadonlySet<string> = new Set([
  'Query.shareRequest',
  'Mutation.claimShare',
  'Mutation.decideShare',
]);

/** Root fields that only ever end what others may read. */
export const endingRoots: readonly string[] = [
  'Mutation.revokeConsent',
  'Mutation.pauseConsent',
  'Mutation.lockAccount',
];

const ENDING_ROOTS: ReadonlySet<string> = new Set(endingRoots);

/** Whether a root field only ends what others may read: it is carried out whatever else is away (Law 91/2025, art. 10). */
export function isEndingRoot(root: string): boolean {
  return ENDING_ROOTS.has(root);
}

/** Whether a root field holds a registry against what an applicant declares. */
export function isMatchRoot(root: string): boolean {
  return MATCH_ROOTS.has(root);
}

/** Whether operators alone enter a root field. */
export function isOperatorRoot(root: string): boolean {
  return OPERATOR_ROOTS.has(root);
}

/** Whether a root field is about a request to share, which may be decided for oneself or for any ward. */
export function isShareRoot(root: string): boolean {
  return SHARE_ROOTS.has(root);
}

/** Whether auditors read the access log below a root field. */
export function isAuditRoot(root: string): boolean {
  return AUDIT_ROOTS.has(root);
}

/** Whether persons read their own access history below a root field. */
export function isHistoryRoot(root: string): boolean {
  return HISTORY_ROOTS.has(root);
}
