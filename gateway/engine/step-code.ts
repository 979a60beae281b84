import type { CheckRun } from './answer-shape.ts';
import type { DataObject } from './field-failure.ts';
import { GeneratedCode, member } from './generate.ts';
import { generateCheck } from './generate-check.ts';
import { generateCollect } from './generate-collect.ts';
import { generateMerge } from './generate-merge.ts';
import {
  generateRepresentation,
  generateRepresentationText,
  generateSame,
} from './generate-representation.ts';
import type { EntityGroup, EntityKind, Step } from './step.ts';

/** Functions made for one step that is run often; each does what its general counterpart does. */
export interface StepCode {
  readonly root: AskedCode | null;
  readonly groups: readonly GroupCode[];
}

/** For objects asked at one place. */
export interface AskedCode {
  /** The check of an answer that came without errors. */
  readonly check: (value: unknown, run: CheckRun) => boolean;
  readonly merge: (target: DataObject, value: DataObject) => void;
}

/** Takes objects at the end of a path. */
export interface Found {
  readonly push: (object: DataObject) => unknown;
}

/** For one list of entities. */
export interface GroupCode {
  /** By path: adds the objects at its end. */
  readonly collect: readonly ((root: DataObject, found: Found) => void)[];
  /** By the concrete type of the target, as in the group itself. */
  readonly kinds: ReadonlyMap<string, KindCode>;
}

/** For the entities of one type. */
export interface KindCode extends AskedCode {
  readonly kind: EntityKind;
  /** Null where the representation needs the general way. */
  readonly representation: {
    /** Undefined where a part is no plain leaf that is there. */
    readonly text: (object: DataObject) => string | undefined;
    readonly make: (object: DataObject) => DataObject;
    /** The field that best tells entities of the kind apart. */
    readonly first: (object: DataObject) => unknown;
    /** Whether that field is the only one. */
    readonly isOnly: boolean;
    /** Whether the representation of the object would be that one. */
    readonly same: (object: DataObject, representation: DataObject) => boolean;
  } | null;
}

/** Generates the code of a step. */
export function generateStep(step: Step): StepCode {
  const code = new GeneratedCode();
  const root = step.root === null ? 'null' : askedCode(code, step.root.asked);
  const groups = step.groups.map((group) => groupCode(code, group));
  return code.build(`{root:${root},groups:[${groups.join(',')}]}`) as StepCode;
}

function groupCode(code: GeneratedCode, group: EntityGroup): string {
  const collect = group.paths.map(({ segments }) => generateCollect(code, segments));
  const kinds = [...group.kinds].map(([concrete, kind]) => {
    const representation = representationCode(code, kind);
    return `[${JSON.stringify(concrete)},{kind:${code.constant(kind)},...${askedCode(code, kind.asked)},representation:${representation}}]`;
  });
  return `{collect:[${collect.join(',')}],kinds:new Map([${kinds.join(',')}])}`;
}

function representationCode(code: GeneratedCode, { plain, typeName, echoed }: EntityKind): string {
  if (plain === null) return 'null';
  const text = generateRepresentationText(code, plain, typeName);
  const make = generateRepresentation(code, plain, typeName);
  const fields = plain.filter(({ name }) => name !== '__typename');
  const key = fields.find(({ name, alias }) => echoed.includes(alias ?? name)) ?? fields[0];
  const first = code.add('o', `return ${key ? member('o', key.name) : 'undefined'};`);
  return `{text:${text},make:${make},first:${first},isOnly:${fields.length === 1},same:${generateSame(code, plain)}}`;
}

function askedCode(code: GeneratedCode, asked: EntityKind['asked']): string {
  return `{check:${generateCheck(code, asked)},merge:${generateMerge(code, asked)}}`;
}
