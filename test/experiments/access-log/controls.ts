import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkLog } from './check-log.ts';
import { Cluster } from './cluster.ts';
import { doorCallers } from './door-callers.ts';
import { Load } from './load.ts';
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

const LOAD_MS = 2_500;
const CALLERS = 32;
const EXAMPLES = 3;

/** Both negative controls. The experiment that does not catch them proves nothing. */
export async function runControls(folder: string, seed: string): Promise<ControlResult[]> {
  return [
    await control(folder, seed, {
      name: 'durability off, then pg_ctl -m immediate',
      sabotage: 'not-durable',
      // Nothing else may bring to the disk what commits have left in memory.
      settings: ['wal_writer_delay=10s', 'synchronous_commit=off'],
      strike: async (room) => {
        await room.cluster.stop('immediate');
        await room.writer.kill();
        await room.cluster.start();
        return [];
      },
    }),
    await control(folder, seed, {
      name: 'no fence, then two writers at once',
      sabotage: 'no-fence',
      settings: [],
      strike: async (room) => {
        const second = await room.anotherWriter();
        await second.start();
        const load = new Load(callersOf(room, second.origin, `${seed}/second`, 'second')).start();
        await sleep(LOAD_MS);
        await load.stop();
        await second.kill();
        return [load];
      },
    }),
  ];
}

interface Control {
  readonly name: string;
  readonly sabotage: Sabotage;
  readonly settings: readonly string[];
  readonly strike: (room: LogRoom) => Promise<readonly Load[]>;
}

async function control(
  folder: string,
  seed: string,
  { name, sabotage, settings, strike }: Control,
): Promise<ControlResult> {
  const own = join(folder, sabotage);
  const cluster = await Cluster.make(own, settings);
  const room = await LogRoom.open({ folder: own, cluster, sabotage });
  try {
    const load = new Load(callersOf(room, room.writer.origin, seed, 'first')).start();
    await load.reach(1_000);
    const others = await strike(room);
    await load.stop();
    const releases = [load, ...others].flatMap((one) => one.releases);
    const { violations } = await checkLog(room.databaseUrl, releases);
    return {
      control: name,
      sabotaged: room.writer.sabotaged,
      releases: releases.length,
      violations: violations.length,
      examples: violations.slice(0, EXAMPLES),
      caught: violations.length > 0 && room.writer.sabotaged > 0,
    };
  } finally {
    await room.close();
  }
}

function callersOf(room: LogRoom, origin: string, seed: string, name: string) {
  return doorCallers({ callers: CALLERS, seed, name, callerKey: room.callerKey, origin, mostEntries: 8 });
}
