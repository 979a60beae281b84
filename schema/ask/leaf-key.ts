import { getNamedType, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';

/** Arguments that choose a page: they change how much comes at once, not what may be learnt. */
const pagingArguments: ReadonlySet<string> = new Set(['first', 'after', 'last', 'before']);

/** Whether an argument only chooses a page of a list. */
export function isPaging(argument: string): boolean {
  return pagingArguments.has(argument);
}

/**
 * The name of a leaf in what is asked, granted and compared: `person.ageOver(years:18)`. Names of the fields from the
 * root, each with its arguments other than paging, sorted by name, values as JSON. Type conditions and aliases are no
 * part of it. What is asked has such arguments on leaves alone ({@link AskError} `ARGUMENT_ABOVE_LEAF`), so the rule is:
 * the arguments of the leaf itself, other than paging.
 */
export function leafKey(
  fieldNames: readonly string[],
  argsPerField: readonly Readonly<Record<string, unknown>>[],
): string {
  return fieldNames.map((name, index) => `${name}${tellingText(argsPerField[index] ?? {})}`).join('.');
}

/** Arguments other than paging as they stand in a key: `(years:18)`, empty for none. */
export function tellingText(args: Readonly<Record<string, unknown>>): string {
  const telling = Object.keys(args).filter((name) => !isPaging(name));
  if (telling.length === 0) return '';
  return `(${telling
    .toSorted()
    .map((name) => `${name}:${stableJson(args[name])}`)
    .join(',')})`;
}

/** JSON with the keys of objects sorted. */
export function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${stableJson(inner)}`).join(',')}}`;
}

/** A selected leaf by coordinates, as an engine sees it. */
export interface LocatedLeaf {
  /** `Type.field` of the leaf. */
  readonly coordinate: string;
  /** Coordinates of the fields from the root down to the leaf's object. */
  readonly parents: readonly string[];
  /** Coerced values of the leaf's own arguments. */
  readonly args: Readonly<Record<string, unknown>>;
  /** `Type.__typename` of every abstract type whose kind a type condition around the leaf tells. */
  readonly narrowedBy: readonly string[];
}

/**
 * Every key that must be granted for a leaf that is read: its own first, then that of `__typename` for each type
 * condition around it, since the leaf's presence tells the kind.
 */
export function keysOfLeaf(leaf: LocatedLeaf, schema: GraphQLSchema): readonly string[] {
  const names = leaf.parents.map(fieldName);
  const own = leafKey([...names, fieldName(leaf.coordinate)], [...names.map(() => ({})), leaf.args]);
  const kinds = leaf.narrowedBy.flatMap((typename) => {
    const type = typeName(typename);
    return leaf.parents.flatMap((parent, index) =>
      returnedType(schema, parent) === type ? [`${names.slice(0, index + 1).join('.')}.__typename`] : [],
    );
  });
  return [...new Set([own, ...kinds])];
}

function typeName(coordinate: string): string {
  return coordinate.slice(0, coordinate.indexOf('.'));
}

function fieldName(coordinate: string): string {
  return coordinate.slice(coordinate.indexOf('.') + 1);
}

function returnedType(schema: GraphQLSchema, coordinate: string): string | null {
  const type = schema.getType(typeName(coordinate));
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName(coordinate)] : null;
  return field ? getNamedType(field.type).name : null;
}
