import type { BatchFetchNode, FetchNode } from '@graphql-hive/router-query-planner';
import { type DocumentNode, parse } from 'graphql';

const known = new WeakMap<FetchNode | BatchFetchNode, DocumentNode>();

/** The document of a planned request, read once for all who look at it. */
export function plannedDocument(node: FetchNode | BatchFetchNode): DocumentNode {
  const read = known.get(node);
  if (read) return read;
  const document = parse(node.operation, { noLocation: true });
  known.set(node, document);
  return document;
}
