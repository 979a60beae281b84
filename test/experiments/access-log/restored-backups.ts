import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { VerificationFailure, verifyLog } from '@dinhdanh/access-log/verify';
import { doorCallers } from './door-callers.ts';
import { Load } from './load.ts';
import type { LogRoom } from './log-room.ts';
import { Random } from './random.ts';

/** What came of a cluster's files that were put back from an old copy. */
export interface BackupResult {
  readonly found: boolean;
  /** What the verifier says, with the checkpoint seen before. */
  readonly finding: string | null;
  /** The first entry it misses is the first that the copy has not. */
  readonly byIndex: boolean;
  /** Entries the restored log took before it saw what its witness knows. */
  readonly appended: number;
  readonly refusals: readonly string[];
}

const CASES = 3;
const GROWTH = 600;
/** How long the restored log is offered entries. */
const OFFERED_MS = 4_000;

/**
 * Copies the whole cluster, lets the log grow, puts the copy back and starts everything again, as after a disaster or by
 * somebody who wants some entries gone. The witness has stayed what it was.
 */
export async function restoredBackups(
  room: LogRoom,
  seed: string,
  fill: (room: LogRoom, seed: string, entries: number) => Promise<void>,
): Promise<BackupResult[]> {
  const random = new Random(`${seed}/backups`);
  const results: BackupResult[] = [];
  const newest = join(room.cluster.folder, '../newest');
  const old = join(room.cluster.folder, '../old');
  for (let count = 0; count < CASES; count += 1) {
    await stopBoth(room);
    const backup = await room.cluster.copyTo(old);
    await startBoth(room);
    const size = await room.size();
    await fill(room, seed, random.between(50, GROWTH));
    const lastSeen = (await room.source().read('checkpoint', 1_000_000)) ?? Buffer.alloc(0);
    await stopBoth(room);
    const whole = await room.cluster.copyTo(newest);
    await room.cluster.replaceWith(backup);
    await startBoth(room);
    results.push(await offered(room, seed, { lastSeen, size, name: `restored-${count}` }));
    await stopBoth(room);
    await room.cluster.replaceWith(whole);
    await startBoth(room);
    await room.publishedWhole(15_000);
  }
  return results;
}

async function offered(
  room: LogRoom,
  seed: string,
  { lastSeen, size, name }: { lastSeen: Uint8Array; size: number; name: string },
): Promise<BackupResult> {
  const load = new Load(
    doorCallers({
      callers: 4,
      seed,
      name,
      callerKey: room.callerKey,
      origin: room.writer.origin,
      mostEntries: 4,
    }),
  ).start();
  await sleep(OFFERED_MS);
  await load.stop();
  const policy = { ...room.policy(), witnessKeys: [], quorum: 0 };
  const request = {
    policy,
    log: room.source(),
    lastSeen,
    baseline: null,
    proof: null,
    served: null,
    claims: [],
    range: null,
  };
  const finding = await verifyLog(request, () => undefined).then(
    () => null,
    (failure: unknown) => {
      if (failure instanceof VerificationFailure) return failure.finding;
      throw failure;
    },
  );
  return {
    found: finding !== null && load.releases.length === 0,
    finding: finding?.kind ?? null,
    byIndex: finding?.bad?.from === size,
    appended: load.releases.length,
    refusals: [...new Set(load.refusals.map(({ code }) => code))],
  };
}

async function stopBoth(room: LogRoom): Promise<void> {
  await room.writer.kill();
  await room.cluster.stop('fast');
}

async function startBoth(room: LogRoom): Promise<void> {
  await room.cluster.start();
  await room.writer.start();
}
