import type { AskedField, AskedObject } from './answer-shape.ts';
import { placeOf, slotOfAlias } from './shape.ts';
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
  const produced = producedPlaces(earlier);
  const way = wayOf(path);
  if (way.some((_, at) => produced.has(placeOf(way.slice(0, at + 1))))) return true;
  // Requests for the same objects may bring hidden keys that the next request is asked with.
  return earlier.groups.some(
    (group) =>
      bringsHiddenKeys(group) && group.paths.some((each) => placeOf(wayOf(each.segments)) === placeOf(way)),
  );
}

/** The response keys of a path. */
export function wayOf(path: readonly PathSegment[]): readonly string[] {
  return path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : []));
}

function bringsHiddenKeys(group: Step['groups'][number]): boolean {
  return [...group.kinds.values()].some((kind) =>
    [...kind.asked.byType.values()].some((fields) =>
      fields.some(
        (field) =>
          slotOfAlias(field.key) < 0 && field.key !== '__typename' && !kind.echoed.includes(field.key),
      ),
    ),
  );
}

function producedPlaces(step: Step): ReadonlySet<string> {
  const places = new Set<string>();
  visitPlaces(step, (place) => places.add(place));
  return places;
}

/** Tells every place of the data tree that a request fills, each once for every kind that may stand there. */
export function visitPlaces(step: Step, tell: (place: string, field: AskedField) => void): void {
  const visit = (asked: AskedObject, way: readonly string[]): void => {
    for (const fields of asked.byType.values()) {
      for (const field of fields) {
        const place = [...way, field.key];
        tell(placeOf(place), field);
        if (field.object) visit(field.object, place);
      }
    }
  };
  if (step.root) visit(step.root.asked, wayOf(step.root.path));
  for (const group of step.groups) {
    for (const path of group.paths) {
      for (const asked of new Set([...group.kinds.values()].map((kind) => kind.asked))) {
        visit(asked, wayOf(path.segments));
      }
    }
  }
}
