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

/** What was read of which question, the oldest forgotten first. Relying parties ask the same day by day. */
const asks = new Map<string, Ask>();
const ASKS_KEPT = 500;
/** Longer ones are read each time, so that what is kept stays small. */
const LONGEST_KEPT = 4_000;

function askOf(source: ShareDetails['source']): Ask | DetailsProblem {
  const name = JSON.stringify(source);
  const known = asks.get(name);
  if (known !== undefined) return known;
  try {
    // The same question reads the same against the one schema there is; who may ask it is judged each time.
    const ask = readAsk(source, schema());
    if (name.length > LONGEST_KEPT) return ask;
    asks.set(name, ask);
    const [oldest = name] = asks.keys();
    if (asks.size > ASKS_KEPT) asks.delete(oldest);
    return ask;
  } catch (refusal) {
    if (refusal instanceof AskError) return { problem: refusal.message };
    throw refusal;
  }
}
