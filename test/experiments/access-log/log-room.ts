import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatVerifierKey, parseVerifierKey, verifierKey, verifierOf } from '@dinhdanh/access-log/tlog';
import type { CheckpointPolicy } from '@dinhdanh/access-log/tlog';
import type { LogSource } from '@dinhdanh/access-log/verify';
import { keyFromSeed, valueOf } from '@dinhdanh/access-log/testing';
import { runSql } from '@dinhdanh/kit/testing';
import { CheckpointWatch } from './checkpoint-watch.ts';
import type { Cluster } from './cluster.ts';
import { doorSource } from './door-source.ts';
import type { Sabotage } from './sabotage.ts';
import { WitnessProcess } from './witness.ts';
import { Writer } from './writer.ts';
import type { WriterParts } from './writer.ts';

const NAME = 'log.experiment.example';
const DATABASE = 'access-log';

/** What a log of an experiment differs in from the next. */
export interface LogRoomOptions {
  readonly folder: string;
  readonly cluster: Cluster;
  readonly sabotage?: Sabotage;
  /** Settings of the service, besides keys and witnesses. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The caller key that a gateway of a system already has. */
  readonly callerKey?: Buffer;
}

/** A whole access log of an experiment's own: database server, writer, witness, each a process of its own. */
export class LogRoom {
  readonly cluster: Cluster;
  readonly databaseUrl: string;
  readonly writer: Writer;
  readonly witness: WitnessProcess;
  readonly callerKey: Buffer;
  /** The log's private key, for those who steal it. */
  readonly signingSeed: Buffer;
  readonly watch: CheckpointWatch;
  readonly #parts: WriterParts;

  private constructor(made: {
    cluster: Cluster;
    writer: Writer;
    witness: WitnessProcess;
    callerKey: Buffer;
    signingSeed: Buffer;
    parts: WriterParts;
  }) {
    this.cluster = made.cluster;
    this.databaseUrl = made.cluster.url(DATABASE);
    this.writer = made.writer;
    this.witness = made.witness;
    this.callerKey = made.callerKey;
    this.signingSeed = made.signingSeed;
    this.#parts = made.parts;
    this.watch = new CheckpointWatch(this.source(), this.policy());
  }

  /** Opens it on a cluster that is stopped, with an empty database. */
  static async open(options: LogRoomOptions): Promise<LogRoom> {
    const { cluster, folder, settings = {}, sabotage = null, callerKey = randomBytes(32) } = options;
    const signingSeed = randomBytes(32);
    const witnessFolder = join(folder, 'witness');
    await mkdir(witnessFolder, { recursive: true });
    const logKey = formatVerifierKey(verifierOf(keyFromSeed(NAME, signingSeed)));
    const witness = await WitnessProcess.start(witnessFolder, logKey);
    await cluster.start();
    const databaseUrl = await cluster.create(DATABASE);
    const parts: WriterParts = {
      databaseUrl,
      callerKey: callerKey.toString('base64url'),
      pseudonymKey: randomBytes(32).toString('base64url'),
      detailKey: randomBytes(32).toString('base64url'),
      signingKey: signingSeed.toString('base64url'),
      name: NAME,
      witnesses: [{ url: witness.url, key: witness.key }],
      settings,
      sabotage,
    };
    const writer = await Writer.on(parts);
    await writer.start();
    return new LogRoom({ cluster, writer, witness, callerKey, signingSeed, parts });
  }

  /** The tree that is appended to now. */
  get origin(): string {
    const now = new Date();
    return `${NAME}/${now.getUTCFullYear()}h${now.getUTCMonth() < 6 ? 1 : 2}`;
  }

  /** One more writer on the same log; not started. */
  anotherWriter(): Promise<Writer> {
    return Writer.on(this.#parts);
  }

  /** The log as it is served. */
  source(): LogSource {
    return doorSource(this.writer.origin, this.callerKey);
  }

  /** What an auditor trusts: the log's key and the witness's. */
  policy(): CheckpointPolicy {
    const witnessKey = valueOf(parseVerifierKey(this.witness.key));
    const { publicKey } = verifierOf(keyFromSeed(NAME, this.signingSeed));
    return {
      origin: this.origin,
      logKey: valueOf(verifierKey(this.origin, publicKey, 'note')),
      witnessKeys: [witnessKey],
      quorum: 1,
      nowSeconds: null,
    };
  }

  /** How many entries the tree has. */
  async size(): Promise<number> {
    return Number((await this.#head())?.size ?? 0);
  }

  /** Waits until all there is, is published. @throws Error when it is not by then */
  async publishedWhole(patienceMs: number): Promise<void> {
    const end = performance.now() + patienceMs;
    for (;;) {
      const head = await this.#head();
      if (head !== undefined && head.size === head.published_size) return;
      if (performance.now() > end) throw new Error('the log does not publish what it holds');
      await sleep(50);
    }
  }

  async #head(): Promise<{ size: string; published_size: string } | undefined> {
    const [head] = await runSql<{ size: string; published_size: string }>(
      this.databaseUrl,
      'SELECT size, published_size FROM shards WHERE origin = $1',
      [this.origin],
    );
    return head;
  }

  async close(): Promise<void> {
    await this.watch.stop();
    await this.writer.kill();
    await this.witness.stop();
    await this.cluster.end();
  }
}
