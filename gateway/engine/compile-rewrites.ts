import type { FetchNodePathSegment, FetchRewrite } from '@graphql-hive/router-query-planner';
import { type DataObject, isDataObject } from './field-failure.ts';
import type { Supergraph } from './read-supergraph.ts';
import type { Rewrite } from './step.ts';

/** Compiles the planner's value setters and key renamers; type names are widened to the concrete types. */
export function compileRewrites(
  supergraph: Supergraph,
  rewrites: readonly FetchRewrite[] | undefined,
): readonly Rewrite[] {
  return (rewrites ?? []).map((rewrite) => {
    if ('KeyRenamer' in rewrite) {
      const { path, renameKeyTo } = rewrite.KeyRenamer;
      return { path: compilePath(supergraph, path), apply: renameKey(renameKeyTo), renamesTo: renameKeyTo };
    }
    const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
    return {
      path: compilePath(supergraph, path),
      apply: (holder: DataObject, key: string) => {
        holder[key] = setValueTo;
      },
    };
  });
}

/** Applies one rewrite below a value; lists on the way are walked through. */
export function applyRewrite(rewrite: Rewrite, value: unknown, typeName?: string): void {
  walk(rewrite, 0, value, typeName);
}

function walk(rewrite: Rewrite, at: number, value: unknown, typeName: string | undefined): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(rewrite, at, item, typeName);
    return;
  }
  const segment = rewrite.path[at];
  if (!segment || !isDataObject(value)) return;
  if ('types' in segment) {
    const name = value['__typename'] ?? typeName;
    if (typeof name === 'string' && segment.types.has(name)) walk(rewrite, at + 1, value, typeName);
  } else if (at === rewrite.path.length - 1) {
    rewrite.apply(value, segment.key);
  } else if (Object.hasOwn(value, segment.key)) {
    walk(rewrite, at + 1, value[segment.key], undefined);
  }
}

function renameKey(to: string): (holder: DataObject, key: string) => void {
  return (holder, key) => {
    if (!Object.hasOwn(holder, key)) return;
    holder[to] = holder[key];
    delete holder[key];
  };
}

function compilePath(supergraph: Supergraph, path: readonly FetchNodePathSegment[]): Rewrite['path'] {
  return path.map((segment) =>
    'Key' in segment ? { key: segment.Key } : { types: widen(supergraph, segment.TypenameEquals) },
  );
}

/** The names given and every concrete type they stand for. */
export function widen(supergraph: Supergraph, names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => [name, ...supergraph.concreteTypes(name)]));
}
