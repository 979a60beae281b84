import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkLog } from './check-log.ts';
import { Cluster } from './cluster.ts';
import { doorCallers } from './door-callers.ts';
import { Load } from './load.ts';
import type { Release } from './load.ts';
import { LogRoom } from './log-room.ts';
import type { Sabotage } from './sabotage.ts';

/** A log that was broken on purpose, and what the checks say of it. */
export interface ControlResult {
  readonly control: string;
  /** Statements sent otherwise than the service wrote them: none would mean that nothing was broken. */
  readonly sabotaged: number;
  readonly releases: number;
  readonly violations: number;
  readonly examples: readonly string[];
  readonly caught: boolean;
}

/** Releases before anything happens. */
const LEAST = 500;
const SIDE_BY_SIDE_MS = 2_500;
const CALLERS = 32;
const EXAMPLES = 3;
/** A log that takes nothing is no control. */
const PATIENCE_MS = 120_000;

/** Both negative controls. The experiment that does not catch them proves nothing. */
export async function runControls(folder: string, seed: string): Promise<ControlResult[]> {
  return [await durabilityOff(folder, seed), await fenceOff(folder, seed)];
}

/** How often the server is stopped at most: what a crash takes back is the last of a moment, and that is chance. */
const STOPS = 5;

/** Commits are answered before they are on disk; then the server ends at once. */
async function durabilityOff(folder: string, seed: string): Promise<ControlResult> {
  // Nothing else may bring to the disk what commits have left in memory: not the server's own writers, not checkpoints
  // of the log.
  const settings = ['wal_writer_delay=10s', 'wal_writer_flush_after=0', 'synchronous_commit=off'];
  const room = await openBroken(folder, 'not-durable', settings);
  const released: Release[] = [];
  let violations: readonly string[] = [];
  try {
    for (let stop = 0; stop < STOPS && violations.length === 0; stop += 1) {
      const load = loadOn(room, room.writer.origin, { seed, name: `stop-${stop}`, details: 0 });
      await Promise.race([load.reach(LEAST), sleep(PATIENCE_MS, null, { ref: false })]);
      await room.cluster.stop('immediate');
      await room.writer.kill();
      await load.stop();
      released.push(...load.releases);
      await room.cluster.start();
      violations = (await checkLog(room.databaseUrl, released)).violations;
      if (violations.length === 0) await room.writer.start();
    }
    return resultOf('durability off, then pg_ctl -m immediate', room, released, violations);
  } finally {
    await room.close();
  }
}

/** Two writers go on side by side, whoever has the post. */
async function fenceOff(folder: string, seed: string): Promise<ControlResult> {
  const room = await openBroken(folder, 'no-fence', []);
  try {
    const first = loadOn(room, room.writer.origin, { seed, name: 'first' });
    await Promise.race([first.reach(LEAST), sleep(PATIENCE_MS, null, { ref: false })]);
    const writer = await room.anotherWriter();
    await writer.start();
    const second = loadOn(room, writer.origin, { seed, name: 'second' });
    await sleep(SIDE_BY_SIDE_MS);
    await Promise.all([first.stop(), second.stop()]);
    await writer.kill();
    const released = [...first.releases, ...second.releases];
    const { violations } = await checkLog(room.databaseUrl, released);
    return resultOf('no fence, then two writers at once', room, released, violations);
  } finally {
    await room.close();
  }
}

async function openBroken(folder: string, sabotage: Sabotage, settings: readonly string[]): Promise<LogRoom> {
  const own = join(folder, sabotage);
  const cluster = await Cluster.make(own, settings);
  return LogRoom.open({ folder: own, cluster, sabotage, settings: { publishing: { intervalMs: 60_000 } } });
}

function loadOn(room: LogRoom, origin: string, own: { seed: string; name: string; details?: number }): Load {
  const { callerKey } = room;
  return new Load(doorCallers({ callers: CALLERS, callerKey, origin, mostEntries: 8, ...own })).start();
}

function resultOf(
  control: string,
  room: LogRoom,
  released: readonly Release[],
  violations: readonly string[],
): ControlResult {
  const { sabotaged } = room.writer;
  return {
    control,
    sabotaged,
    releases: released.length,
    violations: violations.length,
    examples: violations.slice(0, EXAMPLES),
    caught: violations.length > 0 && sabotaged > 0,
  };
}
