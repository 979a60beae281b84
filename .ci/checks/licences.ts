/** Which licences may come into the house. Pure. */

/** An installed package as the lock file and its package.json tell of it. */
export interface InstalledPackage {
  name: string;
  version: string;
  /** An SPDX expression; null when the package states none. */
  licence: string | null;
  /** False when it is needed to run the product, true when only to build or test it. */
  onlyDevelopment: boolean;
}

/** Permissive licences: the product may hold them. */
const allowed = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'CC0-1.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'Python-2.0',
  'PostgreSQL',
]);

/** Tools may besides be under a licence that asks something of changed copies of itself: we change none and ship none. */
const allowedForTools = new Set([...allowed, 'MPL-2.0', 'EPL-2.0', 'PSF-2.0', 'CC-BY-4.0']);

/** Packages without a licence field whose licence was read by a person. */
const readByHand: Readonly<Record<string, string>> = {
  'seq-queue': 'MIT', // LICENSE file in the package; its package.json has no licence field.
};

/** A sentence for each package whose licence is not allowed where it stands. */
export function refusedLicences(packages: readonly InstalledPackage[]): string[] {
  return packages.flatMap(({ name, version, licence, onlyDevelopment }) => {
    const stated = licence ?? readByHand[name] ?? null;
    const where = `${name}@${version}, which ${onlyDevelopment ? 'builds or tests' : 'runs in'} the product,`;
    if (stated === null) return [`${where} states no licence.`];
    if (isAllowed(stated, onlyDevelopment ? allowedForTools : allowed)) return [];
    return [`${where} is under ${stated}, which is not on the list of CONTRIBUTING.md.`];
  });
}

/** `A OR B` needs one of them, `A AND B` all; npm's packages nest no deeper than one pair of parentheses. */
function isAllowed(expression: string, list: ReadonlySet<string>): boolean {
  const bare = expression.replaceAll(/[()]/g, '');
  return bare
    .split(/\s+OR\s+/i)
    .some((choice) => choice.split(/\s+AND\s+/i).every((licence) => list.has(licence.trim())));
}
