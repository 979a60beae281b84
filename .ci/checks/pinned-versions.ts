/** Every dependency of every package is pinned to one exact version, the same everywhere. Pure. */

/** The part of a package.json that states versions. */
export interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

const exact = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** A sentence for each version that is a range, each two packages that disagree, and each peer dependency. */
export function unpinnedVersions(manifests: readonly Manifest[]): string[] {
  const own = new Set(manifests.map(({ name }) => name));
  const seen = new Map<string, { version: string; by: string }>();
  const complaints: string[] = [];
  for (const manifest of manifests) {
    if (manifest.peerDependencies !== undefined) {
      complaints.push(
        `${manifest.name} has peerDependencies: nothing here is published, depend on it instead.`,
      );
    }
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    for (const [dependency, version] of Object.entries(all)) {
      if (own.has(dependency)) {
        if (version !== '*')
          complaints.push(`${manifest.name}: our own ${dependency} is written "*", not "${version}".`);
        continue;
      }
      if (!exact.test(version)) {
        complaints.push(`${manifest.name}: pin ${dependency} to an exact version instead of "${version}".`);
      }
      const before = seen.get(dependency);
      if (before === undefined) seen.set(dependency, { version, by: manifest.name });
      else if (before.version !== version) {
        complaints.push(
          `${dependency} is ${before.version} in ${before.by} and ${version} in ${manifest.name}: agree on one.`,
        );
      }
    }
  }
  return complaints;
}
