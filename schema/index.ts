import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import type { DocumentNode } from 'graphql';

/** The SDL of one subgraph. */
export function readSubgraph(name: string): DocumentNode {
  return parse(readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8'));
}

/** The committed supergraph. */
export function readSupergraph(): string {
  return readFileSync(new URL('supergraph.graphql', import.meta.url), 'utf8');
}
