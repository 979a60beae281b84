import { type DocumentNode, Kind, Location, Token } from 'graphql';

/**
 * Takes from a document that is valid the places of its nodes in the text: with them graphql-js keeps every token, which
 * is more than the document itself. Variables and arguments keep theirs, because values given to them may yet be refused.
 */
export function forgetPlaces(document: DocumentNode): void {
  forget(document as unknown as OpenNode, false);
}

/** A node, or a list of nodes. */
interface OpenNode {
  kind?: string;
  loc?: Location | undefined;
  [part: string]: unknown;
}

function forget(node: OpenNode, isKept: boolean): void {
  const keeps = isKept || node.kind === Kind.VARIABLE_DEFINITION || node.kind === Kind.ARGUMENT;
  for (const part of Object.values(node)) {
    if (typeof part === 'object' && part !== null && !(part instanceof Location))
      forget(part as OpenNode, keeps);
  }
  if (node.loc) node.loc = keeps ? alone(node.loc) : undefined;
}

/** The same place without the tokens around it. */
function alone({ startToken, endToken, source }: Location): Location {
  return new Location(withoutNeighbours(startToken), withoutNeighbours(endToken), source);
}

function withoutNeighbours({ kind, start, end, line, column, value }: Token): Token {
  return new Token(kind, start, end, line, column, value);
}
