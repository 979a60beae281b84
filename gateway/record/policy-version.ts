import { createHash } from 'node:crypto';
import { claimsOf } from '@dinhdanh/schema';
import type { GraphQLSchema } from 'graphql';

/** Raised with every change of what `policy/` allows. */
const RULES = 3;

/**
 * What was law when an entry was written: the rules of policy and every `@claim` of the schema, as one word. Letters alone
 * stand for the hash, since a run of digits could be taken for somebody's number.
 */
export function policyVersionOf(schema: GraphQLSchema): string {
  const lines = [...claimsOf(schema)]
    .map(([coordinate, access]) => JSON.stringify([coordinate, access]))
    .sort();
  const hash = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 24);
  return `${RULES}-${hash.replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;
}
