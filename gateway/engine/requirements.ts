import {
  type ConstDirectiveNode,
  type ConstValueNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { argumentOf, directivesOf } from './read-directives.ts';
import { fieldOf } from './field-of.ts';
import type { Rights } from './rights.ts';
import { applicationsOf, type EnforcedDirective, type Features } from './read-features.ts';
import { concreteNames } from './concrete-names.ts';
import { parseFieldSet } from './type-in-source.ts';

/** One thing asked of a caller: to be somebody, or to hold all names of at least one of the sets. */
export type Condition =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'scopes' | 'policies'; readonly anyOf: readonly (readonly string[])[] };

/** All of these must hold. */
export type Requirement = readonly Condition[];

/** Whether rights open what is required. */
export function isOpen(requirement: Requirement, rights: Rights): boolean {
  return requirement.every((condition) => {
    if (condition.kind === 'authenticated') return rights.authenticated;
    const held = rights[condition.kind];
    return condition.anyOf.some((all) => all.every((name) => held.has(name)));
  });
}

/** One conjunction of several, each condition once. */
export function allOf(parts: readonly Requirement[]): Requirement {
  const conditions = new Map(parts.flat().map((each) => [JSON.stringify(each), each]));
  return [...conditions.values()];
}

/** Reads what each field of a supergraph requires; made once, answers are remembered. */
export class RequirementReader {
  readonly #schema: GraphQLSchema;
  readonly #features: Features;
  readonly #known = new Map<string, Requirement>();
  readonly #underWay = new Set<string>();

  /** `schema` is the full one: what is hidden from clients is protected all the same. */
  constructor(schema: GraphQLSchema, features: Features) {
    this.#schema = schema;
    this.#features = features;
  }

  /** Reads all there is, so that a malformed directive is told at the start; whether anything is protected at all. */
  readAll(): boolean {
    const types = Object.values(this.#schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
    const coordinates = types.flatMap((type) => {
      const fields = isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : [];
      return [`${type.name}.__typename`, ...fields.map((field) => `${type.name}.${field}`)];
    });
    return coordinates.map((coordinate) => this.of(coordinate)).some((requirement) => requirement.length > 0);
  }

  /**
   * What `Type.field` or `Type.__typename` requires: of its type, of itself, of what it returns, and of all that a source is
   * sent to answer it (`@requires`, however far). Through an interface or a union every kind it may stand for counts.
   */
  of(coordinate: string): Requirement {
    const known = this.#known.get(coordinate);
    if (known) return known;
    // Fields that require each other ask for nothing more than what is being gathered already.
    if (this.#underWay.has(coordinate)) return [];
    this.#underWay.add(coordinate);
    const requirement = this.#read(coordinate);
    this.#underWay.delete(coordinate);
    // What was gathered within a circle may be a part only; the outermost alone is whole.
    if (this.#underWay.size === 0) this.#known.set(coordinate, requirement);
    return requirement;
  }

  #read(coordinate: string): Requirement {
    const [typeName = '', field = ''] = coordinate.split('.');
    const type = this.#schema.getType(typeName);
    const kinds = isAbstractType(type) ? concreteNames(this.#schema, typeName) : [];
    const own = field === '__typename' ? [] : this.#ofField(type, field);
    return allOf([this.#ofType(type), ...own, ...kinds.map((name) => this.of(`${name}.${field}`))]);
  }

  #ofType(type: GraphQLNamedType | undefined): Requirement {
    const nodes = [type?.astNode, ...(type?.extensionASTNodes ?? [])];
    return nodes.flatMap((node) => this.#declaredOn(node as DirectiveHolder));
  }

  #ofField(type: GraphQLNamedType | undefined, name: string): readonly Requirement[] {
    const field = fieldOf(type, name);
    if (!type || !field) return [];
    const joins = directivesOf(field.astNode?.directives, 'join__field');
    return [
      this.#declaredOn(field.astNode),
      this.#ofType(getNamedType(field.type)),
      ...joins.flatMap((join) => {
        const required = argumentOf(join, 'requires');
        return required?.kind === Kind.STRING ? this.#ofSet(type.name, parseFieldSet(required.value)) : [];
      }),
      ...this.#ofInterfaceObjects(type, name),
    ];
  }

  /** A source that knows an interface as one plain type answers the field for every kind of it. */
  #ofInterfaceObjects(type: GraphQLNamedType, name: string): readonly Requirement[] {
    if (!isObjectType(type)) return [];
    return type.getInterfaces().flatMap((each) => {
      const field = each.getFields()[name];
      const plainIn = graphsWhere(each.astNode, 'join__type', 'isInterfaceObject');
      const answeredBy = graphsWhere(field?.astNode, 'join__field');
      if (!field || !answeredBy.some((graph) => plainIn.includes(graph))) return [];
      return [this.#declaredOn(field.astNode), ...this.#ofField(each, name)];
    });
  }

  #ofSet(typeName: string, { selections }: SelectionSetNode): readonly Requirement[] {
    return selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return this.#ofSet(selection.typeCondition?.name.value ?? typeName, selection.selectionSet);
      }
      if (selection.kind !== Kind.FIELD) return [];
      const field = fieldOf(this.#schema.getType(typeName), selection.name.value);
      const below = selection.selectionSet && field ? getNamedType(field.type).name : null;
      return [
        this.of(`${typeName}.${selection.name.value}`),
        ...(below !== null && selection.selectionSet ? this.#ofSet(below, selection.selectionSet) : []),
      ];
    });
  }

  #declaredOn(node: DirectiveHolder): Requirement {
    return [
      ...applicationsOf(this.#features, node, 'authenticated').map(
        () => ({ kind: 'authenticated' }) as const,
      ),
      ...this.#named(node, 'requiresScopes', 'scopes'),
      ...this.#named(node, 'policy', 'policies'),
    ];
  }

  #named(node: DirectiveHolder, directive: EnforcedDirective, kind: 'scopes' | 'policies'): Requirement {
    return applicationsOf(this.#features, node, directive).map((each) => ({
      kind,
      anyOf: readSets(directive, argumentOf(each, kind)),
    }));
  }
}

type DirectiveHolder = { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;

/** `[["a", "b"], ["c"]]`: all of one. A set of nothing would open the field to everybody, and nobody means that. */
function readSets(directive: string, value: ConstValueNode | undefined): readonly (readonly string[])[] {
  const sets = listOf(value).map((set) =>
    listOf(set).flatMap((name) => (name.kind === Kind.STRING ? [name.value] : [])),
  );
  if (sets.length === 0 || sets.some((set) => set.length === 0)) {
    throw new TypeError(`The supergraph has a @${directive} that names nothing`);
  }
  return sets;
}

/** A single value stands for a list of one (GraphQL §3.12). */
function listOf(value: ConstValueNode | undefined): readonly ConstValueNode[] {
  if (value === undefined || value.kind === Kind.NULL) return [];
  return value.kind === Kind.LIST ? value.values : [value];
}

function graphsWhere(node: DirectiveHolder, directive: string, flag?: string): readonly string[] {
  return directivesOf(node?.directives, directive).flatMap((each) => {
    const graph = argumentOf(each, 'graph');
    if (graph?.kind !== Kind.ENUM) return [];
    const value = flag === undefined ? undefined : argumentOf(each, flag);
    return flag === undefined || (value?.kind === Kind.BOOLEAN && value.value) ? [graph.value] : [];
  });
}
