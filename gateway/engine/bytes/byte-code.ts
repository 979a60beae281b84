import type { DataObject } from '../field-failure.ts';
import { GeneratedCode, member } from '../generate.ts';
import type { EntityGroup, EntityKind, Step } from '../step.ts';
import { generateReader, NotReadable, readerHead, type ReadObject } from './generate-reader.ts';
import { valueOf } from './tokens.ts';

/** Functions made for one step whose answers are read as bytes. */
export interface ByteStep {
  readonly root: ReadObject | null;
  readonly groups: readonly ByteGroup[];
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
  try {
    return steps.map(generateStep);
  } catch (error) {
    if (error instanceof NotReadable) return null;
    throw error;
  }
}

function generateStep(step: Step): ByteStep {
  const code = new GeneratedCode();
  if (step.root && step.root.outputRewrites.length > 0) throw new NotReadable();
  const root = step.root ? generateReader(code, step.root.asked) : 'null';
  const groups = step.groups.map((group) => generateGroup(code, group));
  return code.build(`{root:${root},groups:[${groups.join(',')}],end:()=>at}`, readerHead) as ByteStep;
}

function generateGroup(code: GeneratedCode, group: EntityGroup): string {
  if (group.outputRewrites.length > 0) throw new NotReadable();
  const label = code.constant(Buffer.from(`${JSON.stringify(group.responseKey)}:[`));
  const kinds = [...group.kinds].map(
    ([concrete, kind]) => `[${JSON.stringify(concrete)},${generateKind(code, kind)}]`,
  );
  return `{label:${label},kinds:new Map([${kinds.join(',')}])}`;
}

function generateKind(code: GeneratedCode, kind: EntityKind): string {
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
  return `{kind:${code.constant(kind)},read:${generateReader(code, kind.asked)},
    sent:[${fields.map(({ name }) => read(name)).join(',')}],echoed:[${echoed.join(',')}],
    make:${code.add('t', `return {__typename:${typeName}${values.join('')}};`)},
    write:${code.add('t', `return ${begin}+${texts.join('')}'}';`)}}`;
}
