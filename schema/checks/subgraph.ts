import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type TypeNode,
} from 'graphql';

/** A subgraph as the checks see it: its name and its SDL, parsed. */
export interface Subgraph {
  readonly name: string;
  readonly document: DocumentNode;
}

/** An object, interface or union type as one subgraph declares it; an extension counts as a declaration. */
export interface DeclaredType {
  readonly name: string;
  readonly kind: 'object' | 'interface' | 'union';
  readonly description: string | null;
  readonly directives: readonly ConstDirectiveNode[];
  readonly interfaces: readonly string[];
  readonly fields: readonly DeclaredField[];
}

/** A field of a declared type; `leaf` where it returns a scalar or an enum. */
export interface DeclaredField {
  readonly coordinate: string;
  readonly name: string;
  readonly leaf: boolean;
  readonly returns: string;
  readonly node: FieldDefinitionNode;
}

/** The names of the root types; the schema never renames them. */
export const rootTypes: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** Name of the type under all list and non-null wrappers. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** True where a directive of that name is applied. */
export function hasDirective(directives: readonly ConstDirectiveNode[] | undefined, name: string): boolean {
  return (directives ?? []).some((directive) => directive.name.value === name);
}

/** The object, interface and union types of a subgraph, in the order of its file. */
export function declaredTypes({ document }: Subgraph): DeclaredType[] {
  const composite = compositeNames(document);
  const types: DeclaredType[] = [];
  for (const node of document.definitions) {
    switch (node.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_EXTENSION:
        types.push({
          name: node.name.value,
          kind: node.kind.startsWith('Object') ? 'object' : 'interface',
          description: 'description' in node ? (node.description?.value ?? null) : null,
          directives: node.directives ?? [],
          interfaces: (node.interfaces ?? []).map(({ name }) => name.value),
          fields: (node.fields ?? []).map((field) => declaredField(node.name.value, field, composite)),
        });
        break;
      case Kind.UNION_TYPE_DEFINITION:
        types.push({
          name: node.name.value,
          kind: 'union',
          description: node.description?.value ?? null,
          directives: node.directives ?? [],
          interfaces: [],
          fields: [],
        });
        break;
      default:
    }
  }
  return types;
}

function declaredField(
  type: string,
  node: FieldDefinitionNode,
  composite: ReadonlySet<string>,
): DeclaredField {
  const returns = namedType(node.type);
  const name = node.name.value;
  return { coordinate: `${type}.${name}`, name, leaf: !composite.has(returns), returns, node };
}

/** Names of the types that have fields or members: all others are scalars and enums. */
function compositeNames(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of document.definitions) {
    if (
      node.kind === Kind.OBJECT_TYPE_DEFINITION ||
      node.kind === Kind.OBJECT_TYPE_EXTENSION ||
      node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
      node.kind === Kind.INTERFACE_TYPE_EXTENSION ||
      node.kind === Kind.UNION_TYPE_DEFINITION
    ) {
      names.add(node.name.value);
    }
  }
  return names;
}
