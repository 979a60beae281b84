import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  GraphQLIncludeDirective,
  getDirectiveValues,
  isAbstractType,
  isLeafType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fieldOf } from './field-of.ts';
import { printShape } from './print-operation.ts';
import { concreteNames } from './concrete-names.ts';
import { VariableRenames } from './rename-variables.ts';
import type { Selection, Shape, ShapeLeaf } from './shape.ts';

/** A normalised operation and the only place where the client's names are kept. */
export interface Normalised {
  readonly shape: Shape;
  /** The client's response key of each field number. */
  readonly names: readonly string[];
  /** `[client's variable, v_N]`. */
  readonly renamedVariables: readonly (readonly [string, string])[];
}

/** Where the walk stands: the field it is in, the types still possible, the way from the root. */
interface Place {
  readonly scope: number;
  readonly parent: string;
  readonly possible: readonly string[];
  readonly parents: readonly string[];
  readonly keys: readonly number[];
  readonly slots: readonly number[];
  readonly narrowedBy: readonly string[];
}

/**
 * Renames every alias and variable, folds `@skip` and `@include` by the values given, and inlines every named
 * fragment. A client's name that reached the planner could read a hidden key or replace it before it is sent
 * to a source, so none does.
 */
export function normalise(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Normalised {
  return new Normaliser(schema, document, variables).run(operation);
}

class Normaliser {
  readonly #schema: GraphQLSchema;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #slots = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  /** By response key's number: all its occurrences have the slot of the first. */
  readonly #slotOf = new Map<number, number>();
  readonly #leaves: ShapeLeaf[] = [];
  readonly #leafIds = new Map<string, number>();
  readonly #renames: VariableRenames;
  #kind: Shape['kind'] = 'query';

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
    this.#schema = schema;
    this.#variables = variables;
    this.#renames = new VariableRenames(variables);
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
    }
  }

  run(operation: OperationDefinitionNode): Normalised {
    const kind = operation.operation === 'mutation' ? 'mutation' : 'query';
    this.#kind = kind;
    const root = this.#schema.getRootType(operation.operation) as GraphQLObjectType;
    const selections = this.#selections(operation.selectionSet, {
      scope: -1,
      parent: root.name,
      possible: [root.name],
      parents: [],
      keys: [],
      slots: [],
      narrowedBy: [],
    });
    const variables = this.#renames.declared(operation);
    const bare = { kind, rootType: root.name, selections, variables, leaves: this.#leaves } as const;
    return {
      shape: { ...bare, text: printShape(bare) },
      names: this.#names,
      renamedVariables: this.#renames.pairs(),
    };
  }

  #selections(selectionSet: SelectionSetNode, place: Place): Selection[] {
    const result: Selection[] = [];
    for (const node of selectionSet.selections) {
      if (!this.#isIncluded(node)) continue;
      if (node.kind === Kind.FIELD) {
        result.push(this.#field(node, place));
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
      if (fragment)
        result.push(...this.#fragment(fragment.typeCondition?.name.value, fragment.selectionSet, place));
    }
    return result;
  }

  #fragment(on: string | undefined, selectionSet: SelectionSetNode, place: Place): Selection[] {
    if (on === undefined || on === place.parent) return this.#selections(selectionSet, place);
    const covered = new Set(concreteNames(this.#schema, on));
    const possible = place.possible.filter((name) => covered.has(name));
    if (possible.length === 0) return [];
    const tells =
      possible.length < place.possible.length && isAbstractType(this.#schema.getType(place.parent));
    const narrowedBy = tells ? [...place.narrowedBy, `${place.parent}.__typename`] : place.narrowedBy;
    const selections = this.#selections(selectionSet, { ...place, parent: on, possible, narrowedBy });
    return selections.length === 0 ? [] : [{ kind: 'narrowing', on, selections }];
  }

  #field(node: FieldNode, place: Place): Selection {
    const name = node.name.value;
    if (name === '__typename') {
      const key = this.#number(node, [], place.scope);
      const leaf = this.#leaf(key, name, place, []);
      return { kind: 'typename', key, parent: place.parent, leaf, isWritten: true };
    }
    const definition = this.#definition(place.parent, name);
    if (!definition)
      return { kind: 'introspection', key: this.#number(node, node.arguments ?? [], place.scope), node };
    const args = this.#renames.inArguments(node.arguments ?? []);
    const key = this.#number(node, args, place.scope);
    const type = getNamedType(definition.type);
    const isLeaf = isLeafType(type);
    const slot = this.#slot(key, name, place, args, isLeaf);
    return {
      kind: 'field',
      key,
      slot,
      name,
      parent: place.parent,
      type: definition.type,
      arguments: args,
      leaf: isLeaf ? this.#leaf(key, name, place, args, slot) : -1,
      selections: isLeaf ? null : this.#below(node, { key, slot }, type.name, place),
    };
  }

  #below(
    node: FieldNode,
    { key, slot }: { readonly key: number; readonly slot: number },
    typeName: string,
    place: Place,
  ): Selection[] {
    if (!node.selectionSet) return [];
    const below: Place = {
      scope: key,
      parent: typeName,
      possible: concreteNames(this.#schema, typeName),
      parents: place.parents.concat(`${place.parent}.${node.name.value}`),
      keys: place.keys.concat(key),
      slots: place.slots.concat(slot),
      narrowedBy: place.narrowedBy,
    };
    const selections = this.#selections(node.selectionSet, below);
    return selections.length === 0 ? [this.#presence(below)] : selections;
  }

  /**
   * What stands in an object of which nothing is selected once conditions are folded. That it is there, or how many there
   * are, is told all the same, so it is a leaf to be decided, like `__typename`, though nothing is written of it.
   */
  #presence(place: Place): Selection {
    const identity = JSON.stringify([place.scope]);
    const key = this.#numbers.get(identity) ?? this.#names.push('__typename') - 1;
    this.#numbers.set(identity, key);
    const leaf = this.#leaf(key, '__typename', place, []);
    return { kind: 'typename', key, parent: place.parent, leaf, isWritten: false };
  }

  /** Undefined for `__schema` and `__type`, which stand on no type. */
  #definition(parent: string, field: string): GraphQLField<unknown, unknown> | undefined {
    return fieldOf(this.#schema.getType(parent), field);
  }

  /** Same place, same response key, same field, same arguments: the same number, hence one merged field. */
  #number(node: FieldNode, args: readonly ArgumentNode[], scope: number): number {
    const responseKey = node.alias?.value ?? node.name.value;
    const identity = JSON.stringify([
      scope,
      responseKey,
      node.name.value,
      args.map((arg) => print(arg)).sort(),
    ]);
    const known = this.#numbers.get(identity);
    if (known !== undefined) return known;
    const key = this.#names.push(responseKey) - 1;
    this.#numbers.set(identity, key);
    return key;
  }

  /**
   * Same type, same field, same arguments: the same slot. A mutation's own fields are each done by themselves,
   * however alike they are. So are two names for one object at one place: a null that goes up in one of them would
   * else take the other along.
   */
  #slot(key: number, name: string, place: Place, args: readonly ArgumentNode[], isLeaf: boolean): number {
    const known = this.#slotOf.get(key);
    if (known !== undefined) return known;
    const call = JSON.stringify([place.parent, name, args.map((arg) => print(arg)).sort()]);
    const isOwn = place.scope < 0 && this.#kind === 'mutation';
    const identity = isOwn
      ? `${call} ${key}`
      : isLeaf
        ? call
        : `${call} ${this.#namesakes(call, place.scope)}`;
    const slot = this.#slots.get(identity) ?? this.#slots.size;
    this.#slots.set(identity, slot);
    this.#slotOf.set(key, slot);
    return slot;
  }

  /** How many names one field of one object had before. */
  #namesakes(call: string, scope: number): number {
    const identity = `${scope} ${call}`;
    const count = this.#counts.get(identity) ?? 0;
    this.#counts.set(identity, count + 1);
    return count;
  }

  #leaf(key: number, name: string, place: Place, args: readonly ArgumentNode[], slot?: number): number {
    const coordinate = `${place.parent}.${name}`;
    const identity = JSON.stringify([key, coordinate, place.parents]);
    const known = this.#leafIds.get(identity);
    if (known !== undefined) {
      const leaf = this.#leaves[known] as ShapeLeaf;
      const narrowedBy = [...new Set([...leaf.narrowedBy, ...place.narrowedBy])];
      this.#leaves[known] = { ...leaf, narrowedBy };
      return known;
    }
    const id = this.#leaves.length;
    this.#leafIds.set(identity, id);
    this.#leaves.push({
      id,
      key,
      parent: place.parent,
      coordinate,
      parents: place.parents,
      keys: place.keys.concat(key),
      slots: slot === undefined ? place.slots : place.slots.concat(slot),
      narrowedBy: place.narrowedBy.length < 2 ? place.narrowedBy : [...new Set(place.narrowedBy)],
      arguments: args,
      isTypename: name === '__typename',
    });
    return id;
  }

  #isIncluded(node: SelectionNode): boolean {
    const skip = getDirectiveValues(GraphQLSkipDirective, node, this.#variables);
    if (skip?.['if'] === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, this.#variables)?.['if'] !== false;
  }
}
