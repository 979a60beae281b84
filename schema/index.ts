export {
  type Access,
  type Claim,
  claimsOf,
  classValues,
  type Open,
  selfValues,
  shareValues,
} from './claim-directives.ts';
export {
  type Bilingual,
  claimCatalogue,
  type ClaimEntry,
  type ClaimGroup,
  claimGroups,
  kindClaims,
} from './claims.ts';
export {
  registryNames,
  type ServiceName,
  serviceNames,
  type SubgraphName,
  subgraphNames,
} from './service-names.ts';
export { publicSchema, readSubgraph, readSupergraph } from './subgraph-files.ts';
