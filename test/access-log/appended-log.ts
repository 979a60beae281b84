import { setTimeout as sleep } from 'node:timers/promises';
import type { AppendEntry, AppendReceipt } from '@dinhdanh/access-log';
import { Publisher, PublishStore } from '@dinhdanh/access-log/testing';
import type { AccessLogEntry } from '@dinhdanh/access-log/tlog';
import type { HandClock, ServiceClient } from '@dinhdanh/kit/testing';
import { RecordingLog } from '@dinhdanh/kit/testing';
import pg from 'pg';

/** An entry with the place it was given. */
export interface LoggedEntry {
  readonly origin: string;
  /** Half-years in the order of time. */
  readonly shard: number;
  readonly index: number;
  readonly entry: AccessLogEntry;
}

/** What an appended log is told. */
export interface AppendedLogParts {
  readonly client: ServiceClient;
  readonly clock: HandClock;
  readonly databaseUrl: string;
  readonly signingKey: Buffer;
  /** The number behind a pseudonym. */
  readonly numberOf: (pseudonym: string) => string;
}

/** Groups are as large as the door takes. */
const GROUP = 100;

/** The log of a service under test, written to as the gateway writes: through the service's own door. */
export class AppendedLog {
  readonly #parts: AppendedLogParts;
  readonly #pool: pg.Pool;
  readonly all: LoggedEntry[] = [];
  #batches = 0;

  constructor(parts: AppendedLogParts) {
    this.#parts = parts;
    this.#pool = new pg.Pool({ connectionString: parts.databaseUrl, max: 2 });
    // The server may stop while a connection is still taking its leave.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  readonly close = (): Promise<void> => this.#pool.end();

  /** Moves the clock to an instant, and with it to the tree of that half-year. */
  turnTo(instant: string): void {
    const { clock } = this.#parts;
    clock.advance((Date.parse(instant) - clock.read().getTime()) / 1000);
  }

  /** Appends to the tree of the half-year. What completes an entry comes in a call after it, as it does in life. */
  async append(entries: readonly AccessLogEntry[]): Promise<LoggedEntry[]> {
    const groups: AccessLogEntry[][] = [];
    for (const entry of entries) {
      const last = groups.at(-1);
      if (last === undefined || last.length === GROUP || entry.completes !== null) groups.push([entry]);
      else last.push(entry);
    }
    const logged: LoggedEntry[] = [];
    for (const group of groups) logged.push(...(await this.#appendGroup(group)));
    this.all.push(...logged);
    return logged;
  }

  async #appendGroup(group: readonly AccessLogEntry[]): Promise<LoggedEntry[]> {
    this.#batches += 1;
    const body = await this.#post({
      batch: `batch-${String(this.#batches).padStart(4, '0')}`,
      entries: group.map((entry) => this.#asGiven(entry)),
    });
    const { origin, receipts } = body as { origin: string; receipts?: AppendReceipt[] };
    return group.map((entry, place) => {
      const receipt = receipts?.[place];
      if (receipt === undefined || 'refused' in receipt) throw new TypeError(JSON.stringify(body));
      const [, year, half] = /\/(\d{4})h([12])$/.exec(origin) ?? [];
      return { origin, shard: Number(year) * 2 + Number(half), index: receipt.index, entry };
    });
  }

  /** A busy machine may let a commit come late: the same batch is sent again, and is not written twice. */
  async #post(content: unknown, tries = 20): Promise<unknown> {
    const gateway = { act: { kind: 'system', id: 'gateway' } } as const;
    const { status, body } = await this.#parts.client.post('/append', content, gateway);
    if (status !== 503 || tries === 0) return body;
    await sleep(250);
    return this.#post(content, tries - 1);
  }

  #asGiven(entry: AccessLogEntry): AppendEntry {
    const { kind, id, session } = entry.actor;
    const isPrivate = ['person', 'representative'].includes(kind);
    const { time, event, purpose, legalBasis, consentId, caseId, claims, sources, refusal } = entry;
    const { operationHash, policyVersion, requestId, level, completes, delayedDisclosure } = entry;
    return {
      ...{ time, event, purpose, legalBasis, consentId, caseId, claims, sources, refusal, operationHash },
      ...{ policyVersion, requestId, level, completes, delayedDisclosure },
      actor: isPrivate ? { kind, number: this.#parts.numberOf(id), session } : { kind, id, session },
      subjects: [],
      pseudonyms: entry.subjects,
    };
  }

  /** Names an organisation or office. */
  async name(id: string, kind: string, name: string): Promise<void> {
    await this.#pool.query('INSERT INTO actors (id, kind, name) VALUES ($1, $2, $3)', [id, kind, name]);
  }

  /** Signs and serves the trees as they stand, without witnesses. */
  async publish(): Promise<void> {
    const publisher = new Publisher({
      store: new PublishStore(this.#pool),
      signingKey: this.#parts.signingKey,
      witnesses: [],
      settings: {
        ...{ intervalMs: 1000, refreshSeconds: 60, timeoutMs: 2000, alarmAfterSeconds: 10 },
        ...{ witnessMinutes: 60, quorum: null, refusalStops: true },
      },
      clock: this.#parts.clock.read,
      log: new RecordingLog(),
    });
    await publisher.round();
  }
}
