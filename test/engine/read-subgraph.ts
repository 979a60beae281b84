import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** What one service says of one of its types. */
export interface SubgraphType {
  readonly name: string;
  readonly isInterfaceObject: boolean;
  readonly keys: readonly SelectionSetNode[];
  readonly fields: ReadonlyMap<string, SubgraphField>;
}

/** What one service says of one field. */
export interface SubgraphField {
  readonly name: string;
  /** The service has no value of its own: it is given one, or may serve it where it provides it. */
  readonly isExternal: boolean;
  readonly requires: SelectionSetNode | null;
  readonly provides: SelectionSetNode | null;
  /** The service from which the field was taken over. */
  readonly overrides: string | null;
}

/** Reads the federation directives of one service's SDL. */
export function readSubgraph(sdl: string): ReadonlyMap<string, SubgraphType> {
  const types = new Map<string, SubgraphType>();
  const document: DocumentNode = parse(sdl);
  for (const node of document.definitions) {
    if (
      node.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      node.kind !== Kind.OBJECT_TYPE_EXTENSION &&
      node.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
      node.kind !== Kind.INTERFACE_TYPE_EXTENSION
    )
      continue;
    const known = types.get(node.name.value);
    const directives = node.directives ?? [];
    const isExternal = has(directives, 'external');
    const keys = directives.flatMap((each) => fieldSetOf([each], 'key') ?? []);
    // In an extension `@external` on a key is a form that Federation 1 asks for; the field is the service's all the same.
    const isExtension = node.kind === Kind.OBJECT_TYPE_EXTENSION || has(directives, 'extends');
    const formal = new Set(isExtension ? keys.flatMap((key) => namesIn(key)) : []);
    types.set(node.name.value, {
      name: node.name.value,
      isInterfaceObject: (known?.isInterfaceObject ?? false) || has(directives, 'interfaceObject'),
      keys: [...(known?.keys ?? []), ...keys],
      fields: new Map([
        ...(known?.fields ?? []),
        ...(node.fields ?? []).map((field) => {
          const name = field.name.value;
          const read = readField(field, isExternal);
          return [name, formal.has(name) ? { ...read, isExternal: false } : read] as const;
        }),
      ]),
    });
  }
  return types;
}

function readField(node: FieldDefinitionNode, isExternal: boolean): SubgraphField {
  const directives = node.directives ?? [];
  return {
    name: node.name.value,
    isExternal: isExternal || has(directives, 'external'),
    requires: fieldSetOf(directives, 'requires'),
    provides: fieldSetOf(directives, 'provides'),
    overrides: textOf(directives, 'override', 'from'),
  };
}

/** The fields of a field set, without those below them. */
export function namesIn(set: SelectionSetNode): readonly string[] {
  return set.selections.flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : []));
}

function has(directives: readonly ConstDirectiveNode[], name: string): boolean {
  return directives.some((each) => bare(each.name.value) === name);
}

/** A directive may be used under its namespace. */
function bare(name: string): string {
  return name.replace(/^federation__/u, '');
}

function textOf(directives: readonly ConstDirectiveNode[], name: string, argument: string): string | null {
  const directive = directives.find((each) => bare(each.name.value) === name);
  const value = directive?.arguments?.find((each) => each.name.value === argument)?.value;
  return value?.kind === Kind.STRING ? value.value : null;
}

function fieldSetOf(directives: readonly ConstDirectiveNode[], name: string): SelectionSetNode | null {
  const text = textOf(directives, name, 'fields');
  if (text === null) return null;
  const [definition] = parse(`{${text}}`).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : null;
}
