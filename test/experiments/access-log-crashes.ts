import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Cluster } from './access-log/cluster.ts';
import { runControls } from './access-log/controls.ts';
import type { ControlResult } from './access-log/controls.ts';
import { crashRound } from './access-log/crash-round.ts';
import type { CrashStage, RoundResult } from './access-log/crash-round.ts';
import { doorCallers } from './access-log/door-callers.ts';
import * as faults from './access-log/faults.ts';
import type { Fault } from './access-log/faults.ts';
import { gatewayCallers } from './access-log/gateway-callers.ts';
import { findStrace } from './access-log/inject-io-error.ts';
import { LogRoom } from './access-log/log-room.ts';
import { Random } from './access-log/random.ts';
import { SmallDisk } from './access-log/small-disk.ts';
import { logCallerKey, openSystemRoom } from './access-log/system-room.ts';
import { rounded } from './experiment.ts';
import type { Experiment, ExperimentOptions } from './experiment.ts';
import { removeData } from './people-data.ts';

const GOAL = { crashes: 20, releases: 100_000, recoveryMs: 10_000 } as const;
/** How long the log may go on without its witness here: three seconds. */
const SETTINGS = { publishing: { intervalMs: 200, timeoutMs: 1_000, witnessMinutes: 0.05 } };
const CALLERS = 48;
const MOST_ENTRIES = 32;
const RELEASES_A_ROUND = 4_500;
const SESSIONS = 24;
const GATEWAY_RELEASES_A_ROUND = 400;
const DISK_MEGABYTES = 160;

/** What is done at the door `POST /append`, how often. */
const AT_THE_DOOR: readonly (readonly [Fault, rounds: number])[] = [
  [faults.writerKilled, 6],
  [faults.serverStopped, 6],
  [faults.serverKilled, 5],
  [faults.ioError, 3],
  [faults.twoWriters, 3],
  [faults.databaseAway, 2],
  [faults.witnessAway, 2],
];
/** What is done to a whole system, whose releases are answers of a gateway. */
const WITH_A_GATEWAY: readonly (readonly [Fault, rounds: number])[] = [
  [faults.writerKilled, 2],
  [faults.serverStopped, 2],
  [faults.serverKilled, 1],
  [faults.databaseAway, 1],
  [faults.witnessAway, 1],
];
const ON_A_SMALL_DISK: readonly (readonly [Fault, rounds: number])[] = [[faults.diskFull, 2]];

interface Round extends RoundResult {
  readonly fault: Fault;
  readonly by: 'door' | 'gateway';
}

/** Lets everything happen to the access log that can be made to happen on one machine. */
export const experiment: Experiment = {
  about:
    'nothing is released without a durable entry and no checkpoint contradicts another, whatever is killed, full, broken or away; the log takes entries again within 10 s',
  run: async (options) => {
    findStrace();
    const folder = join(options.folder, 'access-log-crashes');
    await removeFolders(folder);
    const controls = await runControls(join(folder, 'controls'), options.seed);
    options.screen.write(`${JSON.stringify(controls)}\n`);
    const rounds: Round[] = [];
    await onSmallDisk(options, folder, rounds);
    await atTheDoor(options, folder, rounds);
    await withGateway(options, folder, rounds);
    await removeFolders(folder);
    return finding(rounds, controls);
  },
};

function finding(rounds: readonly Round[], controls: readonly ControlResult[]) {
  const violations = rounds.flatMap((round) => round.violations);
  const releases = sum(rounds, (round) => round.releases);
  const crashes = rounds.filter(({ fault }) => fault.isCrash).length;
  const recoveryMs = Math.max(...rounds.map((round) => round.recoveryMs));
  const holds =
    violations.length === 0 &&
    controls.every(({ caught }) => caught) &&
    releases >= GOAL.releases &&
    crashes >= GOAL.crashes &&
    recoveryMs <= GOAL.recoveryMs;
  return {
    holds,
    figures: {
      goal: GOAL,
      crashes,
      releases,
      violations: violations.length,
      recoveryMs,
      faults: summaries(rounds),
      controls,
      examples: [...new Set(violations)].slice(0, 20),
    },
  };
}

