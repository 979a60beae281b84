import { AppError } from '@dinhdanh/kit';
import { AskError, publicSchema, pruneAsk, readSupergraph } from '@dinhdanh/schema';
import type { Ask } from '@dinhdanh/schema';
import type { GraphQLSchema } from 'graphql';
import { leavesOf } from '../consent/asked.ts';
import type { Asked, ShareItem } from '../consent/asked.ts';

let schema: GraphQLSchema | null = null;

/** What is left of a request when some of its items are granted: its query has no field that was not. */
export function pruneAsked(asked: Asked, granted: readonly ShareItem[]): Asked {
  schema ??= publicSchema(readSupergraph());
  const { document, hash, leaves } = prune(asked, granted, schema);
  const left = new Set(leaves.map(({ key }) => key));
  const items = granted.flatMap((item) => {
    const fields = item.fields.filter((field) => left.has(field));
    return fields.length === 0 ? [] : [{ ...item, fields }];
  });
  return { ...asked, document, hash, items };
}

/** A request whose fields have left the schema since it was pushed cannot be agreed to any more. */
function prune(asked: Asked, granted: readonly ShareItem[], shape: GraphQLSchema): Ask {
  try {
    const { document, hash } = asked;
    return pruneAsk({ document, hash, leaves: [] }, leavesOf(granted), shape);
  } catch (refusal) {
    if (refusal instanceof AskError)
      throw new AppError('BAD_USER_INPUT', { field: 'handle', reason: 'SHARE_OUTDATED' });
    throw refusal;
  }
}
