import { AppError } from '@dinhdanh/kit';
import { readPublicKey } from './public-key.ts';
import type { PublicKey } from './public-key.ts';

/** Fetches the published key set of the authorization server (RFC 7517 §5). @throws AppError */
export type FetchKeySet = () => Promise<unknown>;

/** The keys that access tokens are signed with. */
export interface SigningKeys {
  /**
   * The key of an id; null where the authorization server publishes none of that id.
   *
   * @throws AppError `SOURCE_UNAVAILABLE` where it cannot be asked
   */
  readonly of: (keyId: string, now: Date) => Promise<PublicKey | null>;
}

/** Ids nobody knows can be made up: the set is asked for no more often than this. */
const LEAST_PAUSE_MS = 10_000;
/** A key that was withdrawn is forgotten after this. */
const LONGEST_KEPT_MS = 10 * 60_000;
const MOST_KEYS = 20;

/** Opens the memory of the key set: fetched once when it is wanted, again for an unknown id or after ten minutes. */
export function openSigningKeys(fetchKeySet: FetchKeySet): SigningKeys {
  let keys: ReadonlyMap<string, PublicKey> = new Map();
  let triedAt = Number.NEGATIVE_INFINITY;
  let readAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | null = null;
  const fetchOnce = (now: Date): Promise<void> => {
    triedAt = now.getTime();
    underWay ??= fetchKeySet()
      .then((set) => {
        keys = readKeySet(set);
        readAt = now.getTime();
      })
      .finally(() => (underWay = null));
    return underWay;
  };
  return {
    of: async (keyId, now) => {
      const at = now.getTime();
      const isOld = at - readAt > LONGEST_KEPT_MS;
      if (keys.has(keyId) && !isOld) return keys.get(keyId) ?? null;
      if (underWay !== null || at - triedAt >= LEAST_PAUSE_MS) await fetchOnce(now);
      else if (isOld) throw new AppError('SOURCE_UNAVAILABLE', { source: 'sharing', retryAfterSeconds: 5 });
      return keys.get(keyId) ?? null;
    },
  };
}

function readKeySet(set: unknown): ReadonlyMap<string, PublicKey> {
  const { keys } = (set ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys)) throw new AppError('SOURCE_INVALID', { source: 'sharing', internal: 'key set' });
  const read = new Map<string, PublicKey>();
  for (const jwk of keys.slice(0, MOST_KEYS) as Readonly<Record<string, unknown>>[]) {
    const key = readPublicKey(jwk);
    const id = jwk?.['kid'];
    if (key !== null && typeof id === 'string') read.set(id, key);
  }
  return read;
}
