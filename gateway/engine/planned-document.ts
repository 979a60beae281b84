import type { BatchFetchNode, FetchNode } from '@graphql-hive/router-query-planner';
import { type DocumentNode, parse } from 'graphql';

/** The document of a planned request. */
export type ReadPlanned = (node: FetchNode | BatchFetchNode) => DocumentNode;

/** Reads a planned request. */
export const readPlanned: ReadPlanned = ({ operation }) => parse(operation, { noLocation: true });

/**
 * Reads each planned request once, for those who look at one plan together. Nothing outlives them: what a WeakMap holds
 * survives until the old generation is collected.
 */
export function readPlannedOnce(): ReadPlanned {
  const known = new Map<FetchNode | BatchFetchNode, DocumentNode>();
  return (node) => {
    const document = known.get(node) ?? readPlanned(node);
    known.set(node, document);
    return document;
  };
}
