import { type DirectiveNode, type FieldDefinitionNode, Kind, parse, print, visit } from 'graphql';
import type { Supergraph } from './read-supergraph.ts';

/**
 * The supergraph for a planner that is told of no requirement: what is required is asked for beside it, and every
 * service with a requiring field can be entered at the type that has it.
 */
export function withoutRequirements(sdl: string, supergraph: Supergraph): string {
  const entries: string[] = [];
  for (const { graph, typeName, entry } of supergraph.requiringTypes) {
    entries.push(`${entry}:${typeName} @join__field(graph:${graph})`);
  }
  const document = visit(parse(sdl, { noLocation: true }), {
    Directive: withoutArgument('requires'),
    ObjectTypeDefinition: {
      leave: (node) => {
        if (node.name.value !== supergraph.fullSchema.getQueryType()?.name) return undefined;
        return { ...node, fields: [...(node.fields ?? []), ...fieldsOf(entries)] };
      },
    },
  });
  return print(document);
}

/** Whether some service answers fields of another's on some way. */
export function hasProvided(sdl: string): boolean {
  return sdl.includes('provides:');
}

/** The supergraph for a planner that is told of nothing provided: every field is asked of its own service. */
export function withoutProvided(sdl: string): string {
  return print(visit(parse(sdl, { noLocation: true }), { Directive: withoutArgument('provides') }));
}

function withoutArgument(name: string): (node: DirectiveNode) => DirectiveNode | undefined {
  return (node) => {
    if (node.name.value !== 'join__field') return undefined;
    return { ...node, arguments: (node.arguments ?? []).filter((each) => each.name.value !== name) };
  };
}

function fieldsOf(entries: readonly string[]): readonly FieldDefinitionNode[] {
  if (entries.length === 0) return [];
  const [type] = parse(`type T { ${entries.join('\n')} }`).definitions;
  return type?.kind === Kind.OBJECT_TYPE_DEFINITION ? (type.fields ?? []) : [];
}
