/** What is wrong with a case reference, in the order in which it is told. */
export type CaseFault = 'formFault' | 'numberFault';

/** What is wrong with a case reference; null where it may be sent. Nine digits in a row could be somebody's number. */
export function caseFault(reference: string): CaseFault | null {
  if (/\d{9}/.test(reference)) return 'numberFault';
  return /^[A-Za-z0-9][A-Za-z0-9._/-]{2,63}$/.test(reference) ? null : 'formFault';
}

/** The case under which everything on the page is read. */
export interface AuditCase {
  readonly reference: string;
  readonly onRenamed: (reference: string | null) => void;
}
