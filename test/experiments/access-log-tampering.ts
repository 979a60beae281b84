import { join } from 'node:path';
import { tilePath } from '@dinhdanh/access-log/tlog';
import { VerificationFailure, verifyLog } from '@dinhdanh/access-log/verify';
import type { LogSource } from '@dinhdanh/access-log/verify';
import { askWitness } from './access-log/ask-witness.ts';
import { Cluster } from './access-log/cluster.ts';
import { compareWhole, tamperWithColumns } from './access-log/column-tamperings.ts';
import { doorCallers } from './access-log/door-callers.ts';
import { KeptLog } from './access-log/kept-log.ts';
import { Load } from './access-log/load.ts';
import { LogRoom } from './access-log/log-room.ts';
import { Random } from './access-log/random.ts';
import { restoredBackups } from './access-log/restored-backups.ts';
import { tamperings } from './access-log/tamperings.ts';
import type { Deed, Tampering } from './access-log/tamperings.ts';
import { treeOf } from './access-log/tree-of.ts';
import type { Experiment, ExperimentOptions } from './experiment.ts';
import { removeData } from './people-data.ts';

const CASES = 50;
/** The log is built in so many steps, with a cosigned checkpoint after each: as many backups there could be of it. */
const STEPS = 60;
const ENTRIES_A_STEP = 15;
/** How long the log has to publish all it holds. */
const PUBLISH_MS = 15_000;
const SETTINGS = { publishing: { intervalMs: 100 } };
/** While it is tampered with, the log does not look at itself: what finds out is the verifier and the witness alone. */
const BLIND = { publishing: { intervalMs: 3_600_000 }, compareSeconds: 3_600 };

/** What an auditor kept from before: the last checkpoint, and a copy of the tiles. */
interface Kept {
  readonly lastSeen: Uint8Array;
  readonly baseline: LogSource;
}

/** Rewrites history in every way a superuser with the log's own key can think of. */
export const experiment: Experiment = {
  about:
    'whatever a superuser who has stolen the log key does to entries, tiles, checkpoints or backups is found by the verifier or refused by the witness, and what they do beside the entries by the log itself, by index',
  run: async (options) => {
    const folder = join(options.folder, 'access-log-tampering');
    await removeData(folder);
    const room = await LogRoom.open({ folder, cluster: await Cluster.make(folder), settings: SETTINGS });
    try {
      const cosigned = await build(room, options.seed);
      const log = await KeptLog.keep(room.databaseUrl, room.origin, cosigned);
      const kept = await keep(room, log);
      await room.writer.restartWith(BLIND);
      const clean = await findingOf(room, kept);
      const results = [];
      for (const tampering of tamperings)
        results.push(await tamperAgain(options, room, log, kept, tampering));
      const columns = await tamperWithColumns(log, {
        seed: options.seed,
        cases: casesOf(options),
        verifies: async () => (await findingOf(room, kept)) === null,
      });
      for (const result of columns) options.screen.write(`${JSON.stringify(result)}\n`);
      const after = await findingOf(room, kept);
      const untouchedEntriesAreTheirBytes = (await compareWhole(log)).length === 0;
      await log.close();
      await room.writer.restartWith(SETTINGS);
      const backups = await restoredBackups(room, options.seed, fill);
      const found = [...results, ...columns].every(
        (result) => result.cases >= CASES && result.found === result.cases && result.byIndex === result.cases,
      );
      return {
        holds:
          found &&
          clean === null &&
          after === null &&
          untouchedEntriesAreTheirBytes &&
          backups.every((backup) => backup.found),
        figures: {
          entries: log.size,
          untouchedLogVerifies: clean === null && after === null,
          untouchedEntriesAreTheirBytes,
          tamperings: results,
          columns,
          backups,
        },
      };
    } finally {
      await room.close();
      await removeData(folder);
    }
  },
};

