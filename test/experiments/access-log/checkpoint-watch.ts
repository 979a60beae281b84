import {
  type Checkpoint,
  consistencyFault,
  consistencyNodes,
  consistencyProof,
  openCheckpoint,
  sameHash,
} from '@dinhdanh/access-log/tlog';
import type { CheckpointPolicy } from '@dinhdanh/access-log/tlog';
import { AuthenticTiles, VerificationFailure } from '@dinhdanh/access-log/verify';
import type { LogSource } from '@dinhdanh/access-log/verify';
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 50;

/**
 * Takes down every checkpoint a log publishes, in the order they are seen, as a monitor does, and holds each against
 * the next.
 */
export class CheckpointWatch {
  readonly #source: LogSource;
  readonly #policy: CheckpointPolicy;
  readonly #seen: Checkpoint[] = [];
  readonly #violations: string[] = [];
  #proved = 0;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(source: LogSource, policy: CheckpointPolicy) {
    this.#source = source;
    this.#policy = policy;
  }

  /** How many different checkpoints were seen. */
  get count(): number {
    return this.#seen.length;
  }

  start(): this {
    this.#running = this.#watch();
    return this;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  /** Looks once more, now that the log answers again. */
  async look(): Promise<void> {
    const bytes = await this.#source.read('checkpoint', 1_000_000).catch(() => null);
    if (bytes === null) return;
    const opened = openCheckpoint(bytes, this.#policy);
    if (!opened.ok) {
      this.#violations.push(`a checkpoint was published that is none: ${opened.fault}`);
      return;
    }
    const { checkpoint } = opened.value;
    const last = this.#seen.at(-1);
    if (last !== undefined && last.size === checkpoint.size && sameHash(last.root, checkpoint.root)) return;
    this.#seen.push(checkpoint);
  }

  /** Proves each checkpoint seen since the last time consistent with the one before it, from the log's own tiles. */
  async prove(): Promise<string[]> {
    // The watch goes on meanwhile: what it sees from here on is for the next time.
    const seen = [...this.#seen];
    const newest = seen.at(-1);
    if (newest === undefined) return this.#violations.splice(0);
    const tiles = await AuthenticTiles.open(this.#source, newest).catch((failure: unknown) => {
      this.#violations.push(`tiles of ${newest.size}: ${textOf(failure)}`);
      return null;
    });
    for (; this.#proved < seen.length - 1 && tiles !== null; this.#proved += 1) {
      const [older, newer] = [seen[this.#proved], seen[this.#proved + 1]];
      if (older === undefined || newer === undefined) break;
      const fault = await faultBetween(tiles, older, newer).catch(textOf);
      if (fault !== null) this.#violations.push(`checkpoints ${older.size} and ${newer.size}: ${fault}`);
    }
    return this.#violations.splice(0);
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      await this.look();
      await sleep(PAUSE_MS);
    }
  }
}

async function faultBetween(
  tiles: AuthenticTiles,
  older: Checkpoint,
  newer: Checkpoint,
): Promise<string | null> {
  if (older.size > newer.size) return 'the log has shrunk';
  const hashes = new Map<string, Uint8Array>();
  for (const node of consistencyNodes(older.size, newer.size)) {
    hashes.set(`${node.level}/${node.index}`, await tiles.node(node));
  }
  const proof = consistencyProof(older.size, newer.size, (level, index) => hashes.get(`${level}/${index}`));
  if (!proof.ok) return proof.fault;
  return consistencyFault(older.size, newer.size, proof.value, older.root, newer.root);
}

function textOf(failure: unknown): string {
  if (failure instanceof VerificationFailure) return failure.finding.kind;
  return failure instanceof Error ? failure.message : 'unreadable';
}
