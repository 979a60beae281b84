import type pg from 'pg';
import { unreachable } from '@dinhdanh/kit';

/** The origins of the trees by id and back, kept in memory: two are made in a year, and none is renamed. */
export class ShardNames {
  readonly #pool: pg.Pool;
  #origins = new Map<number, string>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** The origins of all these trees. */
  async originsOf(shards: readonly number[]): Promise<ReadonlyMap<number, string>> {
    if (!shards.every((shard) => this.#origins.has(shard))) await this.#read();
    if (!shards.every((shard) => this.#origins.has(shard))) unreachable('an entry of no shard');
    return this.#origins;
  }

  /** The tree of an origin; null where there is none. */
  async shardOf(origin: string): Promise<number | null> {
    const find = (): number | undefined => [...this.#origins].find(([, name]) => name === origin)?.[0];
    if (find() === undefined) await this.#read();
    return find() ?? null;
  }

  async #read(): Promise<void> {
    const { rows } = await this.#pool.query<{ id: number; origin: string }>('SELECT id, origin FROM shards');
    this.#origins = new Map(rows.map(({ id, origin }) => [id, origin]));
  }
}
