import { createHash } from 'node:crypto';
import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { PlannerFailure } from './planner-process.ts';

/** A way from a root type to objects of a type, as text before and after what is selected there. */
interface Way {
  readonly type: GraphQLNamedType;
  readonly head: string;
  readonly tail: string;
  readonly via: string;
}

/** Fields asked for in one trial: the planner may take very long over many at once. */
const fieldsAtOnce = 4;

/** Trials made at once. */
const trialsAtOnce = 64;

/** Plans an operation, or rejects. */
type Plan = (text: string) => Promise<unknown>;

/** A field that no plan leads to from the field before it: `Query.node` and `Node.id`. */
export interface Unplannable {
  readonly from: string;
  readonly field: string;
}

/** What is done about such a field; may throw, and then nothing more is tried. */
export type TellUnplannable = (found: Unplannable) => void;

/**
 * Nothing is served of a supergraph that has such a field.
 *
 * @throws TypeError that names it
 */
export const refuseUnplannable: TellUnplannable = ({ from, field }) => {
  throw new TypeError(`No plan leads from ${from} to ${field}`);
};

/** Those that are out of reach themselves, without what is only behind them. */
export function causesOf(found: readonly Unplannable[]): readonly Unplannable[] {
  const unreached = new Set(found.map(({ field }) => field));
  return found.filter(({ from }) => !unreached.has(from));
}

/** What became of the supergraphs tried last, by digest, the newest at the end. */
const tried = new Map<string, readonly Unplannable[]>();
const remembered = 8;

/**
 * {@link findUnplannable}, but for what this process has just tried: the same supergraph is served again whenever its
 * documents change, and planning all of it takes longer than everything else about it.
 *
 * @param source all that plans depend on: the SDL and the labels of overrides
 * @param isToKeep whether nothing was learnt on the way that must be learnt again
 */
export async function findUnplannableOnce(
  source: readonly string[],
  schema: GraphQLSchema,
  plan: Plan,
  isToKeep: () => boolean,
  tell: TellUnplannable,
): Promise<void> {
  const digest = createHash('sha256').update(JSON.stringify(source)).digest('base64');
  const known = tried.get(digest);
  if (known) {
    for (const each of known) tell(each);
    return;
  }
  const found: Unplannable[] = [];
  await findUnplannable(schema, plan, (each) => {
    tell(each);
    found.push(each);
  });
  if (!isToKeep()) return;
  tried.set(digest, found);
  const [oldest = ''] = tried.keys();
  if (tried.size > remembered) tried.delete(oldest);
}

/** Plans every field behind every field that leads to it, for composition does not promise that a plan exists. */
export async function findUnplannable(
  schema: GraphQLSchema,
  plan: Plan,
  tell: TellUnplannable,
): Promise<void> {
  const trials = trialsOf(schema);
  const told = new Set<string>();
  const tellOnce: TellUnplannable = (found) => {
    const name = `${found.from} ${found.field}`;
    if (told.has(name)) return;
    told.add(name);
    tell(found);
  };
  for (let at = 0; at < trials.length; at += trialsAtOnce) {
    const some = trials.slice(at, at + trialsAtOnce);
    await Promise.all(some.map((trial) => tryFields(trial, plan, tellOnce)));
  }
}

/** A few fields behind one way. */
interface Trial {
  readonly way: Way;
  readonly fields: readonly FieldBehind[];
}

function trialsOf(schema: GraphQLSchema): readonly Trial[] {
  const seen = new Set<string>();
  const waiting: Way[] = [];
  const trials: Trial[] = [];
  for (const [kind, type] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const) {
    if (type) waiting.push({ type, head: `${kind}{`, tail: '}', via: type.name });
  }
  for (let way = waiting.shift(); way; way = waiting.shift()) {
    const fields = fieldsBehind(schema, way.type);
    for (let at = 0; at < fields.length; at += fieldsAtOnce) {
      trials.push({ way, fields: fields.slice(at, at + fieldsAtOnce) });
    }
    if (seen.has(way.type.name)) continue;
    seen.add(way.type.name);
    for (const { on, field } of fields) waiting.push(...onward(way, on, field));
  }
  return trials;
}

function onward(way: Way, on: string, field: GraphQLField<unknown, unknown>): readonly Way[] {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return [];
  const via = `${on}.${field.name}`;
  return on === way.type.name
    ? [{ type, head: `${way.head}${field.name}{`, tail: `}${way.tail}`, via }]
    : [{ type, head: `${way.head}__typename ...on ${on}{${field.name}{`, tail: `}}${way.tail}`, via }];
}

interface FieldBehind {
  readonly on: string;
  readonly field: GraphQLField<unknown, unknown>;
}

function fieldsBehind(schema: GraphQLSchema, type: GraphQLNamedType): readonly FieldBehind[] {
  const own = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const fields = own.map((field) => ({ on: type.name, field }));
  if (!isAbstractType(type)) return fields;
  return [...fields, ...schema.getPossibleTypes(type).flatMap((possible) => fieldsBehind(schema, possible))];
}

async function tryFields({ way, fields }: Trial, plan: Plan, tell: TellUnplannable): Promise<void> {
  if (await isPlanned(way, fields, plan)) return;
  for (const field of fields) {
    if (await isPlanned(way, [field], plan)) continue;
    tell({ from: way.via, field: `${field.on}.${field.field.name}` });
  }
}

async function isPlanned(way: Way, fields: readonly FieldBehind[], plan: Plan): Promise<boolean> {
  const parts = fields.map(({ on, field }, at) => {
    const text = `c_${at}:${field.name}${isLeafType(getNamedType(field.type)) ? '' : '{__typename}'}`;
    return on === way.type.name ? text : `...on ${on}{${text}}`;
  });
  try {
    await plan(`${way.head}${isAbstractType(way.type) ? '__typename ' : ''}${parts.join(' ')}${way.tail}`);
    return true;
  } catch (error) {
    if (error instanceof PlannerFailure) throw error;
    return false;
  }
}
