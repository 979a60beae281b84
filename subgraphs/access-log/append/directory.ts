/** What entries point at: facets, the names of organisations, the partitions of months. Each is looked for once. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { monthBegin, monthLabel, monthOf } from './month.ts';
import type { Facet, NamedActor, PreparedEntry } from './prepare-entry.ts';

/** Facets and names kept in memory at most; beyond it, memory starts anew. */
const KEPT = 50_000;

/**
 * The directory of one writer on one connection. What it knows was committed before the entries that need it, on the same
 * connection, so it is as durable as they are; a new connection begins with an empty one, since a crash in between may
 * have taken back what no entry waited for.
 */
export class Directory {
  readonly #client: pg.Client;
  readonly #facets = new Map<string, number>();
  readonly #names = new Map<string, string>();
  readonly #months = new Set<number>();

  constructor(client: pg.Client) {
    this.#client = client;
  }

  /** Makes everything there that entries will point at, and the partition of the month to come. */
  async prepare(entries: readonly PreparedEntry[], now: Date): Promise<void> {
    await this.#makeMonths(entries, now);
    await this.#learnFacets(entries);
    await this.#writeNames(entries);
  }

  /** The facet of an entry that was prepared. */
  facetOf({ facetKey }: PreparedEntry): number {
    const id = this.#facets.get(facetKey);
    if (id === undefined) throw new RangeError('facet before it was learnt');
    return id;
  }

  async #makeMonths(entries: readonly PreparedEntry[], now: Date): Promise<void> {
    const present = monthOf(now.getTime());
    const wanted = new Set([present, present + 1]);
    for (const { atMs } of entries) wanted.add(monthOf(atMs));
    for (const month of wanted) {
      if (!this.#months.has(month)) await this.#makeMonth(month);
    }
  }

  /**
   * A partition is made by itself and attached: that leaves readers alone, where `PARTITION OF` would wait for all of them
   * and hold up the next. One message, one transaction.
   */
  async #makeMonth(month: number): Promise<void> {
    const name = `entries_${monthLabel(month)}`;
    const { rows } = await this.#client.query<{ attached: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'entries'::regclass AND inhrelid = to_regclass($1)) AS attached`,
      [name],
    );
    if (rows[0]?.attached !== true) {
      await this.#client.query(`
        CREATE TABLE ${name} (LIKE entries INCLUDING ALL);
        ALTER TABLE entries ATTACH PARTITION ${name}
          FOR VALUES FROM ('${monthBegin(month)}') TO ('${monthBegin(month + 1)}')`);
    }
    this.#months.add(month);
  }

  async #learnFacets(entries: readonly PreparedEntry[]): Promise<void> {
    if (this.#facets.size > KEPT) this.#facets.clear();
    for (const { facet, facetKey } of entries) {
      if (this.#facets.has(facetKey)) continue;
      const digest = createHash('sha256').update(facetKey).digest();
      this.#facets.set(facetKey, (await this.#findFacet(digest)) ?? (await this.#makeFacet(facet, digest)));
    }
  }

  async #findFacet(digest: Buffer): Promise<number | undefined> {
    const { rows } = await this.#client.query<{ id: number }>('SELECT id FROM facets WHERE digest = $1', [
      digest,
    ]);
    return rows[0]?.id;
  }

  async #makeFacet(facet: Facet, digest: Buffer): Promise<number> {
    const { rows } = await this.#client.query<{ id: number }>(
      `INSERT INTO facets (event, actor_kind, purpose, legal_basis, outcome, refusal, claims, sources, with_consent,
         delayed_disclosure, digest)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (digest) DO UPDATE SET digest = EXCLUDED.digest RETURNING id`,
      [
        facet.event,
        facet.actorKind,
        facet.purpose,
        facet.legalBasis,
        facet.outcome,
        facet.refusal,
        facet.claims,
        facet.sources,
        facet.withConsent,
        facet.delayedDisclosure,
        digest,
      ],
    );
    const id = rows[0]?.id;
    if (id === undefined) throw new RangeError('facet not made');
    return id;
  }

  async #writeNames(entries: readonly PreparedEntry[]): Promise<void> {
    if (this.#names.size > KEPT) this.#names.clear();
    for (const { actor } of entries) {
      const { id, kind, name } = actor;
      if (name === null || this.#names.get(id) === `${kind}\n${name}`) continue;
      await this.#writeName({ id, kind, name });
      this.#names.set(id, `${kind}\n${name}`);
    }
  }

  async #writeName({ id, kind, name }: NamedActor): Promise<void> {
    await this.#client.query(
      `INSERT INTO actors (id, kind, name) VALUES ($1, $2, $3)
       ON CONFLICT (id) DO UPDATE SET kind = EXCLUDED.kind, name = EXCLUDED.name
       WHERE (actors.kind, actors.name) IS DISTINCT FROM (EXCLUDED.kind, EXCLUDED.name)`,
      [id, kind, name],
    );
  }
}
