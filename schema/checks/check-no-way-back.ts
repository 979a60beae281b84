import { declaredTypes, hasDirective, type Subgraph } from './subgraph.ts';

/**
 * No registry that sees a person as one plain `@interfaceObject` returns that person again (`Vehicle.owner: Person`):
 * the way from one person to another must not exist, and the planner finds such a path or not by the alphabetical
 * order of subgraph names.
 */
export function checkNoWayBack(subgraphs: readonly Subgraph[]): string[] {
  return subgraphs.flatMap((subgraph) => {
    const types = declaredTypes(subgraph);
    const objects = new Set(
      types.filter(({ directives }) => hasDirective(directives, 'interfaceObject')).map(({ name }) => name),
    );
    return types
      .flatMap(({ fields }) => fields)
      .filter(({ returns }) => objects.has(returns))
      .map(({ coordinate, returns }) => `${coordinate} in ${subgraph.name} leads back to ${returns}.`);
  });
}
