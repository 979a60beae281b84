import type { AccessLogStatus } from '../generated/resolvers.ts';
import { originOf } from '../log-origin.ts';
import type { AccessLogRoom } from '../room.ts';
import { formatVerifierKey, signerKeyOfSeed, verifierOf } from '../tlog/index.ts';

/** How the log stands: `accessLogStatus`. Sizes of trees beyond GraphQL's Int are told as its largest. */
export async function logStatus(room: AccessLogRoom, now: Date): Promise<AccessLogStatus> {
  const { publishing, settings } = room;
  const [shard] = await publishing.store.shards();
  const records = await publishing.store.witnesses();
  const origin = shard?.origin ?? originOf(settings.name, now);
  return {
    origin,
    size: int(shard?.size ?? 0),
    checkpointSize: int(shard?.publishedSize ?? 0),
    checkpoint: shard?.publishedNote ?? null,
    logKey: logKeyOf(origin, settings.signingKey),
    witnesses: publishing.publisher.cosigners.map(({ vkey }) => {
      const record = records.find(({ shard: id, key }) => id === shard?.id && key === vkey);
      return {
        key: vkey,
        size: record === undefined ? null : int(record.size),
        cosignedAt: record?.cosignedAt.toISOString() ?? null,
        reachable: publishing.publisher.watch.isPresent(vkey),
      };
    }),
  };
}

/** The log's public key under the name of an origin, or of the log itself: C2SP vkey. Null for names that cannot be. */
export function logKeyOf(origin: string, seed: Uint8Array): string | null {
  const key = signerKeyOfSeed(origin, seed, 'note');
  return key.ok ? formatVerifierKey(verifierOf(key.value)) : null;
}

function int(size: number): number {
  return Math.min(size, 2 ** 31 - 1);
}