function summaries(rounds: readonly Round[]) {
  const groups = Map.groupBy(rounds, ({ fault, by }) => `${fault.name}, by the ${by}`);
  return [...groups].map(([fault, group]) => {
    const latencies = group.flatMap(({ latenciesMs }) => latenciesMs).toSorted((one, other) => one - other);
    const at = (share: number): number =>
      rounded(latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN);
    return {
      fault,
      rounds: group.length,
      releases: sum(group, (round) => round.releases),
      violations: sum(group, (round) => round.violations.length),
      p50: at(0.5),
      p99: at(0.99),
      recoveryMs: Math.max(...group.map((round) => round.recoveryMs)),
      recoveriesMs: group.map((round) => round.recoveryMs),
      refused: sum(group, (round) => round.refused),
      broken: sum(group, (round) => round.broken),
      writtenTwice: sum(group, (round) => round.writtenTwice),
      checkpoints: sum(group, (round) => round.checkpoints),
    };
  });
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

async function atTheDoor(options: ExperimentOptions, folder: string, rounds: Round[]): Promise<void> {
  const own = join(folder, 'door');
  const room = await LogRoom.open({ folder: own, cluster: await Cluster.make(own), settings: SETTINGS });
  await runRounds(options, AT_THE_DOOR, doorStage(room, options.seed, null), rounds);
}

async function onSmallDisk(options: ExperimentOptions, folder: string, rounds: Round[]): Promise<void> {
  const own = join(folder, 'small');
  const made = await Cluster.make(own);
  const disk = await SmallDisk.mount(diskFolder(made.folder), DISK_MEGABYTES);
  try {
    const cluster = await made.copyTo(join(disk.folder, 'postgres'));
    const room = await LogRoom.open({ folder: own, cluster, settings: SETTINGS });
    await runRounds(options, ON_A_SMALL_DISK, doorStage(room, options.seed, disk), rounds);
  } finally {
    await disk.unmount();
  }
}

function doorStage(room: LogRoom, seed: string, disk: SmallDisk | null): Stage {
  const callers = (name: string) =>
    doorCallers({
      callers: CALLERS,
      seed,
      name,
      callerKey: room.callerKey,
      origin: room.writer.origin,
      mostEntries: MOST_ENTRIES,
    });
  return {
    room,
    disk,
    callers,
    released: [],
    writtenTwice: 0,
    checkpoints: 0,
    by: 'door',
    atLeast: RELEASES_A_ROUND,
  };
}

async function withGateway(options: ExperimentOptions, folder: string, rounds: Round[]): Promise<void> {
  const own = join(folder, 'gateway');
  const systemFolder = join(own, 'system');
  const cluster = await Cluster.make(own);
  const callerKey = await logCallerKey(systemFolder);
  const room = await LogRoom.open({ folder: own, cluster, callerKey, settings: SETTINGS });
  const system = await openSystemRoom(systemFolder, room.writer.origin, SESSIONS);
  try {
    const callers = () => gatewayCallers(system.url, system.sessions);
    await runRounds(
      options,
      WITH_A_GATEWAY,
      {
        room,
        disk: null,
        callers,
        released: [],
        writtenTwice: 0,
        checkpoints: 0,
        by: 'gateway',
        atLeast: GATEWAY_RELEASES_A_ROUND,
      },
      rounds,
    );
  } finally {
    await system.stop();
  }
}

interface Stage extends CrashStage {
  readonly by: Round['by'];
  /** How many releases a round makes at least. */
  readonly atLeast: number;
}

/** Runs every round there is to be, in an order of chance, then closes the room. */
async function runRounds(
  { seed, screen, share }: ExperimentOptions,
  table: readonly (readonly [Fault, number])[],
  stage: Stage,
  rounds: Round[],
): Promise<void> {
  stage.room.watch.start();
  try {
    const shared = table.map(([fault, rounds]) => [fault, Math.max(1, Math.round(rounds * share))] as const);
    for (const [position, fault] of shuffled(shared, new Random(`${seed}/${stage.by}`)).entries()) {
      const name = `${stage.by}${stage.disk === null ? '' : '-disk'}-${position}`;
      const result = await crashRound(stage, fault, {
        seed,
        name,
        atLeast: Math.round(stage.atLeast * share),
      });
      rounds.push({ ...result, fault, by: stage.by });
      screen.write(
        `${name} ${fault.name}: ${result.releases} released, ${result.violations.length} violations, back after ${result.recoveryMs} ms\n`,
      );
      for (const violation of result.violations.slice(0, 3)) screen.write(`  ${violation}\n`);
    }
  } finally {
    await stage.room.close();
  }
}

function shuffled(table: readonly (readonly [Fault, number])[], random: Random): Fault[] {
  const all = table.flatMap(([fault, rounds]) => Array.from({ length: rounds }, () => fault));
  return all
    .map((fault) => ({ fault, place: random.next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ fault }) => fault);
}

/** Beside the cluster, where the account of its server can go. */
function diskFolder(cluster: string): string {
  return join(cluster, '../small-disk');
}

async function removeFolders(folder: string): Promise<void> {
  // The servers an experiment that was broken off has left are stopped with it, the innermost first.
  await SmallDisk.unmountLeft(diskFolder(join(folder, 'small', 'postgres')));
  const own = ['gateway/system', 'gateway', 'small', 'door', 'controls/not-durable', 'controls/no-fence'];
  for (const name of own) await removeData(join(folder, name));
  await rm(folder, { recursive: true, force: true });
}
