import type { AskedField, AskedObject } from './answer-shape.ts';
import { keyOfAlias } from './shape.ts';
import type { PathSegment, Step } from './step.ts';

/**
 * Earlier requests that must be done before a path leads to all its objects. The planner works in stages; a
 * path needs only the requests that bring a field on it or a part of the key at its end, so one slow source
 * does not hold up requests that need nothing from it.
 */
export function requestsNeeded(path: readonly PathSegment[], before: readonly Step[]): readonly number[] {
  return before.filter((earlier) => brings(earlier, path)).map((each) => each.index);
}

function brings(earlier: Step, path: readonly PathSegment[]): boolean {
  const produced = producedKeys(earlier);
  const keys = path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : []));
  if (keys.some((key) => produced.has(key))) return true;
  // Requests for the same objects may bring hidden keys that the next request is asked with.
  return earlier.groups.some(
    (group) => bringsHiddenKeys(group) && group.paths.some((each) => lastKey(each.segments) === keys.at(-1)),
  );
}

function lastKey(path: readonly PathSegment[]): string | undefined {
  return path.findLast((segment) => segment.kind === 'field')?.key;
}

function bringsHiddenKeys(group: Step['groups'][number]): boolean {
  return [...group.kinds.values()].some((kind) =>
    [...kind.asked.byType.values()].some((fields) =>
      fields.some(
        (field) =>
          keyOfAlias(field.key) < 0 && field.key !== '__typename' && !kind.echoed.includes(field.key),
      ),
    ),
  );
}

function producedKeys(step: Step): ReadonlySet<string> {
  const keys = new Set<string>();
  const visitFields = (fields: readonly AskedField[]): void => {
    for (const field of fields) {
      keys.add(field.key);
      if (field.object) visit(field.object);
    }
  };
  const visit = (asked: AskedObject): void => {
    for (const fields of asked.byType.values()) visitFields(fields);
  };
  if (step.root) visit(step.root.asked);
  for (const group of step.groups) for (const kind of group.kinds.values()) visit(kind.asked);
  return keys;
}
