import {
  type ArgumentNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  GraphQLString,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fieldOf } from './field-of.ts';
import type { LeafChecks, ScalarCheck } from './check-leaf.ts';
import { type DataObject, FieldFailure, isDataObject } from './field-failure.ts';
import type { Supergraph } from './read-supergraph.ts';

/** What the check of one answer needs besides the answer. */
export interface CheckRun {
  /** False when the attestation of an object does not belong to whom was asked for. */
  readonly attest: (typeName: string, value: unknown) => boolean;
}

/** True when a value of an answer is one that the source may give there. */
export type Check = (value: unknown, run: CheckRun) => boolean;

/** One field a source was asked for on objects of one type. */
export interface AskedField {
  readonly key: string;
  readonly name: string;
  /** As the plan calls it; not the whole node, which would keep the document of the plan. */
  readonly arguments: readonly ArgumentNode[];
  readonly type: GraphQLOutputType;
  readonly check: Check;
  /** The check of one leaf that is there; takes nothing where the field holds objects. */
  readonly leafCheck: ScalarCheck;
  /** What is asked of the objects in the field; null for a leaf. */
  readonly object: AskedObject | null;
}

/** What is asked of the objects at one place, by the type names the source may say. */
export interface AskedObject {
  /** The type the source always means here; null where it says `__typename`. */
  readonly fixedType: string | null;
  readonly byType: ReadonlyMap<string, readonly AskedField[]>;
  /** The field by which the source attests whose record an object is; null where nothing is attested. */
  readonly attestationField: string | null;
  readonly check: Check;
}

/** What compiling an answer's shape needs to know. */
export interface AnswerContext {
  readonly supergraph: Supergraph;
  readonly service: string;
  readonly attestationField: string | null;
  readonly leafChecks: LeafChecks;
  /** Checks of fields that hold leaves, by the field's type: the same for all plans. */
  readonly fieldChecks: WeakMap<GraphQLOutputType, Check>;
}

/** Compiles what a source is asked at one place into the check of what it answers there. */
export function compileAskedObject(
  context: AnswerContext,
  typeName: string,
  selectionSets: readonly SelectionSetNode[],
): AskedObject {
  const isOne = isOneType(context, typeName);
  const names = isOne ? [typeName] : context.supergraph.concreteTypes(typeName);
  const byType = new Map(names.map((name) => [name, compileFields(context, name, selectionSets)]));
  const fixedType = isOne ? typeName : null;
  const { attestationField } = context;
  return { fixedType, byType, attestationField, check: compileObjectCheck(context, fixedType, byType) };
}

/** To a source that knows an interface as one plain type, it is an object type. */
export function isOneType(context: AnswerContext, typeName: string): boolean {
  if (isObjectType(context.supergraph.fullSchema.getType(typeName))) return true;
  return context.supergraph.typeIn(context.service, typeName)?.isInterfaceObject === true;
}

function compileFields(
  context: AnswerContext,
  typeName: string,
  selectionSets: readonly SelectionSetNode[],
): readonly AskedField[] {
  const collected = new Map<string, FieldNode[]>();
  for (const selectionSet of selectionSets) collect(context, typeName, selectionSet.selections, collected);
  return [...collected].map(([key, nodes]) => compileField(context, typeName, key, nodes));
}

function collect(
  context: AnswerContext,
  typeName: string,
  selections: readonly SelectionNode[],
  into: Map<string, FieldNode[]>,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const nodes = into.get(key);
      if (nodes) nodes.push(selection);
      else into.set(key, [selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value;
      const holds =
        on === undefined || on === typeName || context.supergraph.concreteTypes(on).includes(typeName);
      if (holds) collect(context, typeName, selection.selectionSet.selections, into);
    }
  }
}

function compileField(
  context: AnswerContext,
  typeName: string,
  key: string,
  nodes: readonly FieldNode[],
): AskedField {
  const node = nodes[0] as FieldNode;
  const name = node.name.value;
  const type = fieldType(context.supergraph.fullSchema.getType(typeName), name);
  const below = nodes.map((each) => each.selectionSet).filter((each) => each !== undefined);
  const object = below.length > 0 ? compileAskedObject(context, getNamedType(type).name, below) : null;
  const named = getNamedType(type);
  return {
    key,
    name,
    arguments: node.arguments?.length ? node.arguments : none,
    type,
    object,
    check: object ? compileCheck(context, type, object) : checkOfLeaves(context, type),
    leafCheck: isLeafType(named) ? context.leafChecks.of(named) : never,
  };
}

const none: readonly never[] = [];

const never = (): boolean => false;

function checkOfLeaves(context: AnswerContext, type: GraphQLOutputType): Check {
  const known = context.fieldChecks.get(type);
  if (known) return known;
  const check = compileCheck(context, type, null);
  context.fieldChecks.set(type, check);
  return check;
}

function fieldType(type: GraphQLNamedType | undefined, name: string): GraphQLOutputType {
  if (name === '__typename') return GraphQLString;
  const field = fieldOf(type, name);
  if (!field)
    throw new TypeError(
      `The plan asks ${type?.name ?? 'an unknown type'} for ${name}, which it does not have`,
    );
  return field.type;
}

function compileCheck(context: AnswerContext, type: GraphQLOutputType, object: AskedObject | null): Check {
  if (isNonNullType(type)) {
    const inner = compileCheck(context, type.ofType, object);
    return (value, run) => value !== null && inner(value, run);
  }
  const present = compilePresentCheck(context, type, object);
  return (value, run) => value === null || value instanceof FieldFailure || present(value, run);
}

/** The check of a value that is there; anything missing (`undefined`) fails every one of them. */
function compilePresentCheck(
  context: AnswerContext,
  type: GraphQLOutputType,
  object: AskedObject | null,
): Check {
  if (isListType(type)) {
    const item = compileCheck(context, type.ofType, object);
    return (value, run) => {
      if (!Array.isArray(value)) return false;
      for (const each of value) if (!item(each, run)) return false;
      return true;
    };
  }
  if (isLeafType(type)) return context.leafChecks.of(type);
  return object ? object.check : never;
}

function compileObjectCheck(
  context: AnswerContext,
  fixedType: string | null,
  byType: ReadonlyMap<string, readonly AskedField[]>,
): Check {
  const { attestationField } = context;
  return (value, run) => {
    if (!isDataObject(value)) return false;
    const typeName = fixedType ?? value['__typename'];
    const fields = typeof typeName === 'string' ? byType.get(typeName) : undefined;
    if (!fields || typeof typeName !== 'string') return false;
    return hasExactly(value, fields, run) && isAttested(value, typeName, attestationField, fields, run);
  };
}

/** Every field asked and no other: an extra key could pass for another source's answer. */
function hasExactly(value: DataObject, fields: readonly AskedField[], run: CheckRun): boolean {
  for (const field of fields) {
    if (!Object.hasOwn(value, field.key) || !field.check(value[field.key], run)) return false;
  }
  return Object.keys(value).length === fields.length;
}

function isAttested(
  value: DataObject,
  typeName: string,
  attestationField: string | null,
  fields: readonly AskedField[],
  run: CheckRun,
): boolean {
  if (attestationField === null || !fields.some((field) => field.key === attestationField)) return true;
  return run.attest(typeName, value[attestationField]);
}
