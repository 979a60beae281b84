export { AskError, type AskReason } from './ask/ask-error.ts';
export type { AskedLeaf } from './ask/claim-paths.ts';
export { keysOfLeaf, leafKey, type LocatedLeaf } from './ask/leaf-key.ts';
export { type Ask, type AskSource, pruneAsk, readAsk } from './ask/read-ask.ts';
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
export { publicSchema, readSubgraph, readSupergraph, supergraphFile } from './subgraph-files.ts';
