import { accessDirectives } from '../claim-directives.ts';
import { type DeclaredType, declaredTypes, hasDirective, rootTypes, type Subgraph } from './subgraph.ts';

/**
 * Every leaf says by exactly one `@claim` or `@open` who may read it, no other field carries one, and every type
 * with a claimed leaf has a claim for its own `__typename`. One sentence for each that does not.
 */
export function checkClaimsPresent(subgraphs: readonly Subgraph[]): string[] {
  return subgraphs.flatMap((subgraph) =>
    declaredTypes(subgraph).flatMap((type) => [
      ...fieldProblems(subgraph.name, type),
      ...typeProblems(subgraph.name, type),
    ]),
  );
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

function typeProblems(subgraph: string, type: DeclaredType): string[] {
  const claims = accessDirectives(type.directives);
  if (claims.length > 1)
    return [`${type.name} in ${subgraph} carries ${claims.length} claims: one must stand.`];
  if (claims.length === 1 || rootTypes.has(type.name)) return [];
  // The interface this object stands for has its claim where it is declared as an interface.
  if (hasDirective(type.directives, 'interfaceObject')) return [];
  const personal =
    type.kind !== 'object' ||
    type.fields.some(({ node, leaf }) => !leaf || hasDirective(node.directives, 'claim'));
  return personal
    ? [`${type.name} in ${subgraph} has no @claim for its __typename: who may learn that it is there?`]
    : [];
}
