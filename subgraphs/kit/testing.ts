import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { bodyHash, CALLER_TOKEN_SECONDS, signCallerToken } from './caller-token.ts';
import type { CallerToken } from './caller-token.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { LogEvent, LogFields } from './log-events.ts';

export { collectGarbage, heldBytes } from './collect-garbage.ts';

/** What a test says of the caller; the rest of the token is filled in. */
export type TestCaller = Partial<CallerToken>;

/** An answer of a service as it came over the wire. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Tests reach into whatever they asked for.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** Speaks to one service as the gateway does: every request with a fresh caller token bound to its body. */
export class ServiceClient {
  readonly origin: string;
  readonly #audience: string;
  readonly #key: Buffer;
  readonly #clock: Clock;

  constructor(service: { origin: string; name: string }, key: Buffer, clock: Clock) {
    this.origin = service.origin;
    this.#audience = service.name;
    this.#key = key;
    this.#clock = clock;
  }

  /** Asks in GraphQL. */
  ask(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
    caller: TestCaller = {},
  ): Promise<ServiceAnswer> {
    return this.post('/graphql', { query, variables }, caller);
  }

  /** Posts JSON to a path, such as a door's. */
  async post(path: string, content: unknown, caller: TestCaller = {}): Promise<ServiceAnswer> {
    const body = JSON.stringify(content);
    const token = signCallerToken(this.#fill(caller, body), this.#key);
    const response = await fetch(`${this.origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  #fill(caller: TestCaller, body: string): CallerToken {
    const iat = Math.floor(this.#clock().getTime() / 1000);
    return {
      iss: 'gateway',
      aud: this.#audience,
      iat,
      exp: iat + CALLER_TOKEN_SECONDS,
      jti: `${randomUUID()}.0`,
      act: { kind: 'system', id: 'gateway' },
      level: 0,
      subjects: [],
      ids: {},
      claims: [],
      purpose: 'test',
      legalBasis: 'test',
      bh: bodyHash(body),
      ...caller,
    };
  }
}

/** A log that keeps its lines. */
export class RecordingLog implements Log {
  readonly lines: { readonly event: LogEvent; readonly fields: LogFields }[] = [];

  readonly info = (event: LogEvent, fields: LogFields = {}): void => void this.lines.push({ event, fields });
  readonly warn = this.info;
  readonly error = this.info;

  /** How often an event was logged. */
  count(event: LogEvent): number {
    return this.lines.filter((line) => line.event === event).length;
  }
}

/** A clock that a test moves. */
export class HandClock {
  #now: Date;

  constructor(now: string) {
    this.#now = new Date(now);
  }

  readonly read: Clock = () => this.#now;

  advance(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1000);
  }
}

/** Runs one statement on a database, on a connection of its own. */
export async function runSql<Row extends pg.QueryResultRow>(
  databaseUrl: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
