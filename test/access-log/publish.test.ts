import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLog } from '@dinhdanh/access-log/testing';
import { PublishStore } from '@dinhdanh/access-log/testing';
import { VerificationFailure } from '@dinhdanh/access-log/verify';
import { ORIGIN, type PublishedLog, startPublishedLog } from './publish-under-test.ts';

let log: PublishedLog;
beforeAll(async () => {
  log = await startPublishedLog();
});
afterAll(() => log.stop());

const auditor = { caller: { act: { kind: 'auditor', id: 'staff-1' } } as never };
const gateway = { caller: { act: { kind: 'system', id: 'gateway' } } as never };
const person = { caller: { act: { kind: 'person', id: 'someone' } } as never };

async function head(): Promise<Record<string, unknown>> {
  const [row] = await log.sql('SELECT size, signed_size, published_size, published_note FROM shards');
  return row ?? expect.unreachable('a shard');
}

describe('publishing', () => {
  it('puts up the empty tree, cosigned, before anything is appended', async () => {
    await log.append(0);
    await expect.poll(async () => (await log.sql('SELECT 1 FROM shards')).length).toBe(1);
    await log.publisher().round();
    expect(await log.verify()).toMatchObject({ recomputed: 0, opened: { checkpoint: { size: 0 } } });
  });

  it('puts up what was appended so that an auditor verifies all of it, at every size around a tile’s edge', async () => {
    const publisher = log.publisher();
    let size = 0;
    let lastSeen: Uint8Array | null = null;
    for (const growth of [1, 1, 253, 1, 1, 254, 2, 600]) {
      await log.append(growth);
      size += growth;
      await publisher.round();
      const report = await log.verify({ lastSeen });
      expect(report).toMatchObject({ recomputed: size, opened: { checkpoint: { origin: ORIGIN, size } } });
      lastSeen = report.checkpoint;
    }
  });

  it('keeps one tile a place, and serves every partial one of the past out of it', async () => {
    const rows = await log.sql('SELECT level, index, count(*)::int AS n FROM tiles GROUP BY 1, 2');
    expect(rows.every((row) => row['n'] === 1)).toBe(true);
    const full = await log.source.read('tile/0/000', 9_000);
    for (const width of [1, 2, 255]) {
      expect(await log.source.read(`tile/0/000.p/${width}`, 9_000)).toEqual(full?.subarray(0, width * 32));
    }
  });

  it('with nothing new asks nobody and writes nothing, until it is time to see whether the witness is there', async () => {
    const publisher = log.publisher();
    await publisher.round();
    const before = await head();
    await publisher.round();
    expect(await head()).toEqual(before);
  });

  it('catches up with a long absence in one round', async () => {
    await log.append(17_000);
    await log.publisher().round();
    const { size } = await head();
    expect((await log.verify()).recomputed).toBe(Number(size));
  });

  it('is not disturbed by a second one that publishes the same log', async () => {
    const publishers = [log.publisher(), log.publisher()];
    for (let turn = 0; turn < 8; turn += 1) {
      await log.append(37);
      await Promise.all(publishers.map((publisher) => publisher.round()));
    }
    for (const publisher of publishers) await publisher.round();
    const { size, published_size: published } = await head();
    expect(published).toBe(size);
    expect((await log.verify()).recomputed).toBe(Number(size));
    expect(publishers.map(({ watch }) => watch.standing())).toEqual(['COSIGNED', 'COSIGNED']);
    expect(await log.sql('SELECT 1 FROM alerts')).toEqual([]);
  });
});

