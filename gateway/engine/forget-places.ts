import { type DocumentNode, Kind, Location, Token, type VariableDefinitionNode } from 'graphql';

/**
 * Takes from a document that is valid the places of its nodes in the text: with them graphql-js keeps every token, which
 * is more than the document itself. Variables keep theirs, because values given to them later may be refused.
 */
export function forgetPlaces(document: DocumentNode): void {
  forget(document as unknown as OpenNode);
}

/** A node, or a list of nodes. */
interface OpenNode {
  kind?: string;
  loc?: Location | undefined;
  [part: string]: unknown;
}

function forget(node: OpenNode): void {
  for (const part of Object.values(node)) {
    if (typeof part === 'object' && part !== null && !(part instanceof Location)) forget(part as OpenNode);
  }
  if (node.loc === undefined) return;
  node.loc = node.kind === Kind.VARIABLE_DEFINITION ? alone(node.loc) : undefined;
}

/** The same place without the tokens around it. */
function alone({ startToken, endToken, source }: Location): NonNullable<VariableDefinitionNode['loc']> {
  return new Location(withoutNeighbours(startToken), withoutNeighbours(endToken), source);
}

function withoutNeighbours({ kind, start, end, line, column, value }: Token): Token {
  return new Token(kind, start, end, line, column, value);
}
