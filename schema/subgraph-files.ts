import { readFileSync } from 'node:fs';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import type { SubgraphName } from './service-names.ts';

/** Where the composed supergraph is kept; it is committed, so that a change of the contract shows in review. */
export const supergraphFile = new URL('./supergraph.graphql', import.meta.url);

/** The schema of one subgraph as its service serves it: Federation 2 SDL, parsed. */
export function readSubgraph(name: SubgraphName): DocumentNode {
  return parse(readFileSync(new URL(`./${name}.graphql`, import.meta.url), 'utf8'));
}

/** The committed Federation 2 supergraph SDL: what the gateway plans by. */
export function readSupergraph(): string {
  return readFileSync(supergraphFile, 'utf8');
}

/**
 * What a client may ask, made from a supergraph SDL: without the join directives and without everything
 * `@inaccessible`, but with `@claim` and `@open` on its nodes, so that `claimsOf` reads them.
 */
export function publicSchema(supergraph: string): GraphQLSchema {
  return buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph)), { assumeValidSDL: true });
}
