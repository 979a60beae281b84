import type { AskedField, AskedObject } from './answer-shape.ts';
import { keyOfAlias } from './shape.ts';
import type { PathSegment, Step } from './step.ts';

/**
 * Earlier requests that must be done before a request can start. The planner works in stages; a request needs
 * only those that bring a field on its path or a part of the key at its end, so one slow source does not
 * hold up requests that need nothing from it. Root requests keep the planner's order: mutations are serial.
 */
export function stepsNeeded(step: Omit<Step, 'needs'>, before: readonly Step[]): readonly number[] {
  if (step.root) return before.map((each) => each.index);
  const needed = before.filter((earlier) => step.groups.some((group) => brings(earlier, group.paths)));
  return needed.map((each) => each.index);
}

function brings(earlier: Step, paths: readonly (readonly PathSegment[])[]): boolean {
  const produced = producedKeys(earlier);
  return paths.some((path) => {
    const keys = path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : []));
    if (keys.some((key) => produced.has(key))) return true;
    // Requests for the same objects may bring hidden keys that the next request is asked with.
    return earlier.groups.some(
      (group) => bringsHiddenKeys(group) && group.paths.some((each) => lastKey(each) === keys.at(-1)),
    );
  });
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
