import DataLoader from 'dataloader';
import { matchSubjects } from './match-subjects.ts';
import type { IdentityColumns, Matched } from './match-subjects.ts';
import type { CallContext } from './service.ts';
import type { SubjectIdentifiers } from './caller-token.ts';

/** Loads every row of a table that is certainly one of the call's subjects', by subject; one statement a call. */
export function loadMatched<Row extends IdentityColumns>(
  call: CallContext,
  candidates: (ids: Readonly<Record<string, SubjectIdentifiers>>) => Promise<readonly Row[]>,
): DataLoader<string, readonly Matched<Row>[]> {
  return new DataLoader(async (subjects) => {
    const ids = Object.fromEntries(subjects.map((subject) => [subject, call.identifiersOf(subject)]));
    const { matched, ambiguous } = matchSubjects(await candidates(ids), ids);
    if (ambiguous > 0)
      call.log.warn('SERVICE_MATCH_AMBIGUOUS', { requestId: call.caller.jti, count: ambiguous });
    for (const row of matched) noticeDifferences(call, row);
    return subjects.map((subject) => matched.filter((row) => row.subject === subject));
  });
}

/**
 * Loads rows by their opaque reference, with whose they are: null for a row that does not exist or is nobody's of this
 * call, so that the two answer alike. One statement a call.
 */
export function loadOwned<Row extends IdentityColumns & { readonly ref: string }>(
  call: CallContext,
  byRefs: (refs: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, Matched<Row> | null> {
  return new DataLoader(async (refs) => {
    const ids = Object.fromEntries(
      [...call.subjects].map((subject) => [subject, call.identifiersOf(subject)]),
    );
    const { matched } = matchSubjects(await byRefs(refs), ids);
    for (const row of matched) noticeDifferences(call, row);
    const byRef = new Map(matched.map((row) => [row.ref, row]));
    return refs.map((ref) => byRef.get(ref) ?? null);
  });
}

/** Loads the rows that hang on other rows, grouped by their parent's key; one statement a call. */
export function loadChildren<Child, Key extends string | number = string>(
  childrenOf: (parents: readonly Key[]) => Promise<readonly Child[]>,
  parentOf: (child: Child) => Key,
): DataLoader<Key, readonly Child[]> {
  return new DataLoader(async (parents) => {
    const groups = new Map<Key, Child[]>(parents.map((parent) => [parent, []]));
    for (const child of await childrenOf(parents)) groups.get(parentOf(child))?.push(child);
    return parents.map((parent) => groups.get(parent) ?? []);
  });
}

/**
 * Two sources that disagree about one person are no error: the row is shown as it stands, and the gateway is told
 * which field differs from the verified one, never either value.
 */
function noticeDifferences(call: CallContext, row: Matched<IdentityColumns>): void {
  const verified = call.identifiersOf(row.subject);
  if (row.matchName !== verified.matchName) call.notice({ code: 'SOURCE_MISMATCH', field: 'holderName' });
  if (row.dateOfBirth !== verified.dateOfBirth)
    call.notice({ code: 'SOURCE_MISMATCH', field: 'holderDateOfBirth' });
}
