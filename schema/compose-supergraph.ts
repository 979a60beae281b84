import { composeServices, transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { checkClaimArguments } from './checks/check-claim-arguments.ts';
import { checkClaimsAgree } from './checks/check-claims-agree.ts';
import { checkClaimsPresent } from './checks/check-claims-present.ts';
import { checkDescriptions } from './checks/check-descriptions.ts';
import { checkClaimsKept, checkDirectivesComposed } from './checks/check-directives-kept.ts';
import { checkForbiddenDirectives } from './checks/check-forbidden-directives.ts';
import { checkInterfaceKeys } from './checks/check-interface-keys.ts';
import { checkListSizes } from './checks/check-list-sizes.ts';
import { checkNoWayBack } from './checks/check-no-way-back.ts';
import { checkNullable } from './checks/check-nullable.ts';
import { checkPlans } from './checks/check-plans.ts';
import { checkRecords } from './checks/check-records.ts';
import type { Subgraph } from './checks/subgraph.ts';

/** A supergraph, or the sentences that say why there is none. */
export type Composition =
  | { readonly supergraph: string; readonly paths: number; readonly problems?: undefined }
  | { readonly problems: readonly string[] };

/**
 * Composes subgraphs into Federation 2 supergraph SDL, the same bytes for the same subgraphs in any order, and
 * holds them to the laws of the schema room. `claimIds` are the ids the claims catalogue explains.
 */
export function composeSupergraph(
  subgraphs: readonly Subgraph[],
  claimIds: ReadonlySet<string>,
): Composition {
  const ordered = subgraphs.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const lawful = [
    ...checkForbiddenDirectives(ordered),
    ...checkDirectivesComposed(ordered),
    ...checkClaimsPresent(ordered),
    ...checkClaimArguments(ordered, claimIds),
    ...checkClaimsAgree(ordered),
    ...checkDescriptions(ordered),
    ...checkRecords(ordered),
    ...checkInterfaceKeys(ordered),
    ...checkNoWayBack(ordered),
    ...checkListSizes(ordered),
  ];
  if (lawful.length > 0) return { problems: lawful };
  const composed = composeServices(
    ordered.map(({ name, document }) => ({ name, url: placeholderUrl(name), typeDefs: document })),
  );
  if (composed.supergraphSdl === undefined) {
    return { problems: composed.errors.map(({ message }) => `The subgraphs do not compose: ${message}`) };
  }
  return checkComposed(ordered, `${composed.supergraphSdl.trimEnd()}\n`);
}

function checkComposed(subgraphs: readonly Subgraph[], supergraph: string): Composition {
  const schema: GraphQLSchema = buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph)));
  const sound = [...checkClaimsKept(subgraphs, schema), ...checkNullable(schema)];
  if (sound.length > 0) return { problems: sound };
  const { paths, problems } = checkPlans(supergraph, schema);
  return problems.length > 0 ? { problems } : { supergraph, paths };
}

/** Where a service runs is configuration: a gateway that forgot it must reach nobody (RFC 2606 section 2). */
function placeholderUrl(name: string): string {
  return `http://${name}.invalid/graphql`;
}
