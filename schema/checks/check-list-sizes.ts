import { Kind, type TypeNode } from 'graphql';
import { declaredTypes, hasDirective, type Subgraph } from './subgraph.ts';

/**
 * A page says by `@listSize` what its `first` sizes: a list, or the `nodes` of a connection. Otherwise one of a million would be
 * estimated as one of ten.
 */
export function checkListSizes(subgraphs: readonly Subgraph[]): string[] {
  return subgraphs.flatMap((subgraph) => {
    const types = declaredTypes(subgraph);
    const connections = new Set(
      types.filter(({ fields }) => fields.some(({ name }) => name === 'nodes')).map(({ name }) => name),
    );
    return types
      .filter(({ kind }) => kind === 'object')
      .flatMap(({ fields }) => fields)
      .filter(({ node }) => node.arguments?.some(({ name }) => name.value === 'first') === true)
      .filter(({ returns, node }) => connections.has(returns) || isList(node.type))
      .filter(({ node }) => !hasDirective(node.directives, 'listSize'))
      .map(
        ({ coordinate }) =>
          `${subgraph.name}: ${coordinate} takes first and does not say by @listSize what it sizes.`,
      );
  });
}

function isList(type: TypeNode): boolean {
  return type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));
}