describe('the reading door', () => {
  const read = (path: unknown, who = auditor) => readLog({ path }, who, new PublishStore(log.pool));

  it('says how long each resource may be kept', async () => {
    const of = async (path: string) => {
      const { status, contentType, cacheControl } = await read(path);
      return [status, contentType, cacheControl];
    };
    const bytes = 'application/octet-stream';
    expect(await of('checkpoint')).toEqual([200, 'text/plain; charset=utf-8', 'public, max-age=2']);
    expect(await of('2026h2/checkpoint')).toEqual([200, 'text/plain; charset=utf-8', 'public, max-age=2']);
    expect(await of('tile/0/000')).toEqual([200, bytes, 'public, max-age=2']);
    expect(await of('2026h2/tile/0/000')).toEqual([200, bytes, 'public, max-age=31536000, immutable']);
    expect(await of('2026h2/tile/0/001.p/7')).toEqual([200, bytes, 'public, max-age=3600']);
    expect(await of('2026h2/tile/entries/000')).toEqual([200, bytes, 'private, no-store']);
    expect(await of('2026h2/tile/0/999')).toEqual([404, 'text/plain; charset=utf-8', 'no-store']);
  });

  it.each([
    'tile',
    'tile/',
    'tile/0/0',
    'tile/0/x000/000',
    'tile/64/000',
    'tile/0/000.p/256',
    'tile/0/000.p/0',
    'tile/5/000',
    '2026h1/checkpoint',
    '2026h3/checkpoint',
    '/checkpoint',
    'checkpoint/',
    '2026h2/2026h2/checkpoint',
    'tile/entries/../0/000',
  ])('has nothing at %s', async (path) => {
    expect((await read(path)).status).toBe(404);
  });

  it('shows nothing of what is not published yet', async () => {
    const { published_size: published } = await head();
    await log.append(300);
    const next = Math.floor(Number(published) / 256);
    const width = Number(published) % 256;
    const name = String(next).padStart(3, '0');
    for (const kind of ['0', 'entries']) {
      expect((await read(`tile/${kind}/${name}.p/${width}`)).status).toBe(200);
      expect((await read(`tile/${kind}/${name}.p/${width + 1}`)).status).toBe(404);
      expect((await read(`tile/${kind}/${name}`)).status).toBe(404);
    }
    await log.publisher().round();
    expect((await read(`tile/entries/${name}`)).status).toBe(200);
  });

  it('gives entries to nobody but auditors, and hashes to everybody', async () => {
    for (const who of [person, gateway])
      await expect(read('tile/entries/000', who)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    expect((await read('tile/0/000', person)).status).toBe(200);
  });

  it.each([[undefined], [7], ['x'.repeat(301)]])('refuses %s as a path', async (path) => {
    await expect(read(path)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('a database that was tampered with', () => {
  // Each goes on from the tree as it stands; what was changed is put back.
  async function tampered(change: string, back: string): Promise<void> {
    await log.append(3);
    const before = await head();
    await log.sql(change);
    const publisher = log.publisher();
    await publisher.round();
    const { signed_size: signed } = await head();
    expect(signed).toBe(before['signed_size']);
    expect(publisher.watch.standing()).toBe('AWAY');
    const kinds = await log.sql('SELECT kind FROM alerts');
    expect(kinds).toEqual([{ kind: 'LOG_INCONSISTENT' }]);
    await log.sql(back);
    await log.sql('DELETE FROM alerts');
    await publisher.round();
    expect(publisher.watch.standing()).toBe('COSIGNED');
    expect((await log.verify()).recomputed).toBe(Number((await head())['size']));
  }

  it('is not signed when an entry of the growth was changed', () =>
    tampered(
      `UPDATE entries SET leaf_hash = sha256('x'::bytea) WHERE index = (SELECT size - 2 FROM shards)`,
      `UPDATE entries SET leaf_hash = sha256('\\x00'::bytea || bytes) WHERE index = (SELECT size - 2 FROM shards)`,
    ));

  it('is not signed when one is gone', () =>
    tampered(
      `UPDATE entries SET index = -index WHERE index = (SELECT size - 2 FROM shards)`,
      `UPDATE entries SET index = -index WHERE index < 0`,
    ));

  it('is not signed when the tiles at the edge were changed', () =>
    tampered(
      `UPDATE tiles SET bytes = set_byte(bytes, 0, 255 - get_byte(bytes, 0)) WHERE width < 256`,
      `UPDATE tiles SET bytes = set_byte(bytes, 0, 255 - get_byte(bytes, 0)) WHERE width < 256`,
    ));

  it('is not signed when the signed checkpoint was changed', () =>
    tampered(
      `UPDATE shards SET signed_note = overlay(signed_note placing 'A' from length(signed_note) - 20 for 1)`,
      `UPDATE shards SET signed_note = published_note`,
    ));

  it('is found by the auditor where it was published before', async () => {
    await log.sql(`UPDATE entries SET bytes = bytes || '\\x20'::bytea WHERE index = 300`);
    const failure = await log.verify().then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(VerificationFailure);
    expect((failure as VerificationFailure).finding.bad).toEqual({ from: 300, to: 301 });
  });
});
