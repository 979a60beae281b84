import { BulkLoad } from './seeding.ts';
import type { CopyTable, CopyValue, LastAct } from './seeding.ts';

/** A row and the table it goes to. */
export interface SeedRow {
  readonly table: string;
  readonly row: readonly CopyValue[];
}

/** What a bulk load is made of: sources in their order, each thing of which becomes rows of several tables. */
export interface RowSource<Thing> {
  readonly databaseUrl: string;
  readonly tables: readonly CopyTable[];
  readonly things: Iterable<Thing>;
  readonly rowsOf: (thing: Thing) => Iterable<SeedRow>;
  /** Told how many things are done, now and then and at the end. */
  readonly progress: (done: number) => void;
  /** Done in the same transaction when all rows are in. */
  readonly lastAct?: LastAct | undefined;
}

/** How often progress is told, in things. */
const PROGRESS_EVERY = 1_000;

/** Loads everything in one {@link BulkLoad}, at the pace of the database; what fails half-way leaves no row behind. */
export async function loadRows<Thing>(source: RowSource<Thing>): Promise<void> {
  const load = await BulkLoad.open(source.databaseUrl, source.tables);
  try {
    let done = 0;
    for (const thing of source.things) {
      for (const { table, row } of source.rowsOf(thing)) {
        const pressure = load.write(table, row);
        if (pressure !== undefined) await pressure;
      }
      done += 1;
      if (done % PROGRESS_EVERY === 0) source.progress(done);
    }
    await load.finish(source.lastAct);
    source.progress(done);
  } catch (error) {
    await load.abort();
    throw error;
  }
}
