import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import type { AskedField, AskedObject } from './answer-shape.ts';
import { placeOf } from './shape.ts';
import type { PathSegment, Rewrite, Step } from './step.ts';

/**
 * Earlier requests that must be done before objects at the end of a path can be asked for. The planner works in
 * stages; a path needs only the requests that bring a field on it, the kind of an object on it, or a part of what
 * is sent for the objects at its end, so one slow source does not hold up requests that need nothing from it.
 */
export function requestsNeeded(
  path: readonly PathSegment[],
  requires: readonly RequiresSelection[],
  before: readonly Step[],
): readonly number[] {
  const wanted = placesWanted(path, requires);
  return before
    .filter((earlier) => [...placesBrought(earlier)].some((place) => wanted.has(place)))
    .map((each) => each.index);
}

/** A place of the data tree, lists and kinds left out: response keys from the root. */
type Place = string;

const below = (place: Place, key: string): Place => `${place}/${key}`;

function placesWanted(
  path: readonly PathSegment[],
  requires: readonly RequiresSelection[],
): ReadonlySet<Place> {
  const wanted = new Set<Place>();
  let place: Place = '';
  for (const segment of path) {
    if (segment.kind === 'field') place = below(place, segment.key);
    else if (segment.kind === 'type') wanted.add(below(place, '__typename'));
    wanted.add(place);
  }
  wanted.add(below(place, '__typename'));
  addRequired(requires, place, wanted);
  return wanted;
}

function addRequired(requires: readonly RequiresSelection[], at: Place, into: Set<Place>): void {
  for (const selection of requires) {
    if (selection.kind === 'InlineFragment') addRequired(selection.selections, at, into);
    if (selection.kind !== 'Field') continue;
    const place = below(at, selection.name);
    into.add(place);
    addRequired(selection.selections ?? [], place, into);
  }
}

const brought = new WeakMap<Step, ReadonlySet<Place>>();

/** Places that a request fills. A key that it only repeats for proof was there before, but not what else it brings there. */
function placesBrought(step: Step): ReadonlySet<Place> {
  const known = brought.get(step);
  if (known) return known;
  const places = new Set<Place>();
  if (step.root) addObject(step.root.asked, placeAt(step.root.path), places, step.root.outputRewrites);
  for (const group of step.groups) {
    for (const { segments } of group.paths) {
      const place = placeAt(segments);
      for (const kind of group.kinds.values()) {
        for (const fields of kind.asked.byType.values()) {
          const told =
            kind.asked.fixedType === null ? fields : fields.filter(({ key }) => key !== '__typename');
          const filled = new Set<Place>();
          addFields(told, '', filled, group.outputRewrites);
          for (const way of filled) if (!kind.echoedWays.has(way)) places.add(place + way);
        }
      }
    }
  }
  brought.set(step, places);
  return places;
}

function placeAt(path: readonly PathSegment[]): Place {
  return wayOf(path).reduce(below, '');
}

function addObject(asked: AskedObject, at: Place, into: Set<Place>, rewrites: readonly Rewrite[]): void {
  for (const fields of asked.byType.values()) addFields(fields, at, into, rewrites);
}

function addFields(
  fields: readonly AskedField[],
  at: Place,
  into: Set<Place>,
  rewrites: readonly Rewrite[],
): void {
  for (const field of fields) {
    for (const key of [field.key, ...renamed(field.key, rewrites)]) {
      const place = below(at, key);
      into.add(place);
      if (field.object) addObject(field.object, place, into, rewrites);
    }
  }
}

/** A field may be known under another key once the answer is taken. */
function renamed(key: string, rewrites: readonly Rewrite[]): readonly string[] {
  return rewrites.flatMap(({ path, renamesTo }) => {
    const last = path.at(-1);
    return renamesTo !== undefined && last && 'key' in last && last.key === key ? [renamesTo] : [];
  });
}

/** The response keys of a path. */
export function wayOf(path: readonly PathSegment[]): readonly string[] {
  return path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : []));
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
