import { type GraphQLSchema, Kind, print } from 'graphql';
import { accessDirectives, claimsOf, stringArguments } from '../claim-directives.ts';
import { declaredTypes, hasDirective, type Subgraph } from './subgraph.ts';

const kept = ['claim', 'open'] as const;

/**
 * Every subgraph composes `@claim` and `@open` by `@composeDirective` and defines them alike. A subgraph that
 * forgets the first loses its claims without a word; where definitions differ, one wins without a word.
 */
export function checkDirectivesComposed(subgraphs: readonly Subgraph[]): string[] {
  const problems: string[] = [];
  const definitions = new Map<string, { readonly text: string; readonly subgraph: string }>();
  for (const { name: subgraph, document } of subgraphs) {
    const composed = composedDirectives(document);
    for (const name of kept) {
      if (!composed.has(`@${name}`)) problems.push(`${subgraph} does not @composeDirective "@${name}".`);
      const definition = document.definitions.find(
        (node) => node.kind === Kind.DIRECTIVE_DEFINITION && node.name.value === name,
      );
      if (definition === undefined) {
        problems.push(`${subgraph} does not define @${name}.`);
        continue;
      }
      const text = print(definition);
      const before = definitions.get(name);
      if (before === undefined) definitions.set(name, { text, subgraph });
      else if (before.text !== text) {
        problems.push(`${subgraph} and ${before.subgraph} define @${name} differently.`);
      }
    }
  }
  return problems;
}

function composedDirectives(document: Subgraph['document']): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.SCHEMA_EXTENSION && node.kind !== Kind.SCHEMA_DEFINITION) continue;
    for (const directive of node.directives ?? []) {
      const name = stringArguments(directive).get('name');
      if (directive.name.value === 'composeDirective' && name !== undefined) names.add(name);
    }
  }
  return names;
}

/** Every claim of a subgraph is still on the composed schema, unchanged: whatever the composer did on the way. */
export function checkClaimsKept(subgraphs: readonly Subgraph[], composed: GraphQLSchema): string[] {
  const problems: string[] = [];
  const claims = claimsOf(composed);
  for (const subgraph of subgraphs) {
    for (const type of declaredTypes(subgraph)) {
      const elements = [
        { coordinate: type.name, directives: type.directives },
        ...type.fields
          .filter(({ node }) => !hasDirective(node.directives, 'inaccessible'))
          .map(({ coordinate, node }) => ({ coordinate, directives: node.directives ?? [] })),
      ];
      for (const { coordinate, directives } of elements) {
        const [stated] = accessDirectives(directives);
        if (stated === undefined || same(stated, claims.get(coordinate))) continue;
        problems.push(`What ${subgraph.name} says of ${coordinate} is lost or changed in the supergraph.`);
      }
    }
  }
  return problems;
}

function same(a: object, b: object | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
