import { createHash } from 'node:crypto';
import pg from 'pg';
import { keyFromSeed, valueOf } from '@dinhdanh/access-log/testing';
import {
  encodeEntry,
  formatCheckpoint,
  formatNote,
  Frontier,
  leafHash,
  signNote,
  tileBytes,
  tilesOfGrowth,
} from '@dinhdanh/access-log/tlog';
import type { AccessLogEntry, Hash } from '@dinhdanh/access-log/tlog';

/** An entry with the place it was given. */
export interface LoggedEntry {
  readonly origin: string;
  readonly shard: number;
  readonly index: number;
  readonly entry: AccessLogEntry;
  readonly bytes: Buffer;
}

/** The origin of the tree of a half-year. */
export function originOf(begins: string): string {
  const at = new Date(begins);
  return `log.dinhdanh.example/${at.getUTCFullYear()}h${at.getUTCMonth() < 6 ? 1 : 2}`;
}

/** Writes entries as the log's writer leaves them, of its rows the ones that reading needs. */
export class FilledLog {
  readonly #pool: pg.Pool;
  readonly #facets = new Map<string, number>();
  readonly #months = new Set<string>();
  readonly #trees = new Map<number, { origin: string; frontier: Frontier; nodes: Map<string, Hash> }>();
  readonly all: LoggedEntry[] = [];

  constructor(databaseUrl: string) {
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  }

  readonly close = (): Promise<void> => this.#pool.end();

  /** Begins the tree of a half-year; the newest is where `append` writes. */
  async begin(begins: string): Promise<void> {
    const { rows } = await this.#pool.query<{ id: number }>(
      'INSERT INTO shards (origin, begins) VALUES ($1, $2) RETURNING id',
      [originOf(begins), begins],
    );
    const id = rows[0]?.id ?? 0;
    this.#trees.set(id, { origin: originOf(begins), frontier: new Frontier(), nodes: new Map() });
  }

  /** Appends to the newest tree. */
  async append(entries: readonly AccessLogEntry[]): Promise<LoggedEntry[]> {
    const [shard, tree] = [...this.#trees].at(-1) ?? [];
    if (shard === undefined || tree === undefined) throw new RangeError('no tree was begun');
    const logged: LoggedEntry[] = [];
    for (const entry of entries) {
      const bytes = valueOf(encodeEntry(entry));
      const index = tree.frontier.size;
      await this.#insert(shard, index, entry, bytes);
      tree.frontier.append(leafHash(bytes), (level, at, hash) => tree.nodes.set(`${level}/${at}`, hash));
      logged.push({ origin: tree.origin, shard, index, entry, bytes });
    }
    await this.#pool.query('UPDATE shards SET size = $2 WHERE id = $1', [shard, tree.frontier.size]);
    this.all.push(...logged);
    return logged;
  }

  async #insert(shard: number, index: number, entry: AccessLogEntry, bytes: Buffer): Promise<void> {
    await this.#makeMonth(entry.time);
    const [subject, ...further] = entry.subjects.map((one) => Buffer.from(one, 'base64url'));
    const { time, actor, consentId, caseId, requestId } = entry;
    await this.#pool.query(
      `INSERT INTO entries (shard, index, at, facet, subject, actor, consent_id, case_id, request_id, leaf_hash, bytes)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[shard, index, time, await this.#facetOf(entry), subject, actor.id, consentId, caseId, requestId],
        ...[leafHash(bytes), bytes],
      ],
    );
    for (const one of further) {
      await this.#pool.query(
        'INSERT INTO further_subjects (subject, at, shard, index) VALUES ($1, $2, $3, $4)',
        [...[one, time, shard, index]],
      );
    }
    if (entry.completes !== null) {
      await this.#pool.query(
        'INSERT INTO undelivered (shard, index) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [shard, entry.completes],
      );
    }
  }

  async #makeMonth(time: string): Promise<void> {
    const month = time.slice(0, 7);
    if (this.#months.has(month)) return;
    this.#months.add(month);
    const next = new Date(`${month}-01T00:00:00Z`);
    next.setUTCMonth(next.getUTCMonth() + 1);
    await this.#pool.query(
      `CREATE TABLE IF NOT EXISTS entries_${month.replace('-', '_')} PARTITION OF entries
       FOR VALUES FROM ('${month}-01T00:00:00Z') TO ('${next.toISOString()}')`,
    );
  }

  async #facetOf(entry: AccessLogEntry): Promise<number> {
    const { event, actor, purpose, legalBasis, outcome, refusal, claims, sources } = entry;
    const shared = [
      ...[event, actor.kind, purpose, legalBasis, outcome, refusal, claims, sources],
      ...[entry.consentId !== null, entry.delayedDisclosure],
    ];
    const digest = createHash('sha256').update(JSON.stringify(shared)).digest();
    const known = this.#facets.get(digest.toString('hex'));
    if (known !== undefined) return known;
    const { rows } = await this.#pool.query<{ id: number }>(
      `INSERT INTO facets (event, actor_kind, purpose, legal_basis, outcome, refusal, claims, sources, with_consent,
         delayed_disclosure, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
      [...shared, digest],
    );
    const id = rows[0]?.id ?? 0;
    this.#facets.set(digest.toString('hex'), id);
    return id;
  }

  /** Names an organisation or office. */
  async name(id: string, kind: string, name: string): Promise<void> {
    await this.#pool.query('INSERT INTO actors (id, kind, name) VALUES ($1, $2, $3)', [id, kind, name]);
  }

  /** Signs and serves the trees as they stand: key seed 1, named by the origin. */
  async publish(): Promise<void> {
    for (const [shard, { origin, frontier, nodes }] of this.#trees) {
      const size = frontier.size;
      for (const tile of tilesOfGrowth(0, size)) {
        const bytes = valueOf(tileBytes(tile, (level, index) => nodes.get(`${level}/${index}`)));
        await this.#pool.query('INSERT INTO tiles VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
          ...[shard, tile.level, tile.index, tile.width, bytes],
        ]);
      }
      const text = valueOf(formatCheckpoint({ origin, size, root: frontier.root(), extensions: [] }));
      const note = valueOf(formatNote({ text, signatures: [signNote(text, keyFromSeed(origin, 1))] }));
      await this.#pool.query(
        'UPDATE shards SET signed_size = $2, signed_note = $3, published_size = $2, published_note = $3 WHERE id = $1',
        [shard, size, note],
      );
    }
  }
}
