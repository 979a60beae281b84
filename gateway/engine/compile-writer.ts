import {
  getNamedType,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type DataObject, FieldFailure, isDataObject } from './field-failure.ts';
import type { PrunedSelection } from './prune-refused.ts';
import { concreteNames } from './read-supergraph.ts';
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

/** Every occurrence of one field number that holds for one concrete type. */
interface Occurrences {
  readonly key: number;
  readonly all: Exclude<PrunedSelection, { kind: 'narrowing' }>[];
}

class WriterCompiler {
  readonly #schema: GraphQLSchema;
  readonly #sourceOf: ReadonlyMap<number, string>;
  readonly #known = new Map<string, Write>();
  readonly #ids = new Map<readonly PrunedSelection[], number>();

  constructor(schema: GraphQLSchema, sourceOf: ReadonlyMap<number, string>) {
    this.#schema = schema;
    this.#sourceOf = sourceOf;
  }

  object(typeName: string, lists: readonly (readonly PrunedSelection[])[]): Write {
    const identity = `${typeName} ${lists.map((list) => this.#id(list)).join(' ')}`;
    const known = this.#known.get(identity);
    if (known) return known;
    const write = this.#compileObject(typeName, lists);
    this.#known.set(identity, write);
    return write;
  }

  #id(list: readonly PrunedSelection[]): number {
    const known = this.#ids.get(list);
    if (known !== undefined) return known;
    this.#ids.set(list, this.#ids.size);
    return this.#ids.size - 1;
  }

  #compileObject(typeName: string, lists: readonly (readonly PrunedSelection[])[]): Write {
    const byType = new Map(
      concreteNames(this.#schema, typeName).map((name) => [name, this.#entries(name, lists)]),
    );
    const fixed = isObjectType(this.#schema.getType(typeName)) ? byType.get(typeName) : undefined;
    return (value, run) => {
      if (!isDataObject(value)) return null;
      const entries = fixed ?? byType.get(String(value['__typename']));
      return entries ? writeEntries(entries, value, run) : failKind(value, run);
    };
  }

  #entries(typeName: string, lists: readonly (readonly PrunedSelection[])[]): readonly WriteEntry[] {
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
      const write = this.#nullable(typeName, firstRefused.field);
      return (_object, run) => write(() => run.refuse(firstRefused.leaf));
    }
    const [field] = fields;
    if (!field) {
      if (all.some((each) => each.kind === 'introspection'))
        return (_object, run) => run.introspected(aliasOf(key));
      const text = JSON.stringify(typeName);
      return () => text;
    }
    const refusedBelow = refused.flatMap((each) =>
      each.field.kind === 'field' && each.field.selections
        ? [refusedList(each.field.selections, each.leaf)]
        : [],
    );
    const lists = [...fields.flatMap((each) => (each.selections ? [each.selections] : [])), ...refusedBelow];
    const alias = aliasOf(field.slot);
    const type = this.#typeOf(typeName, field.name) ?? field.type;
    const write = this.#value(type, getNamedType(type), lists, this.#sourceOf.get(key));
    return (object, run) => {
      const text = write(object[alias], run);
      return text ?? (isNonNullType(type) ? undefined : 'null');
    };
  }

  /** The text of a refused field: null, or what null does in a place that forbids it. */
  #nullable(
    typeName: string,
    field: { readonly kind: string; readonly name?: string },
  ): (refuse: () => void) => string | undefined {
    const type = field.name === undefined ? undefined : this.#typeOf(typeName, field.name);
    const isRequired = field.kind === 'typename' || isNonNullType(type);
    return (refuse) => {
      refuse();
      return isRequired ? undefined : 'null';
    };
  }

  #typeOf(typeName: string, field: string): GraphQLOutputType | undefined {
    const type = this.#schema.getType(typeName);
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[field]?.type : undefined;
  }

  #value(
    type: GraphQLOutputType,
    named: GraphQLNamedType,
    lists: readonly (readonly PrunedSelection[])[],
    source: string | undefined,
  ): Write {
    if (isNonNullType(type)) return required(this.#value(type.ofType, named, lists, source), source);
    const write = isListType(type)
      ? writeList(this.#value(type.ofType, named, lists, source), isNonNullType(type.ofType))
      : isLeafType(type)
        ? writeLeaf(type, source)
        : this.object(named.name, lists);
    return (value, run) => {
      if (value === null || value === undefined) return null;
      if (value instanceof FieldFailure) return failField(run, value, keysBelow(lists, value.below));
      return write(value, run);
    };
  }
}

/** An object whose kind no source told, or whose kind the public schema hides. */
function failKind(value: DataObject, run: WriteRun): undefined {
  const failure = Object.values(value).find((each) => each instanceof FieldFailure);
  return failure ? failField(run, failure, []) : failAt(run, 'SOURCE_INVALID', undefined);
}

/** The client's way below a field to what failed there, as far as the client asked for it. */
function keysBelow(
  lists: readonly (readonly PrunedSelection[])[],
  below: FieldFailure['below'],
): (number | { readonly index: number })[] {
  const [first, ...rest] = below;
  if (first === undefined) return [];
  if (typeof first === 'number') return [{ index: first }, ...keysBelow(lists, rest)];
  for (const list of lists) {
    for (const selection of list) {
      if (selection.kind === 'narrowing') {
        const inside = keysBelow([selection.selections], below);
        if (inside.length > 0) return inside;
      } else if (selection.kind === 'field' && aliasOf(selection.slot) === first) {
        return [selection.key, ...keysBelow(selection.selections ? [selection.selections] : [], rest)];
      }
    }
  }
  return [];
}

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
