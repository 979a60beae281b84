/** Publishing: what has been appended is signed, cosigned and put up to be read, at least once a second. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, describeFailure, type Log } from '@dinhdanh/kit';
import type { WitnessAddress } from '../settings.ts';
import { parseVerifierKey } from '../tlog/index.ts';
import { type Cosigner, type CosignOutcome, cosignShard } from './cosign-shard.ts';
import type { PublishSettings } from './publish-settings.ts';
import { absencesOf } from './publish-store.ts';
import type { PublishAlert, PublishStore, ShardState, WitnessRecord } from './publish-store.ts';
import { signGrowth } from './sign-growth.ts';
import { witnessClient } from './witness-client.ts';
import { type WitnessPolicy, WitnessWatch } from './witness-watch.ts';

/** What a publisher works with. */
export interface PublisherParts {
  readonly store: PublishStore;
  /** Seed of the log's key. */
  readonly signingKey: Buffer;
  readonly witnesses: readonly WitnessAddress[];
  readonly settings: PublishSettings;
  readonly clock: Clock;
  readonly log: Log;
}

const PATIENCE_MS = 3_000;

/** The loop. One process publishes as a rule; two do no harm. */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #quorum: number;
  readonly cosigners: readonly Cosigner[];
  readonly watch: WitnessWatch;
  /** Trees with which something was wrong the last time. */
  readonly #troubled = new Set<number>();
  /** Witnesses that cosign and whose absences are settled. */
  readonly #present = new Set<string>();
  /** Alerts that are in the database. */
  readonly #raised = new Set<string>();
  #isResumed = false;
  #mayAppend = true;
  #isFailing = false;
  readonly #ending = new AbortController();
  readonly #firstRound = Promise.withResolvers<void>();
  #running: Promise<void> | null = null;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.cosigners = parts.witnesses.flatMap((witness) => cosignerOf(witness, parts));
    const { quorum, witnessMinutes: minutes, refusalStops } = parts.settings;
    const names = this.cosigners.map(({ vkey }) => vkey);
    this.#quorum = quorum ?? names.length;
    this.watch = new WitnessWatch({ names, quorum: this.#quorum, minutes, refusalStops, clock: parts.clock });
  }

  /** What the writer asks before it appends. */
  get policy(): WitnessPolicy {
    return this.watch;
  }

  /** Begins to publish, at once and then in intervals. */
  start(): void {
    if (this.cosigners.length === 0) this.#parts.log.warn('ACCESS_LOG_WITNESS_NONE');
    this.#running ??= this.#run();
  }

  /** Finishes the round under way. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  /** Waits for the first round of questions, but not for long: who comes with the start is not refused for it. */
  async begun(): Promise<void> {
    if (this.watch.standing() !== 'STARTING') return;
    await Promise.race([this.#firstRound.promise, sleep(PATIENCE_MS, undefined, { ref: false })]);
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await this.round().then(
        () => (this.#isFailing = false),
        (failure: unknown) => this.#roundFailed(failure),
      );
      await sleep(this.#parts.settings.intervalMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  #roundFailed(failure: unknown): void {
    this.watch.roundFailed();
    if (!this.#isFailing) this.#parts.log.error('ACCESS_LOG_PUBLISH_FAILED', describeFailure(failure));
    this.#isFailing = true;
  }

  /** Publishes what is new. @throws what the database throws; whatever was done stands, and the next round goes on */
  async round(): Promise<void> {
    const { store, signingKey } = this.#parts;
    const records = await store.witnesses();
    if (!this.#isResumed) await this.#resume(records);
    const shards = await store.shards();
    const outcomes: CosignOutcome[][] = [];
    let isConsistent = true;
    for (const [place, shard] of shards.entries()) {
      const growth = await signGrowth(store, shard, signingKey);
      if (growth.kind === 'inconsistent') {
        isConsistent = false;
        await this.#raiseInconsistency(shard, growth.why);
      } else if (growth.kind === 'signed' && this.#mustAsk(growth.shard, place === 0, records)) {
        const said = await this.#cosign(growth.shard, records);
        if (said.some(({ kind }) => kind === 'tiles-altered')) {
          isConsistent = false;
          await this.#raiseInconsistency(shard, 'TILES_ALTERED');
        }
        outcomes.push(said);
      }
    }
    await this.#settle(outcomes, shards[0]?.origin ?? '');
    this.watch.roundOver(isConsistent);
    this.#firstRound.resolve();
    this.#tellStanding();
  }

  /** The outage and the refusal that a process before this one has told of, and nobody has ended since. */
  async #resume(records: readonly WitnessRecord[]): Promise<void> {
    const { store } = this.#parts;
    const lastOf = this.cosigners
      .map(({ vkey }) =>
        Math.max(...records.filter(({ key }) => key === vkey).map((one) => one.cosignedAt.getTime())),
      )
      .toSorted((one, other) => other - one);
    const instant = (time: number | undefined): Date | null =>
      time === undefined || !Number.isFinite(time) ? null : new Date(time);
    const since =
      this.#quorum === 0
        ? null
        : await store.firstAlertSince('WITNESS_AWAY', instant(lastOf[this.#quorum - 1]));
    const refused = await store.firstAlertSince('WITNESS_REFUSED', instant(lastOf.at(-1)));
    this.watch.resume(since, this.cosigners.length > 0 && refused !== null);
    this.#isResumed = true;
  }

  /** News, a witness that lags, one that was away, or so long since the last time that its absence would not show. */
  #mustAsk(shard: ShardState, isNewest: boolean, records: readonly WitnessRecord[]): boolean {
    const { settings, clock } = this.#parts;
    const lags = this.cosigners.some(
      ({ vkey }) =>
        records.find(({ shard: id, key }) => id === shard.id && key === vkey)?.size !== shard.signedSize,
    );
    if (lags || this.#troubled.has(shard.id) || shard.publishedNote === null) return true;
    if (shard.publishedSize !== shard.signedSize) return true;
    if (!isNewest || this.cosigners.length === 0) return false;
    const age = clock().getTime() - (shard.publishedAt?.getTime() ?? 0);
    return (
      this.watch.standing() !== 'COSIGNED' || this.watch.isAnyAway || age >= settings.refreshSeconds * 1000
    );
  }

  async #cosign(shard: ShardState, records: readonly WitnessRecord[]): Promise<CosignOutcome[]> {
    const { store, clock } = this.#parts;
    const { cosigners } = this;
    const said = await cosignShard({ store, shard, cosigners, records, quorum: this.#quorum, now: clock() });
    if (said.every(({ kind }) => kind === 'cosigned')) this.#troubled.delete(shard.id);
    else this.#troubled.add(shard.id);
    for (const [place, outcome] of said.entries()) {
      if (outcome.kind === 'refused') await this.#raiseRefusal(shard, this.cosigners[place]);
    }
    return said;
  }

  /** What the witnesses said of all trees, the worst of each. */
  async #settle(outcomes: readonly CosignOutcome[][], origin: string): Promise<void> {
    for (const [place, cosigner] of this.cosigners.entries()) {
      const said = outcomes.flatMap((ofShard) => ofShard[place] ?? []);
      const away = said.find((one) => one.kind === 'away');
      if (said.some(({ kind }) => kind === 'refused')) this.#hasRefused(cosigner);
      else if (away !== undefined) await this.#isAway(cosigner, away.reason, origin);
      else if (said.some(({ kind }) => kind === 'cosigned')) await this.#isThere(cosigner);
    }
  }

  #hasRefused({ vkey, key }: Cosigner): void {
    this.#present.delete(vkey);
    if (this.watch.refused(vkey)) this.#parts.log.error('ACCESS_LOG_WITNESS_REFUSED', { actor: key.name });
  }

  async #isAway({ vkey, key }: Cosigner, reason: string, origin: string): Promise<void> {
    this.#present.delete(vkey);
    const { since, isNews } = this.watch.away(vkey);
    if (isNews) this.#parts.log.warn('ACCESS_LOG_WITNESS_AWAY', { actor: key.name, reason });
    await this.#raiseAbsence(origin, key.name, since);
  }

  async #isThere({ vkey, key }: Cosigner): Promise<void> {
    const { store, clock, log } = this.#parts;
    if (this.watch.cosigned(vkey)) log.warn('ACCESS_LOG_WITNESS_BACK', { actor: key.name });
    if (this.#present.has(vkey)) return;
    await store.settleAbsences(key.name, clock());
    this.#present.add(vkey);
  }

  async #raiseAbsence(origin: string, name: string, since: Date): Promise<void> {
    const { clock, settings } = this.#parts;
    if (clock().getTime() - since.getTime() < settings.alarmAfterSeconds * 1000) return;
    const matter = absencesOf(name) + since.toISOString();
    // Told as of when it began: from there the next process goes on to count.
    await this.#raise({ at: since, kind: 'WITNESS_AWAY', origin, index: null, matter });
  }

  async #raiseRefusal({ origin, signedSize }: ShardState, cosigner: Cosigner | undefined): Promise<void> {
    const matter = `WITNESS_REFUSED ${cosigner?.key.name} ${origin} ${signedSize}`;
    await this.#raise({ at: this.#parts.clock(), kind: 'WITNESS_REFUSED', origin, index: null, matter });
  }

  async #raiseInconsistency({ origin, signedSize }: ShardState, why: string): Promise<void> {
    const matter = `LOG_INCONSISTENT ${origin} ${signedSize} ${why}`;
    if (!this.#raised.has(matter)) this.#parts.log.error('ACCESS_LOG_INCONSISTENT', { code: why });
    await this.#raise({
      at: this.#parts.clock(),
      kind: 'LOG_INCONSISTENT',
      origin,
      index: signedSize,
      matter,
    });
  }

  /** Once a matter and process; the database sees to it that it is once for all. */
  async #raise(alert: PublishAlert): Promise<void> {
    if (this.#raised.has(alert.matter)) return;
    await this.#parts.store.alert(alert);
    this.#raised.add(alert.matter);
  }

  #tellStanding(): void {
    const mayAppend = this.watch.mayAppend();
    if (mayAppend === this.#mayAppend) return;
    this.#mayAppend = mayAppend;
    const reason = this.watch.standing();
    if (mayAppend) this.#parts.log.warn('ACCESS_LOG_APPENDS_RESUMED', { reason });
    else this.#parts.log.error('ACCESS_LOG_APPENDS_STOPPED', { reason });
  }
}

function cosignerOf({ url, key: vkey }: WitnessAddress, { settings, clock }: PublisherParts): Cosigner[] {
  const key = parseVerifierKey(vkey);
  if (!key.ok) return [];
  const nowSeconds = (): number => Math.floor(clock().getTime() / 1000);
  const ask = witnessClient({ url, key: key.value, timeoutMs: settings.timeoutMs, nowSeconds });
  return [{ vkey, key: key.value, ask }];
}
