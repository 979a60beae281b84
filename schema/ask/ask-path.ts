import { getNamedType, type GraphQLField } from 'graphql';
import { AskError } from './ask-error.ts';
import { isPaging, leafKey, stableJson, tellingText } from './leaf-key.ts';

/** One field on the way from the root to a leaf. */
export interface AskStep {
  readonly name: string;
  /** The type it stands on: that of the condition around it, if any. */
  readonly parent: string;
  /** The concrete type of a condition it stands in; null where it stands on every kind of its parent. */
  readonly on: string | null;
  /** Null for `__typename`. */
  readonly field: GraphQLField<unknown, unknown> | null;
  /** Coerced values, defaults filled in. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** The way from the root to one leaf that is asked for. */
export type AskPath = readonly AskStep[];

/** The key of a path's last field. */
export function keyOfPath(path: AskPath): string {
  return leafKey(
    path.map(({ name }) => name),
    path.map(({ args }) => args),
  );
}

/** Keys of the `__typename`s that the type conditions of a path tell. */
export function kindKeys(path: AskPath): readonly string[] {
  return kindsTold(path).map(keyOfPath);
}

/**
 * Paths in their one form: each once; none that stands in a type condition and outside of it too; and beside every type
 * condition the `__typename` that it tells, so that whoever is asked agrees to that as well.
 */
export function settlePaths(paths: readonly AskPath[]): readonly AskPath[] {
  refuseConflicts(paths);
  const told = paths.flatMap(kindsTold);
  const unique = [...new Map([...paths, ...told].map((path) => [identityOf(path), path])).values()];
  const byKey = Map.groupBy(unique, keyOfPath);
  return [...byKey.values()].flatMap((same) =>
    same.filter((path) => !same.some((other) => other !== path && covers(other, path))),
  );
}

function kindsTold(path: AskPath): AskPath[] {
  return path.flatMap((step, index) => {
    const above = path[index - 1]?.field;
    if (step.on === null || !above) return [];
    const parent = getNamedType(above.type).name;
    return [[...path.slice(0, index), { name: '__typename', parent, on: null, field: null, args: {} }]];
  });
}

function identityOf(path: AskPath): string {
  return path.map(({ on, name, args }) => `${on ?? ''} ${name}${tellingText(args)}`).join('\n');
}

/** Whether one path brings the leaf of another with the same key, for at least the same kinds. */
function covers(wide: AskPath, narrow: AskPath): boolean {
  return wide.every(({ on }, index) => on === null || on === narrow[index]?.on);
}

/** A field has one page in one document: two would need two names for one thing. */
function refuseConflicts(paths: readonly AskPath[]): void {
  const pages = new Map<string, string>();
  for (const path of paths) {
    for (const [index, step] of path.entries()) {
      const key = keyOfPath(path.slice(0, index + 1));
      const page = stableJson(Object.entries(step.args).filter(([name]) => isPaging(name)));
      const known = pages.get(key);
      if (known !== undefined && known !== page) throw new AskError('ARGUMENTS_CONFLICT', step.name);
      pages.set(key, page);
    }
  }
}
