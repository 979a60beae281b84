import { setTimeout as sleep } from 'node:timers/promises';
import { rounded } from '../experiment.ts';
import { checkLog } from './check-log.ts';
import type { Fault } from './faults.ts';
import type { Caller, Release, Refusal } from './load.ts';
import { Load } from './load.ts';
import type { LogRoom } from './log-room.ts';
import { Random } from './random.ts';
import type { SmallDisk } from './small-disk.ts';

/** One log under load, with all that was ever released from it. */
export interface CrashStage {
  readonly room: LogRoom;
  readonly disk: SmallDisk | null;
  /** Callers for a round, whose requests carry the round's name. */
  readonly callers: (name: string) => readonly Caller[];
  /** Everything acknowledged since the log was opened. Grows with each round. */
  readonly released: Release[];
  /** Entries that stood in it twice after the last round. */
  writtenTwice: number;
  /** Checkpoints seen until then. */
  checkpoints: number;
}

/** What one round found. */
export interface RoundResult {
  readonly releases: number;
  /** Entries of calls that were sent again and written again: there may be none, whoever died in between. */
  readonly writtenTwice: number;
  /** Different checkpoints that were published, each proved consistent with the one before it. */
  readonly checkpoints: number;
  readonly refused: number;
  readonly broken: number;
  readonly violations: readonly string[];
  readonly latenciesMs: readonly number[];
  readonly recoveryMs: number;
}

/** Recovery that has not come by then will not come. */
const PATIENCE_MS = 60_000;
/** After the log is back, the load goes on a little: what is broken may only show then. */
const AFTER_MS = 400;

/**
 * Puts a log under load, lets something happen to it at a moment of chance, measures how long until entries are taken
 * again, and holds all that was ever acknowledged against what is there.
 */
export async function crashRound(
  stage: CrashStage,
  fault: Fault,
  { seed, name, atLeast }: { seed: string; name: string; atLeast: number },
): Promise<RoundResult> {
  const { room, disk, callers, released } = stage;
  const random = new Random(`${seed}/${name}`);
  const deathsBefore = room.writer.deaths;
  const load = new Load(callers(name)).start();
  await load.reach(Math.min(200, atLeast));
  await sleep(random.between(200, 1_500));
  const aftermath = await fault.strike({ room, load, random, name, disk });
  const recoveryMs = await recoveryOf(load, aftermath.mendedAtMs);
  await sleep(AFTER_MS);
  if (recoveryMs !== null) await load.reach(atLeast);
  await load.stop();
  const loads = aftermath.others === undefined ? [load] : [load, aftermath.others];
  const releases = loads.flatMap((one) => one.releases);
  released.push(...releases);
  const refusals = loads.flatMap((one) => one.refusals);
  await room.watch.look();
  const found = await checkLog(room.databaseUrl, released);
  const writtenTwice = found.writtenTwice - stage.writtenTwice;
  stage.writtenTwice = found.writtenTwice;
  const checkpoints = room.watch.count - stage.checkpoints;
  stage.checkpoints = room.watch.count;
  const violations = [
    ...(aftermath.violations ?? []),
    ...(room.writer.deaths > deathsBefore ? ['the writer ended by itself'] : []),
    ...(recoveryMs === null ? [`no entry was taken for ${PATIENCE_MS / 1000} s after it was over`] : []),
    ...loads.flatMap((one) => one.wrong),
    ...wrongRefusals(refusals),
    ...found.violations,
    ...(writtenTwice > 0 ? [`${writtenTwice} entries were written twice`] : []),
    ...(await room.watch.prove()),
  ];
  return {
    releases: releases.length,
    writtenTwice,
    checkpoints,
    refused: refusals.length,
    broken: loads.reduce((sum, one) => sum + one.broken, 0),
    violations,
    latenciesMs: load.latenciesMs,
    recoveryMs: rounded(recoveryMs ?? PATIENCE_MS, 0),
  };
}

async function recoveryOf(load: Load, sinceMs: number): Promise<number | null> {
  const late = sleep(PATIENCE_MS, null, { ref: false });
  const atMs = await Promise.race([load.firstReleaseAfter(sinceMs), late]);
  return atMs === null ? null : atMs - sinceMs;
}

/** Whatever happens to the log, a caller hears one thing of it, and when to come again. */
function wrongRefusals(refusals: readonly Refusal[]): string[] {
  const wrong = refusals.filter(
    ({ status, code, retry }) =>
      status !== 503 || !code.startsWith('ACCESS_LOG_UNAVAILABLE') || !(Number(retry) > 0),
  );
  const texts = new Set(
    wrong.map(({ status, code, retry }) => `refused with ${status} ${code}, retry after ${String(retry)}`),
  );
  return [...texts];
}
