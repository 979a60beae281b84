import {
  getNamedType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { fieldOf } from './field-of.ts';
import { SelectionNames } from './answered.ts';
import { type DataObject, FieldFailure, isDataObject } from './field-failure.ts';
import type { PrunedSelection } from './prune-refused.ts';
import { concreteNames } from './concrete-names.ts';
import { aliasOf } from './shape.ts';
import {
  dropCollateral,
  failAt,
  failField,
  type Write,
  type WriteEntry,
  type WriteRun,
} from './write-run.ts';

/** Compiles the answer's writer: projection, null propagation, errors and JSON text in one pass. */
export function compileWriter(
  schema: GraphQLSchema,
  rootType: string,
  selections: readonly PrunedSelection[],
  sourceOf: ReadonlyMap<number, string>,
): Write {
  return new WriterCompiler(schema, sourceOf).object(rootType, [selections]);
}

/** What is selected below one field, by its occurrences. */
type Lists = readonly (readonly PrunedSelection[])[];

/** Every occurrence of one field number that holds for one concrete type. */
interface Occurrences {
  readonly key: number;
  readonly all: Exclude<PrunedSelection, { kind: 'narrowing' }>[];
}

class WriterCompiler {
  readonly #schema: GraphQLSchema;
  readonly #sourceOf: ReadonlyMap<number, string>;
  readonly #known = new Map<string, Write>();
  readonly #selections = new SelectionNames();

  constructor(schema: GraphQLSchema, sourceOf: ReadonlyMap<number, string>) {
    this.#schema = schema;
    this.#sourceOf = sourceOf;
  }

  object(typeName: string, lists: Lists): Write {
    const identity = this.#selections.of(typeName, lists);
    const known = this.#known.get(identity);
    if (known) return known;
    const write = this.#compileObject(typeName, lists);
    this.#known.set(identity, write);
    return write;
  }

  #compileObject(typeName: string, lists: Lists): Write {
    if (isObjectType(this.#schema.getType(typeName))) return writeObject(this.#entries(typeName, lists));
    const byType = concreteNames(this.#schema, typeName).map(
      (name) => [name, this.#entries(name, lists)] as const,
    );
    return writeAnyOf(new Map(byType));
  }

  #entries(typeName: string, lists: Lists): readonly WriteEntry[] {
    const found = new Map<number, Occurrences>();
    for (const list of lists) this.#collect(typeName, list, found);
    return [...found.values()].map((occurrences) => ({
      key: occurrences.key,
      write: this.#entry(typeName, occurrences),
    }));
  }

  #collect(typeName: string, list: readonly PrunedSelection[], into: Map<number, Occurrences>): void {
    for (const selection of list) {
      if (selection.kind === 'narrowing') {
        const holds =
          selection.on === typeName || concreteNames(this.#schema, selection.on).includes(typeName);
        if (holds) this.#collect(typeName, selection.selections, into);
        continue;
      }
      if (selection.kind === 'typename' && !selection.isWritten) continue;
      const known = into.get(selection.key);
      if (known) known.all.push(selection);
      else into.set(selection.key, { key: selection.key, all: [selection] });
    }
  }

  #entry(typeName: string, { key, all }: Occurrences): WriteEntry['write'] {
    const refused = all.filter((each) => each.kind === 'refused');
    const fields = all.filter((each) => each.kind === 'field');
    const [firstRefused] = refused;
    const isLeafRefused = firstRefused?.field.kind === 'field' && firstRefused.field.selections === null;
    // A leaf refused in one occurrence is refused; an object is refused where nothing of it is allowed.
    if (firstRefused && (fields.length === 0 || isLeafRefused)) {
      return writeRefused(firstRefused.leaf, this.#isRequired(typeName, firstRefused.field));
    }
    const [field] = fields;
    if (!field) {
      if (all.some((each) => each.kind === 'introspection')) return writeIntrospected(aliasOf(key));
      return writeConstant(JSON.stringify(typeName));
    }
    const refusedBelow = refused.flatMap((each) =>
      each.field.kind === 'field' && each.field.selections
        ? [refusedList(each.field.selections, each.leaf)]
        : [],
    );
    const lists = [...fields.flatMap((each) => (each.selections ? [each.selections] : [])), ...refusedBelow];
    const type = this.#typeOf(typeName, field.name) ?? field.type;
    const named = getNamedType(type);
    const source = this.#sourceOf.get(key);
    const write = isLeafType(named)
      ? writeLeaves(type, named, source)
      : writeValue(type, this.object(named.name, lists), lists, source);
    return writeField(aliasOf(field.slot), write, isNonNullType(type));
  }

  #isRequired(typeName: string, field: { readonly kind: string; readonly name?: string }): boolean {
    const type = field.name === undefined ? undefined : this.#typeOf(typeName, field.name);
    return field.kind === 'typename' || isNonNullType(type);
  }

  #typeOf(typeName: string, field: string): GraphQLOutputType | undefined {
    return fieldOf(this.#schema.getType(typeName), field)?.type;
  }
}

/*
 * Writers are made by functions of their own, which hold what the writer needs: made where they are needed, they would hold
 * all that is at hand there.
 */

function writeObject(entries: readonly WriteEntry[]): Write {
  return (value, run) => (isDataObject(value) ? writeEntries(entries, value, run) : null);
}

function writeAnyOf(byType: ReadonlyMap<string, readonly WriteEntry[]>): Write {
  return (value, run) => {
    if (!isDataObject(value)) return null;
    const entries = byType.get(String(value['__typename']));
    return entries ? writeEntries(entries, value, run) : failKind(value, run);
  };
}

function writeField(alias: string, write: Write, isRequired: boolean): WriteEntry['write'] {
  return (object, run) => write(object[alias], run) ?? (isRequired ? undefined : 'null');
}

/** Null, or what null does in a place that forbids it. */
function writeRefused(leaf: number, isRequired: boolean): WriteEntry['write'] {
  return (_object, run) => {
    run.refuse(leaf);
    return isRequired ? undefined : 'null';
  };
}

function writeIntrospected(alias: string): WriteEntry['write'] {
  return (_object, run) => run.introspected(alias);
}

function writeConstant(text: string): WriteEntry['write'] {
  return () => text;
}

/** Writers of fields that hold leaves, by the field's type and the source: the same for all plans. */
const leafWriters = new WeakMap<GraphQLOutputType, Map<string | undefined, Write>>();

function writeLeaves(type: GraphQLOutputType, named: GraphQLLeafType, source: string | undefined): Write {
  const bySource = leafWriters.get(type) ?? new Map<string | undefined, Write>();
  leafWriters.set(type, bySource);
  const write = bySource.get(source) ?? writeValue(type, writeLeaf(named, source), [], source);
  bySource.set(source, write);
  return write;
}

/** A value of the type, given how what is not null in it is written. */
function writeValue(
  type: GraphQLOutputType,
  present: Write,
  lists: Lists,
  source: string | undefined,
): Write {
  if (isNonNullType(type)) return required(writeValue(type.ofType, present, lists, source), source);
  return isListType(type)
    ? nullable(writeList(writeValue(type.ofType, present, lists, source), isNonNullType(type.ofType)), lists)
    : nullable(present, lists);
}

function nullable(write: Write, lists: Lists): Write {
  return (value, run) => {
    if (value === null || value === undefined) return null;
    if (value instanceof FieldFailure) return failField(run, value, keysBelow(lists, value.below));
    return write(value, run);
  };
}

/** An object whose kind no source told, or whose kind the public schema hides. */
function failKind(value: DataObject, run: WriteRun): undefined {
  const failure = Object.values(value).find((each) => each instanceof FieldFailure);
  return failure ? failField(run, failure, []) : failAt(run, 'SOURCE_INVALID', undefined);
}

/** The client's way below a field to what failed there, as far as the client asked for it. */
function keysBelow(lists: Lists, below: FieldFailure['below']): (number | { readonly index: number })[] {
  const [first, ...rest] = below;
  if (first === undefined) return [];
  if (typeof first === 'number') return [{ index: first }, ...keysBelow(lists, rest)];
  // A field may be selected several times, each with something else below it, and under several keys.
  const selected = new Map<number, Lists>();
  for (const { key, selections } of fieldsOf(lists.flat(), first)) {
    selected.set(key, [...(selected.get(key) ?? []), ...(selections ? [selections] : [])]);
  }
  let longest: ReturnType<typeof keysBelow> = [];
  for (const [key, inside] of selected) {
    const way = [key, ...keysBelow(inside, rest)];
    if (way.length > longest.length) longest = way;
  }
  return longest;
}

function fieldsOf(selections: readonly PrunedSelection[], alias: string): readonly SelectedField[] {
  return selections.flatMap((selection): readonly SelectedField[] => {
    if (selection.kind === 'narrowing') return fieldsOf(selection.selections, alias);
    return selection.kind === 'field' && aliasOf(selection.slot) === alias ? [selection] : [];
  });
}

type SelectedField = PrunedSelection & { readonly kind: 'field' };

/** A refused object that another occurrence keeps alive: each of its fields is refused by itself. */
function refusedList(selections: readonly PrunedSelection[], leaf: number): readonly PrunedSelection[] {
  return selections.map((selection): PrunedSelection => {
    if (selection.kind === 'narrowing')
      return { ...selection, selections: refusedList(selection.selections, leaf) };
    if (selection.kind !== 'field') return selection;
    const own = selection.leaf >= 0 ? selection.leaf : leaf;
    return { kind: 'refused', key: selection.key, field: selection as never, leaf: own };
  });
}

function writeEntries(entries: readonly WriteEntry[], object: DataObject, run: WriteRun): string | undefined {
  let text = '';
  let isWhole = true;
  const told = run.errors.length;
  for (const { key, write } of entries) {
    run.path.push(run.names[key] as string);
    const value = write(object, run);
    run.path.pop();
    if (value === undefined) isWhole = false;
    else text += (text === '' ? '' : ',') + (run.labels[key] as string) + value;
  }
  return isWhole ? `{${text}}` : dropCollateral(run, told);
}

function writeList(item: Write, isItemRequired: boolean): Write {
  return (value, run) => {
    if (!Array.isArray(value)) return null;
    let text = '';
    let isWhole = true;
    const told = run.errors.length;
    for (let index = 0; index < value.length; index += 1) {
      run.path.push(index);
      const written = item(value[index], run);
      run.path.pop();
      if (isItemRequired && written === undefined) isWhole = false;
      text += (index === 0 ? '' : ',') + (written ?? 'null');
    }
    return isWhole ? `[${text}]` : dropCollateral(run, told);
  };
}

/** A null that the schema forbids is an error of its own unless one was told already. */
function required(write: Write, source: string | undefined): Write {
  return (value, run) => {
    const text = write(value, run);
    return text === null ? failAt(run, 'SOURCE_INVALID', source) : text;
  };
}

function writeLeaf(type: GraphQLLeafType, source: string | undefined): Write {
  if (isEnumType(type)) {
    const texts = new Map<unknown, string>(
      type.getValues().map((each) => [each.name, JSON.stringify(each.name)]),
    );
    // A member that the public schema hides stays hidden.
    return (value, run) => texts.get(value) ?? failAt(run, 'SOURCE_INVALID', source);
  }
  if (type.name === 'ID') return (value) => JSON.stringify(String(value));
  return (value) => JSON.stringify(value);
}
