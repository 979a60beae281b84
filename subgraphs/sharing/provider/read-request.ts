import { AskError, publicSchema, readAsk, readSupergraph } from '@dinhdanh/schema';
import type { Ask } from '@dinhdanh/schema';
import type { GraphQLSchema } from 'graphql';
import type { Asked } from '../consent/asked.ts';
import { composeAsked } from '../consent/compose-asked.ts';
import { purposes } from '../parties/purposes.ts';
import type { CataloguePurpose } from '../parties/purposes.ts';
import { checkDetails } from './check-details.ts';
import type { Party } from './party.ts';
import { readDetails } from './read-details.ts';
import type { DetailsProblem, ShareDetails } from './read-details.ts';

/** A request that may be asked. */
export interface ReadRequest {
  /** As it is stored and shown. */
  readonly asked: Asked;
  readonly purpose: CataloguePurpose;
}

/** Why it may not, with what is known of it. */
export interface RefusedRequest extends DetailsProblem {
  readonly purpose: string;
  readonly claims: readonly string[];
}

let known: GraphQLSchema | null = null;

/** The public schema, built when it is first needed. */
function schema(): GraphQLSchema {
  known ??= publicSchema(readSupergraph());
  return known;
}

/** Reads one authorization detail against the public schema, the catalogue and the registration of who asks. */
export function readRequest(
  detail: Readonly<Record<string, unknown>>,
  party: Pick<Party, 'purposes'>,
  now: Date,
): ReadRequest | RefusedRequest {
  const details = readDetails(detail);
  if ('problem' in details) return { ...details, purpose: 'sharing', claims: [] };
  const purpose = purposes.get(details.purpose.code);
  const about = { purpose: purpose?.code ?? 'sharing', claims: [] };
  const ask = askOf(details.source);
  if ('problem' in ask) return { ...ask, ...about };
  const claims = [...new Set(ask.leaves.flatMap(({ claim }) => claim ?? []))].toSorted();
  const problem = checkDetails(details, { catalogue: purposes, party, ask, now });
  if (problem !== null) return { ...problem, ...about, claims };
  // An unknown purpose has been refused.
  if (purpose === undefined) return { problem: 'purpose.code', ...about, claims };
  return { asked: composeAsked({ ask, details, purpose, schema: schema() }), purpose };
}

function askOf(source: ShareDetails['source']): Ask | DetailsProblem {
  try {
    return readAsk(source, schema());
  } catch (refusal) {
    if (refusal instanceof AskError) return { problem: refusal.message };
    throw refusal;
  }
}
