import { accessDirectives } from '../claim-directives.ts';
import { type DeclaredType, declaredTypes, hasDirective, rootTypes, type Subgraph } from './subgraph.ts';

/**
 * Every leaf says by exactly one `@claim` or `@open` who may read it, no other field carries one, and every type
 * has a claim for its own `__typename` unless all that is below it is open. One sentence for each that does not.
 */
export function checkClaimsPresent(subgraphs: readonly Subgraph[]): string[] {
  return subgraphs.flatMap((subgraph) => {
    const types = declaredTypes(subgraph);
    const open = openTypes(types);
    return types.flatMap((type) => [
      ...fieldProblems(subgraph.name, type),
      ...typeProblems(subgraph.name, type, open),
    ]);
  });
}

/** The types that say nothing of a person: all their leaves are open, and what they lead to is such a type again. */
function openTypes(types: readonly DeclaredType[]): ReadonlySet<string> {
  const open = new Set(
    types
      .filter(({ kind, directives }) => kind === 'object' && accessDirectives(directives).length === 0)
      .map(({ name }) => name),
  );
  let before: number;
  do {
    before = open.size;
    for (const { name, fields } of types) {
      const closed = fields.some(({ leaf, returns, node }) =>
        leaf ? hasDirective(node.directives, 'claim') : !open.has(returns),
      );
      if (closed) open.delete(name);
    }
  } while (open.size < before);
  return open;
}

function fieldProblems(subgraph: string, type: DeclaredType): string[] {
  const problems: string[] = [];
  for (const { coordinate, leaf, node } of type.fields) {
    const count = accessDirectives(node.directives).length;
    if (leaf && count === 0) {
      problems.push(`${coordinate} in ${subgraph} says neither @claim nor @open: who may read it?`);
    }
    if (leaf && count > 1) {
      problems.push(
        `${coordinate} in ${subgraph} carries ${count} of @claim and @open: exactly one must stand.`,
      );
    }
    if (!leaf && count > 0) {
      problems.push(
        `${coordinate} in ${subgraph} returns an object: its leaves carry @claim or @open, not it.`,
      );
    }
  }
  return problems;
}

function typeProblems(subgraph: string, type: DeclaredType, open: ReadonlySet<string>): string[] {
  const claims = accessDirectives(type.directives);
  if (claims.length > 1)
    return [`${type.name} in ${subgraph} carries ${claims.length} claims: one must stand.`];
  if (claims.length === 1 || rootTypes.has(type.name)) return [];
  // The interface this object stands for has its claim where it is declared as an interface.
  if (hasDirective(type.directives, 'interfaceObject')) return [];
  if (open.has(type.name)) return [];
  return [`${type.name} in ${subgraph} has no @claim for its __typename: who may learn that it is there?`];
}
