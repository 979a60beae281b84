import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type PublishedLog, startPublishedLog } from './publish-under-test.ts';

let log: PublishedLog;
let lastSeen: Uint8Array | null = null;
beforeAll(async () => {
  log = await startPublishedLog();
  await log.append(5);
  await log.publisher().round();
});
afterAll(() => log.stop());

class Killed extends Error {}

/** When a publisher dies: at which of its statements, and whether that still took effect. */
interface Death {
  readonly at: number;
  readonly after: boolean;
}

/** The database as a process sees it that dies at one statement: nothing it does later happens. */
class DyingPool {
  readonly #pool: pg.Pool;
  readonly #death: Death;
  statements = 0;

  constructor(pool: pg.Pool, death: Death) {
    this.#pool = pool;
    this.#death = death;
  }

  async #run<T>(statement: () => Promise<T>): Promise<T> {
    this.statements += 1;
    const { at, after } = this.#death;
    if (this.statements > at || (this.statements === at && !after)) throw new Killed();
    const result = await statement();
    if (this.statements === at) throw new Killed();
    return result;
  }

  readonly query = (text: string, values?: unknown[]) => this.#run(() => this.#pool.query(text, values));

  readonly connect = async () => {
    const client = await this.#pool.connect();
    return {
      query: (text: string, values?: unknown[]) => this.#run(() => client.query(text, values)),
      // The server rolls back what the dead have left open.
      release: (broken?: Error | boolean) => client.release(broken),
    };
  };

  /** It has every method that a publisher calls. */
  get asPool(): pg.Pool {
    return this as unknown as pg.Pool;
  }
}

/** A round of a publisher that dies. Tells whether it lived to see the end. */
async function dyingRound(death: Death): Promise<boolean> {
  const pool = new DyingPool(log.pool, death);
  return log
    .publisher({ pool: pool.asPool })
    .round()
    .then(
      () => true,
      (failure: unknown) => {
        expect(failure).toBeInstanceOf(Killed);
        return false;
      },
    );
}

/** What everybody can see holds: verified as a whole, grown from what was last seen, nothing told as amiss. */
async function expectSound(): Promise<void> {
  const report = await log.verify({ lastSeen, range: null });
  lastSeen = report.checkpoint;
  expect(await log.sql('SELECT kind, matter FROM alerts')).toEqual([]);
}

async function expectWhole(): Promise<void> {
  const publisher = log.publisher();
  await publisher.round();
  expect(publisher.watch.standing()).toBe('COSIGNED');
  lastSeen = (await log.verify({ lastSeen })).checkpoint;
  expect(await log.sql('SELECT kind, matter FROM alerts')).toEqual([]);
  const rows = await log.sql('SELECT size = published_size AND size = signed_size AS whole FROM shards');
  expect(rows).toEqual([{ whole: true }]);
}

describe('a publisher that dies', () => {
  it('at any statement, before or after it took effect, leaves a sound log that the next one completes', async () => {
    let lived = false;
    let deaths = 0;
    for (let at = 1; !lived; at += 1) {
      for (const after of [false, true]) {
        await log.append(3 + ((at * 37) % 90));
        lived = await dyingRound({ at, after });
        deaths += lived ? 0 : 1;
        await expectSound();
        await expectWhole();
      }
    }
    // The statements of a round with growth, each in two ways: that this test did not end too early.
    expect(deaths).toBeGreaterThanOrEqual(26);
  });

  it('again and again, between appends as they come, never signs two histories', async () => {
    const step = fc.record({
      append: fc.integer({ min: 0, max: 300 }),
      at: fc.integer({ min: 1, max: 18 }),
      after: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const { append, ...death } of steps) {
          await log.append(append);
          await dyingRound(death);
          await expectSound();
        }
        await expectWhole();
      }),
      { numRuns: 8 },
    );
  });

  it('beside another that lives, does no harm', async () => {
    for (let at = 1; at <= 15; at += 2) {
      await log.append(40);
      const other = log.publisher();
      await Promise.all([dyingRound({ at, after: at % 4 === 1 }), other.round()]);
      await expectSound();
    }
    await expectWhole();
  });
});

describe('an answer of the witness that is lost', () => {
  it('was a cosignature for good: the next round finds out and goes on', async () => {
    let isLosing = true;
    const proxy = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        void fetch(`${log.witness.url}${request.url}`, { method: 'POST', body: Buffer.concat(parts) }).then(
          async (answer) => {
            if (isLosing) return request.socket.destroy();
            response.writeHead(answer.status, Object.fromEntries(answer.headers));
            return response.end(await answer.text());
          },
        );
      });
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    onTestFinished(() => void proxy.close());
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const publisher = log.publisher({ witnesses: [{ url, key: log.witness.key }] });
    for (const growth of [10, 0, 300]) {
      await log.append(growth);
      await publisher.round();
      await expectSound();
    }
    expect(publisher.watch.standing()).toBe('AWAY');
    isLosing = false;
    await publisher.round();
    expect(publisher.watch.standing()).toBe('COSIGNED');
    await expectWhole();
  });
});
