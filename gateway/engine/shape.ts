import type { ArgumentNode, FieldNode, GraphQLOutputType } from 'graphql';

/**
 * An operation after normalisation. Client names are gone: a response key is known by its number (`key`), and
 * two occurrences that GraphQL merges into one response key carry the same number. Towards planner and sources
 * a field has the alias `c_<slot>`: the same field with the same arguments has the same slot wherever it
 * stands, so that the same entities asked the same on several ways are one list of one request.
 */
export interface Shape {
  readonly kind: 'query' | 'mutation';
  readonly rootType: string;
  readonly selections: readonly Selection[];
  /** `v_N` with its printed type, in the order of first use. */
  readonly variables: readonly { readonly name: string; readonly type: string }[];
  /** Text of the whole shape; equal text means equal plan and equal writer, whatever the client's names. */
  readonly text: string;
  /** Leaves without the client's names, by id. */
  readonly leaves: readonly ShapeLeaf[];
}

/** Anything that can stand in a selection after normalisation: named fragments are gone. */
export type Selection = FieldSelection | TypenameSelection | IntrospectionSelection | Narrowing;

/** A field of the public schema; `selections` is null for a leaf. */
export interface FieldSelection {
  readonly kind: 'field';
  readonly key: number;
  readonly slot: number;
  readonly name: string;
  readonly parent: string;
  readonly type: GraphQLOutputType;
  readonly arguments: readonly ArgumentNode[];
  readonly leaf: number;
  readonly selections: readonly Selection[] | null;
}

/** `__typename`, answered by the writer from what the sources said or from the schema. */
export interface TypenameSelection {
  readonly kind: 'typename';
  readonly key: number;
  readonly parent: string;
  readonly leaf: number;
  /** False where it only stands for the presence of an object of which nothing is selected. */
  readonly isWritten: boolean;
}

/** `__schema` or `__type`: answered by graphql-js on the public schema, never planned. */
export interface IntrospectionSelection {
  readonly kind: 'introspection';
  readonly key: number;
  readonly node: FieldNode;
}

/** Selections that hold only for objects of the named type. */
export interface Narrowing {
  readonly kind: 'narrowing';
  readonly on: string;
  readonly selections: readonly Selection[];
}

/** What policy must know of a leaf and what the shape alone can say. */
export interface ShapeLeaf {
  readonly id: number;
  readonly key: number;
  readonly parent: string;
  readonly coordinate: string;
  readonly parents: readonly string[];
  /** Numbers of the fields from the root to the leaf, the leaf included. */
  readonly keys: readonly number[];
  /** Slots of the fields from the root to the leaf; a typename has no slot, so its way ends at its object. */
  readonly slots: readonly number[];
  /** `T.__typename` of every abstract T whose kind the leaf's presence gives away through a type condition. */
  readonly narrowedBy: readonly string[];
  readonly arguments: readonly ArgumentNode[];
  readonly isTypename: boolean;
}

/** Response key towards planner and sources. */
export const aliasOf = (slot: number): string => `c_${slot}`;

/** A way from the root by response keys, as one text; lists and kinds are not told apart. */
export const placeOf = (keys: readonly string[]): string => keys.join('.');

const aliasPattern = /^c_(\d+)$/u;

/** The slot of a response key, or -1 when the key is none of ours (a hidden key, `__typename`). */
export function slotOfAlias(alias: string): number {
  const match = aliasPattern.exec(alias);
  return match?.[1] === undefined ? -1 : Number(match[1]);
}
