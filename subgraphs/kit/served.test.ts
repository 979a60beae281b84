import { describe, expect, it } from 'vitest';
import type { CallerToken } from './caller-token.ts';
import { SERVED_CLAIM, ServedRecorder, servedRecord } from './served.ts';
import type { ServedRecord } from './served.ts';

const record = (callId: string): ServedRecord => ({
  callId,
  actorKind: 'person',
  subjects: 1,
  claims: 1,
});

/** A database whose writes end when the test says so. */
class HeldDatabase {
  readonly groups: string[][] = [];
  #release = Promise.withResolvers<void>();

  readonly write = async (records: readonly ServedRecord[]): Promise<void> => {
    this.groups.push(records.map(({ callId }) => callId));
    await this.#release.promise;
  };

  end(failure?: unknown): void {
    const release = this.#release;
    this.#release = Promise.withResolvers();
    if (failure === undefined) release.resolve();
    else release.reject(failure);
  }
}

const turn = () => new Promise((done) => setImmediate(done));

describe('the record of what was served', () => {
  it('is written at once where nothing is being written, and in groups where something is', async () => {
    const database = new HeldDatabase();
    const recorder = new ServedRecorder(database.write);
    const calls = ['a', 'b', 'c'].map((callId) => recorder.record(record(callId)));
    expect(database.groups).toEqual([['a']]);
    database.end();
    await calls[0];
    await turn();
    expect(database.groups).toEqual([['a'], ['b', 'c']]);
    database.end();
    await Promise.all(calls);
  });

  it('stands before its call may be answered', async () => {
    const database = new HeldDatabase();
    const recorder = new ServedRecorder(database.write);
    let answered = false;
    const call = recorder.record(record('a')).then(() => (answered = true));
    await turn();
    expect(answered).toBe(false);
    database.end();
    await call;
    expect(answered).toBe(true);
  });

  it('that cannot be written refuses the calls of its group, and no others', async () => {
    const database = new HeldDatabase();
    const recorder = new ServedRecorder(database.write);
    const first = recorder.record(record('a'));
    const others = [recorder.record(record('b')), recorder.record(record('c'))];
    database.end();
    await first;
    await turn();
    const refused = Promise.allSettled(others);
    database.end(new TypeError('disk full'));
    expect((await refused).map((one) => (one.status === 'rejected' ? one.reason.code : one.status))).toEqual([
      'SOURCE_UNAVAILABLE',
      'SOURCE_UNAVAILABLE',
    ]);
    const later = recorder.record(record('d'));
    await turn();
    database.end();
    await expect(later).resolves.toBeUndefined();
  });
});

describe('what is kept of a call', () => {
  const caller = {
    jti: 'r.0.0',
    act: { kind: 'person', id: 'x' },
    subjects: [{ id: 'x', as: 'self', claims: [] }],
    claims: [],
  } as unknown as CallerToken;

  it('counts the claims of the operation, whatever the token says of claims', () => {
    expect(servedRecord(caller, new Set(['driving', 'identity.basic']))).toEqual({
      callId: 'r.0.0',
      actorKind: 'person',
      subjects: 1,
      claims: 2,
    });
  });

  it('is nothing where served records alone were read, and something where anything else was too', () => {
    expect(servedRecord(caller, new Set([SERVED_CLAIM]))).toBeNull();
    expect(servedRecord(caller, new Set([SERVED_CLAIM, 'driving']))).toMatchObject({ claims: 2 });
    expect(servedRecord(caller, new Set())).toMatchObject({ claims: 0 });
  });
});
