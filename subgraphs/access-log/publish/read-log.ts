/** The log's static resources (https://c2sp.org/tlog-tiles): of each tree what is published, and nothing beyond. */
import { AppError, type CallContext } from '@dinhdanh/kit';
import { encodeEntryBundle, parseTilePath, TILE_WIDTH, type Tile, tileWidth } from '../tlog/index.ts';
import type { PublishStore, ShardState } from './publish-store.ts';

/** An answer as the gateway hands it on. */
export interface LogResource {
  readonly status: 200 | 404;
  readonly contentType: string;
  readonly cacheControl: string;
  /** Standard base64. */
  readonly body: string;
}

const TEXT = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';
const YEAR_SECONDS = 31_536_000;

/** A full tile will never be another. */
const FOR_EVER = `public, max-age=${YEAR_SECONDS}, immutable`;
/** A partial tile neither, but nobody asks for it once there is a wider one. */
const FOR_AN_HOUR = 'public, max-age=3600';
/** What another answer takes the place of: the checkpoint, and every path that means the tree now in use. */
const FOR_SECONDS = 'public, max-age=2';
/** Entries are for auditors alone. */
const NEVER = 'private, no-store';

const NOT_FOUND: LogResource = {
  status: 404,
  contentType: TEXT,
  cacheControl: 'no-store',
  body: Buffer.from('not found\n').toString('base64'),
};

/** `2026h2/tile/0/000`, or without the half-year for the tree now in use. */
const path = /^(?:(?<label>[0-9]{4}h[12])\/)?(?<resource>checkpoint|tile\/.{1,200})$/s;

/**
 * The door `POST /read-log`, `{path}` → {@link LogResource}. Entries are for auditors alone, whose reading was written down
 * before the gateway asked here.
 *
 * @throws AppError `BAD_USER_INPUT`, `NOT_PERMITTED`
 */
export async function readLog(
  body: unknown,
  { caller }: Pick<CallContext, 'caller'>,
  store: PublishStore,
): Promise<LogResource> {
  const asked = (body as { path?: unknown } | null)?.path;
  if (typeof asked !== 'string' || asked.length > 300)
    throw new AppError('BAD_USER_INPUT', { field: 'path' });
  const { label, resource } = path.exec(asked)?.groups ?? {};
  if (resource === undefined) return NOT_FOUND;
  const tile = resource === 'checkpoint' ? null : parseTilePath(resource);
  if (tile !== null && !tile.ok) return NOT_FOUND;
  if (tile?.value.level === 'entries' && caller.act.kind !== 'auditor')
    throw new AppError('NOT_PERMITTED', { internal: 'bundles of entries are for auditors' });
  const shard = (await store.shards()).find(
    ({ origin }) => label === undefined || origin.endsWith(`/${label}`),
  );
  if (shard === undefined || shard.publishedNote === null) return NOT_FOUND;
  if (tile === null) return found(TEXT, FOR_SECONDS, Buffer.from(shard.publishedNote));
  return readTile(store, shard, tile.value, label !== undefined);
}

async function readTile(
  store: PublishStore,
  shard: ShardState,
  tile: Tile,
  isOfShard: boolean,
): Promise<LogResource> {
  const { level, index, width } = tile;
  if (width > tileWidth(level === 'entries' ? 0 : level, index, shard.publishedSize)) return NOT_FOUND;
  if (level === 'entries') {
    const first = index * TILE_WIDTH;
    // Up to the first that is missing: from what is there, a verifier can tell which one that is.
    const bundle = encodeEntryBundle(await store.entries(shard.id, first, first + width));
    return bundle.ok ? found(BYTES, NEVER, bundle.value) : NOT_FOUND;
  }
  const [stored] = await store.tiles(shard.id, [tile]);
  if (stored === undefined) return NOT_FOUND;
  const keeps = width === TILE_WIDTH ? FOR_EVER : FOR_AN_HOUR;
  return found(BYTES, isOfShard ? keeps : FOR_SECONDS, stored.bytes);
}

function found(contentType: string, cacheControl: string, bytes: Buffer): LogResource {
  return { status: 200, contentType, cacheControl, body: bytes.toString('base64') };
}
