/** Specifier → where it leads. Pure: decided by the path and the packages' `exports`, never by looking at the disk. */
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Target, WorkspacePackage } from './source.ts';

/**
 * @param from path of the importing file from the root
 * @param specifier as written
 */
export function resolveImport(
  from: string,
  specifier: string,
  packages: readonly WorkspacePackage[],
): Target {
  if (specifier.startsWith('.')) {
    return { kind: 'ours', path: posix.join(posix.dirname(from), specifier), throughDoor: false };
  }
  if (isBuiltin(specifier)) return { kind: 'node', name: specifier.replace(/^node:/, '') };
  const name = packageNameOf(specifier);
  const own = packages.find((candidate) => candidate.name === name);
  if (own === undefined) return { kind: 'package', name };
  const door = `.${specifier.slice(name.length)}`;
  const file = fileBehind(own, door);
  if (file === null) return { kind: 'no-door', packageName: name, door };
  return { kind: 'ours', path: posix.join(own.folder, file), throughDoor: true };
}

function packageNameOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

function fileBehind({ doors }: WorkspacePackage, door: string): string | null {
  const exact = doors[door];
  if (exact !== undefined) return exact;
  for (const [pattern, file] of Object.entries(doors)) {
    const [before, after] = pattern.split('*');
    if (before === undefined || after === undefined || !door.startsWith(before) || !door.endsWith(after))
      continue;
    return file.replace('*', door.slice(before.length, door.length - after.length));
  }
  return null;
}
