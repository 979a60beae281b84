/** The lock file holds every package that others name. Pure. */

/** An entry of package-lock.json. */
export interface LockedPackage {
  optionalDependencies?: Record<string, string>;
}

/**
 * A sentence for each package whose builds for other platforms are not all in the lock. That happens when a registry
 * does not have them (yet): `npm install` leaves them out without a word, and `npm ci` then fails everywhere.
 */
export function incompletePackages(packages: Readonly<Record<string, LockedPackage>>): string[] {
  const locked = new Set(
    Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)),
  );
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) => {
    const missing = Object.keys(optionalDependencies).filter((name) => !locked.has(name));
    if (missing.length === 0) return [];
    return [
      `package-lock.json lacks ${missing.join(', ')} of ${path}: npm ci will fail; take another version of it.`,
    ];
  });
}