/** Builds the log. Returns its checkpoints as they were published, by size. */
async function build(room: LogRoom, seed: string): Promise<Map<number, string>> {
  const cosigned = new Map<number, string>();
  for (let step = 0; step < STEPS; step += 1) {
    await fill(room, seed, ENTRIES_A_STEP);
    const note = await room.source().read('checkpoint', 1_000_000);
    cosigned.set(await room.size(), Buffer.from(note ?? []).toString());
  }
  return cosigned;
}

/** Appends so many entries and a few more, and waits until all of them are published and cosigned. */
async function fill(room: LogRoom, seed: string, entries: number): Promise<void> {
  const name = `fill-${Date.now()}`;
  const load = new Load(
    doorCallers({
      callers: 2,
      seed,
      name,
      callerKey: room.callerKey,
      origin: room.writer.origin,
      mostEntries: 8,
    }),
  ).start();
  await load.reach(entries);
  await load.stop();
  await room.publishedWhole(PUBLISH_MS);
}

/** What the auditor keeps of the log as it is. */
async function keep(room: LogRoom, { leaves }: KeptLog): Promise<Kept> {
  const lastSeen = (await room.source().read('checkpoint', 1_000_000)) ?? Buffer.alloc(0);
  const tiles = new Map(treeOf(leaves).tiles.map(({ tile, bytes }) => [tilePath(tile), bytes]));
  return { lastSeen, baseline: { read: async (path) => tiles.get(path) ?? null } };
}

/** What the verifier finds in the log as it is served now; null when all holds. */
async function findingOf(room: LogRoom, { lastSeen, baseline }: Kept, witnessed = true) {
  const trusted = room.policy();
  const policy = witnessed ? trusted : { ...trusted, witnessKeys: [], quorum: 0 };
  const range = { begin: 0, end: null };
  const request = {
    policy,
    log: room.source(),
    lastSeen,
    baseline,
    proof: null,
    claims: [],
    served: null,
    range,
  };
  try {
    await verifyLog(request, () => undefined);
    return null;
  } catch (failure) {
    if (failure instanceof VerificationFailure) return failure.finding;
    throw failure;
  }
}

/** How often each way of tampering is tried. */
function casesOf({ share }: Pick<ExperimentOptions, 'share'>): number {
  return Math.max(1, Math.round(CASES * share));
}

async function tamperAgain(
  { seed, screen, share }: ExperimentOptions,
  room: LogRoom,
  log: KeptLog,
  kept: Kept,
  tampering: Tampering,
) {
  const random = new Random(`${seed}/${tampering.name}`);
  const by: Record<string, number> = {};
  let [found, byIndex, witnessRefused] = [0, 0, 0];
  const cases = casesOf({ share });
  for (let count = 0; count < cases; count += 1) {
    const { origin, signingSeed } = room;
    const deed = await tampering.commit({ log, random, origin, signingSeed });
    const finding = await findingOf(room, kept);
    // Whoever has no witness to trust still has what was kept from before.
    const alone = deed.forged === undefined ? finding : await findingOf(room, kept, false);
    if (finding !== null) found += 1;
    if (alone?.bad?.from === deed.index) byIndex += 1;
    for (const one of new Set([finding, alone]))
      by[one?.kind ?? 'nothing'] = (by[one?.kind ?? 'nothing'] ?? 0) + 1;
    if (await isRefused(room, log, deed)) witnessRefused += 1;
    await log.restore();
  }
  const result = {
    tampering: tampering.name,
    cases,
    found,
    byIndex,
    findings: by,
    ...(witnessRefused > 0 ? { witnessRefused } : {}),
  };
  screen.write(`${JSON.stringify(result)}\n`);
  return result;
}

/** Whether the witness refuses to cosign what was forged. */
async function isRefused(room: LogRoom, log: KeptLog, { forged }: Deed): Promise<boolean> {
  if (forged === undefined) return false;
  const statuses = [
    await askWitness(room.witness.url, { oldSize: log.size, ...forged }),
    await askWitness(room.witness.url, { oldSize: 0, ...forged }),
  ];
  return statuses.every((status) => status === 409 || status === 422);
}
