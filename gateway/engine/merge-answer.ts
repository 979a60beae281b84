import type { AskedField, AskedObject } from './answer-shape.ts';
import { type DataObject, FieldFailure, isDataObject } from './field-failure.ts';
import type { PathSegment } from './step.ts';

/** Objects at the end of a path; objects of other types and failed fields are passed by. */
export function collectTargets(
  value: unknown,
  path: readonly PathSegment[],
  found: DataObject[] = [],
  at = 0,
): DataObject[] {
  const segment = path[at];
  if (Array.isArray(value)) {
    // A list stands for its items whether or not the path says so.
    const next = segment?.kind === 'list' ? at + 1 : at;
    for (const item of value) collectTargets(item, path, found, next);
    return found;
  }
  if (!isDataObject(value)) return found;
  if (!segment) found.push(value);
  else if (segment.kind === 'field') collectTargets(value[segment.key], path, found, at + 1);
  else if (segment.kind === 'list') collectTargets(value, path, found, at + 1);
  else if (isOfType(value, segment.names)) collectTargets(value, path, found, at + 1);
  return found;
}

/** Root objects carry no `__typename`; the planner may still name their type at the start of a path. */
function isOfType(value: DataObject, names: ReadonlySet<string>): boolean {
  const typeName = value['__typename'];
  return typeof typeName === 'string' && names.has(typeName);
}

/** Adds what a source answered to an object of the data tree. What stands there already stays. */
export function mergeInto(target: DataObject, value: DataObject): void {
  for (const key of Object.keys(value)) mergeField(target, key, target[key], value[key]);
}

/** The same for one field, which holds `here`. */
export function mergeField(target: DataObject, key: string, here: unknown, there: unknown): void {
  if (here === undefined || (here instanceof FieldFailure && there !== null)) target[key] = there;
  else mergeValue(here, there);
}

function mergeValue(here: unknown, there: unknown): void {
  if (isDataObject(here) && isDataObject(there)) {
    mergeInto(here, there);
  } else if (Array.isArray(here) && Array.isArray(there) && here.length === there.length) {
    for (const [index, item] of here.entries()) mergeValue(item, there[index]);
  }
}

/**
 * A copy of an answer for the second and later objects it belongs to: requests that follow fill each object
 * with what its own place asks for.
 */
export function copyData<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map((item: unknown) => copyData(item)) as Value;
  if (!isDataObject(value)) return value;
  const copy: DataObject = {};
  for (const key of Object.keys(value)) copy[key] = copyData(value[key]);
  return copy as Value;
}

/** Marks what a source was asked for and left without a value; where another source answered a part, only what is missing. */
export function markObject(target: DataObject, asked: AskedObject, failure: FieldFailure): void {
  const typeName = asked.fixedType ?? target['__typename'];
  markFields(target, (typeof typeName === 'string' ? asked.byType.get(typeName) : undefined) ?? [], failure);
}

function markFields(target: DataObject, fields: readonly AskedField[], failure: FieldFailure): void {
  for (const field of fields) {
    const value = target[field.key];
    if (value === undefined) target[field.key] = failure.at(field.key);
    else if (field.object) markBelow(value, field.object, failure);
  }
}

function markBelow(value: unknown, asked: AskedObject, failure: FieldFailure): void {
  if (Array.isArray(value)) for (const item of value) markBelow(item, asked, failure);
  else if (isDataObject(value)) markObject(value, asked, failure);
}
