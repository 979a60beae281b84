import { createHash } from 'node:crypto';
import { serviceNames } from '@dinhdanh/schema';
import { SERVED_PAGE_LIMIT } from './served-page.ts';

/** What services ask the gateway under their own names. Each text is fixed, so that a gateway can know it by its hash. */
export interface SystemDocument {
  readonly name: string;
  readonly text: string;
}

/** The roots by which services learn what changed in another. */
const changesRoots = ['populationChanges', 'accountsChanges'] as const;

/** A root of changes that services follow. */
export type ChangesRoot = (typeof changesRoots)[number];

/** What changed behind a cursor: `data.<root>` is a page of changes. */
export const changesDocuments: Readonly<Record<ChangesRoot, SystemDocument>> = {
  populationChanges: changesDocument('populationChanges'),
  accountsChanges: changesDocument('accountsChanges'),
};

function changesDocument(root: ChangesRoot): SystemDocument {
  const name = `Follow${root.charAt(0).toUpperCase()}${root.slice(1)}`;
  const text = `query ${name}($after: String) {
  ${root}(after: $after, first: 100) {
    nodes { cursor at kind keys { role value } }
    pageInfo { hasNextPage endCursor }
  }
}`;
  return { name, text };
}

/** The root that tells what a service has served, `driving-licences` → `drivingLicencesServed`, also a name in the answer. */
export function servedRoot(service: string): string {
  return `${service.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Served`;
}

/**
 * What services have served, each behind a cursor of its own: `<root>After`, asked where `<root>Asked` is true, so that it
 * is one text whichever are asked.
 */
export const servedDocument: SystemDocument = {
  name: 'FollowServed',
  text: `query FollowServed(${serviceNames
    .map(servedRoot)
    .map((root) => `$${root}After: String, $${root}Asked: Boolean = false`)
    .join(', ')}) {
${serviceNames
  .map(servedRoot)
  .map(
    (root) => `  ${root}(after: $${root}After, first: ${SERVED_PAGE_LIMIT}) @include(if: $${root}Asked) {
    nodes { callId at actorKind subjects claims }
    pageInfo { hasNextPage endCursor }
  }`,
  )
  .join('\n')}
}`,
};

/** The roots by which accounts has declared data compared, on behalf of a registration, and what each takes. */
const matchRoots = {
  matchCitizen: 'DeclaredCitizen',
  matchForeignResident: 'DeclaredForeignResident',
} as const;

/** A root that compares declared data. */
export type MatchRoot = keyof typeof matchRoots;

/** How far declared data match: `data.<root>` is a level, the names of what differs, and which database said so when. */
export const matchDocuments: Readonly<Record<MatchRoot, SystemDocument>> = {
  matchCitizen: matchDocument('matchCitizen'),
  matchForeignResident: matchDocument('matchForeignResident'),
};

function matchDocument(root: MatchRoot): SystemDocument {
  const name = `${root.charAt(0).toUpperCase()}${root.slice(1)}`;
  const text = `query ${name}($declared: ${matchRoots[root]}!) {
  ${root}(declared: $declared) {
    level
    differing
    source { database fetchedAt }
  }
}`;
  return { name, text };
}

/** All of them: for the manifest of trusted documents. */
export const systemDocuments: readonly SystemDocument[] = [
  ...Object.values(changesDocuments),
  ...Object.values(matchDocuments),
  servedDocument,
];

/** The id of a text (GraphQL over HTTP, appendix on persisted documents): `sha256:` and its SHA-256 as UTF-8, in hex. */
export function documentIdOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
