import { setTimeout as sleep } from 'node:timers/promises';
import { doorCallers } from './door-callers.ts';
import { injectIoError } from './inject-io-error.ts';
import { Load } from './load.ts';
import type { LogRoom } from './log-room.ts';
import type { Random } from './random.ts';
import type { SmallDisk } from './small-disk.ts';

/** A log under load, and what a fault may use besides. */
export interface Struck {
  readonly room: LogRoom;
  readonly load: Load;
  readonly random: Random;
  /** A word of this round's own. */
  readonly name: string;
  /** The disk the cluster stands on, where that is one that can be filled. */
  readonly disk: SmallDisk | null;
}

/** What a fault left. */
export interface Aftermath {
  /** The instant from which nothing stood in the log's way any more: of the kill, or of the end of an absence. */
  readonly mendedAtMs: number;
  /** Releases by others than the round's own load. */
  readonly others?: Load;
  readonly violations?: readonly string[];
}

/** Something that happens to a log under load. */
export interface Fault {
  readonly name: string;
  /** Whether a process dies without having been asked. */
  readonly isCrash: boolean;
  readonly strike: (struck: Struck) => Promise<Aftermath>;
}

const AWAY_MS = 10_000;
const PATIENCE_MS = 30_000;

/** The writer's process is killed, and started again by whoever supervises it. */
export const writerKilled: Fault = {
  name: 'writer killed (SIGKILL)',
  isCrash: true,
  strike: async ({ room }) => {
    const mendedAtMs = performance.now();
    await room.writer.kill();
    await room.writer.start();
    return { mendedAtMs };
  },
};

/** The database server ends at once, as in a crash, and is started again. */
export const serverStopped: Fault = {
  name: 'database server stopped (pg_ctl -m immediate)',
  isCrash: true,
  strike: async ({ room }) => {
    const mendedAtMs = performance.now();
    await room.cluster.stop('immediate');
    await room.cluster.start();
    return { mendedAtMs };
  },
};

/** Its first process alone is killed; those it made still hold on when the start is tried. */
export const serverKilled: Fault = {
  name: 'database server killed (SIGKILL of the postmaster)',
  isCrash: true,
  strike: async ({ room }) => {
    const mendedAtMs = performance.now();
    room.cluster.killServer();
    await room.cluster.start();
    return { mendedAtMs };
  },
};

/** The disk fails under the write-ahead log: the server panics and starts itself again. */
export const ioError: Fault = {
  name: 'I/O error of the write-ahead log (fdatasync: EIO)',
  isCrash: true,
  strike: async ({ room, random }) => {
    const fault = injectIoError(room.cluster.children(), random.between(2, 40));
    try {
      const late = sleep(PATIENCE_MS, null, { ref: false });
      const struckAtMs = await Promise.race([fault.struck, late]);
      if (struckAtMs === null) throw new Error('no fdatasync was made to fail: nothing was proved');
      return { mendedAtMs: struckAtMs };
    } finally {
      await fault.stop();
    }
  },
};

/** A second writer starts while the first works, both are called, and one of them is killed. */
export const twoWriters: Fault = {
  name: 'two writers at once',
  isCrash: true,
  strike: async ({ room, random, name }) => {
    const second = await room.anotherWriter();
    await second.start();
    const others = new Load(
      doorCallers({
        callers: 16,
        seed: name,
        name: `${name}.second`,
        callerKey: room.callerKey,
        origin: second.origin,
        mostEntries: 16,
      }),
    ).start();
    await sleep(random.between(1500, 3000));
    const mendedAtMs = performance.now();
    await second.kill();
    if (random.next() < 0.5) {
      await room.writer.kill();
      await room.writer.start();
    }
    await others.stop();
    return { mendedAtMs, others };
  },
};

/** The database is stopped in good order and stays away for ten seconds; meanwhile nothing may be released. */
export const databaseAway: Fault = {
  name: 'database away for 10 s',
  isCrash: false,
  strike: async ({ room, load }) => {
    await room.cluster.stop('fast');
    await sleep(200);
    const before = load.releases.length;
    const refusalsBefore = load.refusals.length;
    await sleep(AWAY_MS);
    const violations = [];
    if (load.releases.length > before) violations.push('something was released while the database was away');
    if (load.refusals.length === refusalsBefore)
      violations.push('nothing was refused while the database was away');
    const mendedAtMs = performance.now();
    await room.cluster.start();
    return { mendedAtMs, violations };
  },
};

/** The witness falls silent for longer than the log may go on without it. */
export const witnessAway: Fault = {
  name: 'witness away for longer than the limit',
  isCrash: false,
  strike: async ({ room, load }) => {
    const refusalsBefore = load.refusals.length;
    room.witness.freeze();
    try {
      const end = performance.now() + PATIENCE_MS;
      while (load.refusals.length < refusalsBefore + 50 && performance.now() < end) await sleep(50);
      // What was under way at the limit is finished; from then on nothing may be taken.
      await sleep(1_000);
      const before = load.releases.length;
      await sleep(2_000);
      const violations = [];
      if (load.refusals.length < refusalsBefore + 50) violations.push('the log went on without its witness');
      if (load.releases.length > before) violations.push('something was released while the witness was away');
      return { mendedAtMs: performance.now(), violations };
    } finally {
      room.witness.thaw();
    }
  },
};

/** The disk runs full under load; later it is made larger. */
export const diskFull: Fault = {
  name: 'disk full, later enlarged',
  isCrash: false,
  strike: async ({ room, load, random, disk }) => {
    if (disk === null) throw new TypeError('this cluster stands on no disk that can be filled');
    const refusalsBefore = load.refusals.length;
    await disk.fillUpTo(random.between(2, 6));
    const end = performance.now() + PATIENCE_MS;
    while (load.refusals.length < refusalsBefore + 50 && performance.now() < end) await sleep(50);
    await sleep(1_000);
    const violations = [];
    if (load.refusals.length < refusalsBefore + 50)
      violations.push('the disk was full and nothing was refused');
    await disk.enlarge();
    const mendedAtMs = performance.now();
    if (!room.cluster.isUp()) await room.cluster.start();
    return { mendedAtMs, violations };
  },
};
