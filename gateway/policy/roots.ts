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

/** Whether auditors read the access log below a root field. */
export function isAuditRoot(root: string): boolean {
  return AUDIT_ROOTS.has(root);
}

/** Whether persons read their own access history below a root field. */
export function isHistoryRoot(root: string): boolean {
  return HISTORY_ROOTS.has(root);
}
