import type { GraphQLSchema } from 'graphql';
import { AskError } from '../ask/ask-error.ts';
import { type Ask, readAsk } from '../ask/read-ask.ts';

/** A field as it was agreed to. */
export interface GrantedField {
  /** The key of its leaf. */
  readonly key: string;
  readonly claim: string;
  readonly sensitive: boolean;
  readonly separateTick: boolean;
}

/** What of a consent a change of the schema could break. */
export interface StoredConsent {
  readonly id: string;
  /** Normalised GraphQL, as {@link readAsk} gave it. */
  readonly document: string;
  /** Every claimed leaf of the document. */
  readonly fields: readonly GrantedField[];
}

/**
 * People have agreed to words: a consent is broken by a schema in which its document no longer reads, or reads to other
 * fields, other claims, or fields that are more private than they were. One sentence for each such consent.
 */
export function checkConsents(consents: Iterable<StoredConsent>, schema: GraphQLSchema): string[] {
  // Most people agree to what others have agreed to.
  const known = new Map<string, string | null>();
  const problems: string[] = [];
  for (const { id, document, fields } of consents) {
    const matter = JSON.stringify([document, fields]);
    const problem = known.has(matter) ? known.get(matter) : problemOf(document, fields, schema);
    known.set(matter, problem ?? null);
    if (typeof problem === 'string') problems.push(`The consent ${id} would break: ${problem}.`);
  }
  return problems;
}

function problemOf(document: string, fields: readonly GrantedField[], schema: GraphQLSchema): string | null {
  const read = readDocument(document, schema);
  if (typeof read === 'string') return read;
  const now = new Map(read.leaves.map((leaf) => [leaf.key, leaf]));
  for (const { key, claim, sensitive, separateTick } of fields) {
    const leaf = now.get(key);
    const name = nameOf(key);
    if (leaf === undefined) return `${name} is no longer what it asks for`;
    if (leaf.claim !== claim)
      return `${name} was agreed to as "${claim}" and is ${leaf.claim === null ? 'open' : `"${leaf.claim}"`}`;
    if ((leaf.class === 'SENSITIVE') !== sensitive)
      return `${name} was agreed to as ${sensitive ? 'SENSITIVE' : 'BASIC'} and is ${leaf.class}`;
    if ((leaf.share === 'SEPARATE_TICK') !== separateTick)
      return `${name} was agreed to ${separateTick ? 'with' : 'without'} a tick of its own and is ${leaf.share}`;
  }
  const agreed = new Set(fields.map(({ key }) => key));
  const beyond = read.leaves.find(({ key, claim }) => claim !== null && !agreed.has(key));
  return beyond === undefined ? null : `${nameOf(beyond.key)} would be told and was never agreed to`;
}

function readDocument(document: string, schema: GraphQLSchema): Ask | string {
  try {
    return readAsk({ query: document }, schema);
  } catch (error) {
    if (error instanceof AskError) return error.message;
    throw error;
  }
}

/** A key without its arguments: their values are the relying party's, and may be a person's name. */
function nameOf(key: string): string {
  return key.replace(/\(.*$/su, '');
}
