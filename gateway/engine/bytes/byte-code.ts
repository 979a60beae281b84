import type { DataObject } from '../field-failure.ts';
import { GeneratedCode, member } from '../generate.ts';
import type { EntityGroup, EntityKind, Step } from '../step.ts';
import {
  type AddedKeys,
  NotReadable,
  ReaderGenerator,
  readerHead,
  type ReadObject,
} from './generate-reader.ts';
import { valueOf } from './tokens.ts';

/** Functions made for one step whose answers are read as bytes. */
export interface ByteStep {
  readonly root: ReadObject | null;
  readonly groups: readonly ByteGroup[];
  /** To be called before an answer is read: the one before may not have been read to its end. */
  readonly begin: () => void;
  /** Where the last object that was read ends. */
  readonly end: () => number;
}

/** For one list of entities. */
export interface ByteGroup {
  /** What stands in an answer before the first entity: `"<response key>":[`. */
  readonly label: Buffer;
  /** By the concrete type of the target, as in the group itself. */
  readonly kinds: ReadonlyMap<string, ByteKind>;
}

/** For the entities of one type. */
export interface ByteKind {
  readonly kind: EntityKind;
  readonly read: ReadObject;
  /** The fields sent beside the type's name, each as an offset where there is a leaf. */
  readonly sent: readonly ((object: DataObject) => unknown)[];
  /** Which of them the answer repeats, and where. */
  readonly echoed: readonly { readonly at: number; readonly of: (object: DataObject) => unknown }[];
  /** The representation, by the JSON texts of what is sent. */
  readonly make: (texts: readonly string[]) => DataObject;
  /** The same as JSON text. */
  readonly write: (texts: readonly string[]) => string;
}

/** Generates the code of a plan's steps; null where there is a step whose answers must be parsed. */
export function generateByteCode(steps: readonly Step[]): readonly ByteStep[] | null {
  const later = keysAddedTo(steps);
  try {
    return steps.map((step) => generateStep(step, later));
  } catch (error) {
    if (error instanceof NotReadable) return null;
    throw error;
  }
}

/** Keys of the fields that requests for entities add to objects, by the objects' type. */
function keysAddedTo(steps: readonly Step[]): AddedKeys {
  const added = new Map<string, Set<string>>();
  for (const { groups } of steps) {
    for (const { kinds } of groups) {
      for (const [concrete, { asked }] of kinds) {
        const keys = added.get(concrete) ?? new Set();
        added.set(concrete, keys);
        for (const fields of asked.byType.values()) for (const { key } of fields) keys.add(key);
      }
    }
  }
  return added;
}

function generateStep(step: Step, later: AddedKeys): ByteStep {
  const code = new GeneratedCode();
  if (step.root && step.root.outputRewrites.length > 0) throw new NotReadable();
  const readers = new ReaderGenerator(code, later);
  const root = step.root ? readers.object(step.root.asked) : 'null';
  const groups = step.groups.map((group) => generateGroup(code, readers, group));
  return code.build(
    `{root:${root},groups:[${groups.join(',')}],begin:()=>{top=0;},end:()=>at}`,
    readerHead,
  ) as ByteStep;
}

function generateGroup(code: GeneratedCode, readers: ReaderGenerator, group: EntityGroup): string {
  if (group.outputRewrites.length > 0) throw new NotReadable();
  const label = code.constant(Buffer.from(`${JSON.stringify(group.responseKey)}:[`));
  const kinds = [...group.kinds].map(
    ([concrete, kind]) => `[${JSON.stringify(concrete)},${generateKind(code, readers, kind)}]`,
  );
  return `{label:${label},kinds:new Map([${kinds.join(',')}])}`;
}

function generateKind(code: GeneratedCode, readers: ReaderGenerator, kind: EntityKind): string {
  if (!kind.plain) throw new NotReadable();
  const fields = kind.plain.filter(({ name }) => name !== '__typename');
  const names = fields.map(({ name, alias }) => alias ?? name);
  const read = (name: string): string => code.add('o', `return ${member('o', name)};`);
  const echoed = kind.echoed.map((name) => {
    const at = names.indexOf(name);
    if (at < 0) throw new NotReadable();
    return `{at:${at},of:${read(name)}}`;
  });
  const typeName = JSON.stringify(kind.typeName);
  const values = names.map((name, at) => `,${JSON.stringify(name)}:${code.constant(valueOf)}(t[${at}])`);
  const texts = names.map((name, at) => `${JSON.stringify(`,${JSON.stringify(name)}:`)}+t[${at}]+`);
  const begin = JSON.stringify(`{"__typename":${typeName}`);
  return `{kind:${code.constant(kind)},read:${readers.object(kind.asked)},
    sent:[${fields.map(({ name }) => read(name)).join(',')}],echoed:[${echoed.join(',')}],
    make:${code.add('t', `return {__typename:${typeName}${values.join('')}};`)},
    write:${code.add('t', `return ${begin}+${texts.join('')}'}';`)}}`;
}
