import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type CheckpointPolicy,
  encodeEntryBundle,
  formatTlogProof,
  inclusionProof,
  leafHash,
  parseEntryBundle,
  tilePath,
  verifierOf,
} from '../tlog/index.ts';
import {
  keyFromSeed,
  SAMPLE_TIME_SECONDS,
  type SampleLog,
  sampleEntries,
  sampleLog,
  valueOf,
} from '../testing.ts';
import { type Finding, SourceUnreadable, UsageError, VerificationFailure } from './findings.ts';
import type { LogSource } from './log-source.ts';
import { verifyLog, type VerifyReport, type VerifyRequest } from './verify-log.ts';

/** Three levels of tiles would take 65,536 entries; two are what the walk between them needs. */
const size = 1100;
const entries = sampleEntries(size + 300);
const honest = sampleLog(entries.slice(0, size));
const grown = sampleLog(entries);
const policy: CheckpointPolicy = {
  origin: honest.logKey.name,
  logKey: verifierOf(honest.logKey),
  witnessKeys: honest.witnessKeys.map(verifierOf),
  quorum: 2,
  nowSeconds: SAMPLE_TIME_SECONDS,
};

function source(files: ReadonlyMap<string, Uint8Array>): LogSource {
  return { read: (path) => Promise.resolve(files.get(path) ?? null) };
}

/** A log whose files were changed after they were signed. */
function changed(log: SampleLog, changes: Readonly<Record<string, Uint8Array | null>>): LogSource {
  const files = new Map(log.files);
  for (const [path, bytes] of Object.entries(changes)) {
    if (bytes === null) files.delete(path);
    else files.set(path, bytes);
  }
  return source(files);
}

function verify(log: LogSource | null, given: Partial<VerifyRequest> = {}): Promise<VerifyReport> {
  const request = {
    policy,
    log,
    lastSeen: null,
    baseline: null,
    proof: null,
    claims: [],
    range: null,
    served: null,
    ...given,
  };
  return verifyLog(request, () => undefined);
}

async function found(log: LogSource | null, given: Partial<VerifyRequest> = {}): Promise<Finding | null> {
  try {
    await verify(log, given);
    return null;
  } catch (error) {
    if (error instanceof VerificationFailure) return error.finding;
    throw error;
  }
}

const all = { range: { begin: 0, end: null } };
const bundlePath = (index: number, width = 256): string => tilePath({ level: 'entries', index, width });

/** The bundle at an index with its entries changed. */
function bundle(index: number, width: number, change: (entries: Uint8Array[]) => Uint8Array[]): Buffer {
  const bytes = honest.files.get(bundlePath(index, width)) ?? Buffer.alloc(0);
  return valueOf(encodeEntryBundle(change([...parseEntryBundle(bytes).entries])));
}

describe('an honest log', () => {
  test('verifies whole, with its witnesses, growth, receipts and every entry', async () => {
    const claims = [0, 255, 256, 1023, 1024, size - 1].map((index) => ({
      index,
      leaf: leafHash(entries[index] ?? Buffer.alloc(0)),
      origin: policy.origin,
      where: 'receipts.json',
    }));
    const report = await verify(source(grown.files), { lastSeen: honest.checkpoint, claims, ...all });
    expect([report.grewFrom, report.included, report.recomputed]).toEqual([size, 6, size + 300]);
    expect(report.opened.cosignatures).toHaveLength(2);
    expect(report.checkpoint).toEqual(grown.checkpoint);
  });

  test('verifies at every size around the edges of tiles', async () => {
    for (const at of [0, 1, 2, 255, 256, 257, 511, 512, 513, 1024]) {
      const log = sampleLog(entries.slice(0, at));
      expect((await verify(source(log.files), all)).recomputed).toBe(at);
      expect((await verify(source(grown.files), { lastSeen: log.checkpoint })).grewFrom).toBe(at);
    }
  });

  test('verifies where partial tiles were removed once full ones stood in for them', async () => {
    const files = new Map([...grown.files, ['checkpoint', honest.checkpoint]] as [string, Uint8Array][]);
    // Of the older tree only the edge above level 0 is kept.
    const top = honest.files.get('tile/1/000.p/4');
    if (top !== undefined) files.set('tile/1/000.p/4', top);
    expect((await verify(source(files), all)).recomputed).toBe(size);
  });

  test('of any part of its entries only that part is read', async () => {
    const asked: string[] = [];
    const files = source(honest.files);
    const log: LogSource = {
      read: (path, most) => {
        asked.push(path);
        return files.read(path, most);
      },
    };
    expect((await verify(log, { range: { begin: 300, end: 310 } })).recomputed).toBe(10);
    expect(asked.filter((path) => path.includes('entries'))).toEqual(['tile/entries/001']);
  });
});

describe('a log whose entries were changed behind its back is caught, by index', () => {
  test.each([0, 1, 255, 256, 700, 1023, 1024, size - 1])('an entry updated at %i', async (index) => {
    const [at, width] = [Math.floor(index / 256), index >= 1024 ? 76 : 256];
    const bytes = bundle(at, width, (list) => list.with(index % 256, Buffer.from('{"forged":true}')));
    expect(await found(changed(honest, { [bundlePath(at, width)]: bytes }), all)).toMatchObject({
      kind: 'entry-altered',
      bad: { from: index, to: index + 1 },
    });
  });

  test.each<[string, (list: Uint8Array[]) => Uint8Array[], string, number]>([
    ['deleted', (list) => list.toSpliced(40, 1), 'entry-altered', 256 + 40],
    ['deleted at the end', (list) => list.slice(0, -1), 'entry-missing', 511],
    ['inserted', (list) => list.toSpliced(7, 0, Buffer.from('x')), 'entry-altered', 256 + 7],
    ['added at the end', (list) => [...list, Buffer.from('x')], 'entry-surplus', 512],
    [
      'reordered',
      (list) => list.with(9, list[10] ?? Buffer.alloc(0)).with(10, list[9] ?? Buffer.alloc(0)),
      'entry-altered',
      256 + 9,
    ],
    ['all deleted', () => [], 'entry-missing', 256],
  ])('an entry %s', async (_, change, kind, index) => {
    const finding = await found(changed(honest, { [bundlePath(1)]: bundle(1, 256, change) }), all);
    expect(finding).toMatchObject({ kind, bad: { from: index, to: index + 1 } });
  });

  test('a bundle that is gone, or cut in the middle of an entry', async () => {
    expect(await found(changed(honest, { [bundlePath(2)]: null }), all)).toMatchObject({
      kind: 'entry-missing',
      bad: { from: 512, to: 513 },
    });
    const whole = honest.files.get(bundlePath(2)) ?? Buffer.alloc(0);
    const third = (entries[512]?.length ?? 0) + (entries[513]?.length ?? 0) + 4;
    expect(
      await found(changed(honest, { [bundlePath(2)]: whole.subarray(0, third + 9) }), all),
    ).toMatchObject({
      kind: 'entry-missing',
      bad: { from: 514, to: 515 },
      fault: 'bundle-truncated',
    });
  });

  test('an entry and its leaf hash both changed', async () => {
    const forged = Buffer.from('{"forged":true}');
    const tile = Buffer.from(honest.files.get('tile/0/002') ?? Buffer.alloc(0));
    tile.set(leafHash(forged), 5 * 32);
    const log = changed(honest, {
      'tile/0/002': tile,
      [bundlePath(2)]: bundle(2, 256, (list) => list.with(5, forged)),
    });
    const finding = await found(log, all);
    expect(finding).toMatchObject({
      kind: 'tile-not-in-tree',
      where: 'tile/0/002',
      bad: { from: 512, to: 768 },
    });
  });

  test('only a leaf hash changed: the tile is named, and the index', async () => {
    const tile = Buffer.from(honest.files.get('tile/0/003') ?? Buffer.alloc(0));
    tile[32 * 17] = (tile[32 * 17] ?? 0) ^ 1;
    expect(await found(changed(honest, { 'tile/0/003': tile }), all)).toMatchObject({
      kind: 'tile-not-in-tree',
      bad: { from: 768 + 17, to: 768 + 18 },
    });
  });

  test('any one byte of any tile or bundle changed, cut or added', async () => {
    const paths = [...honest.files.keys()].filter((path) => path !== 'checkpoint');
    const index = fc.nat();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        index,
        fc.integer({ min: 1, max: 255 }),
        async (path, at, bits) => {
          const bytes = Buffer.from(honest.files.get(path) ?? Buffer.alloc(0));
          const place = at % bytes.length;
          bytes[place] = (bytes[place] ?? 0) ^ bits;
          const finding = await found(changed(honest, { [path]: bytes }), all);
          expect(finding).not.toBeNull();
          // The tile above the leaves is the edge: what it breaks is the root itself.
          expect(finding?.bad).not.toBeNull();
          expect(await found(changed(honest, { [path]: bytes.subarray(0, -1) }), all)).not.toBeNull();
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a log whose history was rewritten and signed anew', () => {
  const rewritten = sampleLog([
    ...entries.slice(0, 300),
    Buffer.from('{"forged":true}'),
    ...entries.slice(301),
  ]);

  test('stands by itself, and is caught by the checkpoint last seen', async () => {
    expect(await found(source(rewritten.files), all)).toBeNull();
    expect(await found(source(rewritten.files), { lastSeen: honest.checkpoint })).toMatchObject({
      kind: 'history-rewritten',
      bad: { from: 0, to: size },
    });
  });

  test('is caught by index where a copy of the tiles was kept', async () => {
    const given = { lastSeen: honest.checkpoint, baseline: source(honest.files) };
    expect(await found(source(rewritten.files), given)).toMatchObject({
      kind: 'history-rewritten',
      bad: { from: 300, to: 301 },
    });
  });

  test('of the same size is caught', async () => {
    const same = sampleLog(entries.slice(0, size).with(size - 1, Buffer.from('x')));
    const given = { lastSeen: honest.checkpoint, baseline: source(honest.files) };
    expect(await found(source(same.files), given)).toMatchObject({ bad: { from: size - 1, to: size } });
  });

  test('an old backup put back is caught by what is missing', async () => {
    expect(await found(source(honest.files), { lastSeen: grown.checkpoint })).toMatchObject({
      kind: 'rolled-back',
      bad: { from: size, to: size + 300 },
    });
  });

  test('a copy of the tiles does not blur what is missing, and shows what was changed besides', async () => {
    const given = { lastSeen: grown.checkpoint, baseline: source(grown.files) };
    const missing = { kind: 'rolled-back', bad: { from: size, to: size + 300 } };
    expect(await found(source(honest.files), given)).toMatchObject(missing);
    const altered = sampleLog(entries.slice(0, size).with(size - 20, Buffer.from('x')));
    expect(await found(source(altered.files), given)).toMatchObject({
      kind: 'rolled-back',
      bad: { from: size - 20, to: size - 19 },
    });
  });

  test('a receipt from before is not in it', async () => {
    const leaf = leafHash(entries[300] ?? Buffer.alloc(0));
    const claim = { index: 300, leaf, origin: null, where: 'receipt.json' };
    expect(await found(source(honest.files), { claims: [claim] })).toBeNull();
    expect(await found(source(rewritten.files), { claims: [claim] })).toMatchObject({
      kind: 'entry-not-included',
      bad: { from: 300, to: 301 },
    });
  });
});

describe('a log whose entries and tiles were all changed to fit, under the old signature', () => {
  const forged = sampleLog(entries.slice(0, size).with(700, Buffer.from('{"forged":true}')));
  const log = changed(forged, { checkpoint: honest.checkpoint });

  test('is caught by its root, and by index where a copy of the tiles was kept', async () => {
    const kind = 'tiles-do-not-make-the-root';
    expect(await found(log, all)).toMatchObject({ kind, bad: { from: 0, to: size } });
    const given = { lastSeen: honest.checkpoint, baseline: source(honest.files) };
    expect(await found(log, given)).toMatchObject({ kind, bad: { from: 700, to: 701 } });
    const early = sampleLog(entries.slice(0, 800));
    const older = { lastSeen: early.checkpoint, baseline: source(early.files) };
    expect(await found(log, older)).toMatchObject({ kind, bad: { from: 700, to: 701 } });
  });

  test('a copy that does not fit its own checkpoint is not believed', async () => {
    const baseline = changed(honest, { 'tile/0/000': forged.files.get('tile/0/002') ?? null });
    expect(await found(log, { lastSeen: honest.checkpoint, baseline })).toMatchObject({
      bad: { from: 0, to: size },
    });
  });
});

describe('a checkpoint', () => {
  test('forged, missing, of another log or without its witnesses is refused', async () => {
    const forger = sampleLog(entries.slice(0, 5), 'log.example/forged');
    expect(await found(source(forger.files))).toMatchObject({
      kind: 'checkpoint-refused',
      fault: 'signature-missing',
    });
    expect(await found(changed(honest, { checkpoint: null }))).toMatchObject({ kind: 'checkpoint-missing' });
    const text = honest.checkpoint.toString();
    const unwitnessed = Buffer.from(text.split('\n').slice(0, -2).concat('').join('\n'));
    expect(await found(changed(honest, { checkpoint: unwitnessed }))).toMatchObject({
      fault: 'quorum-not-met',
    });
    const larger = Buffer.from(text.replace(`\n${size}\n`, `\n${size + 1}\n`));
    expect(await found(changed(honest, { checkpoint: larger }))).toMatchObject({
      fault: 'signature-invalid',
    });
  });

  test('that is signed, over tiles that are not its tree, is refused', async () => {
    expect(
      await found(changed(grown, { checkpoint: honest.checkpoint, 'tile/1/000.p/4': null })),
    ).toMatchObject({
      kind: 'tile-missing',
    });
    const other = sampleLog(entries.slice(1, size + 1));
    expect(await found(changed(other, { checkpoint: honest.checkpoint }))).toMatchObject({
      kind: 'tiles-do-not-make-the-root',
    });
  });
});

describe('proofs and receipts', () => {
  let bytes: Buffer;
  beforeAll(() => {
    const path = valueOf(inclusionProof(42, size, honest.read));
    const checkpoint = honest.checkpoint.toString();
    bytes = Buffer.from(valueOf(formatTlogProof({ index: 42, path, checkpoint, extra: null })));
  });
  const leaf = leafHash(entries[42] ?? Buffer.alloc(0));

  test('a proof is verified without the log, and then held against the log', async () => {
    const proof = { bytes, leaf, where: 'p.tlog-proof' };
    expect((await verify(null, { proof })).provedIndex).toBe(42);
    expect((await verify(source(grown.files), { proof })).provedIndex).toBe(42);
    const rewritten = sampleLog(entries.with(900, Buffer.from('x')));
    expect(await found(source(rewritten.files), { proof })).toMatchObject({ kind: 'history-rewritten' });
  });

  test('a proof of something else is refused with its index', async () => {
    const other = leafHash(Buffer.from('x'));
    expect(await found(null, { proof: { bytes, leaf: other, where: 'p' } })).toMatchObject({
      kind: 'proof-refused',
      fault: 'root-mismatch',
      bad: { from: 42, to: 43 },
    });
    const broken = bytes.subarray(0, 40);
    expect(await found(null, { proof: { bytes: broken, leaf, where: 'p' } })).toMatchObject({
      kind: 'proof-refused',
    });
    const strict = { ...policy, logKey: verifierOf(keyFromSeed(policy.origin, 9)) };
    expect(await found(null, { proof: { bytes, leaf, where: 'p' }, policy: strict })).toMatchObject({
      fault: 'signature-missing',
    });
  });

  test('a receipt of another log, or of what the log does not reach yet, is refused', async () => {
    const claim = { index: 42, leaf, origin: 'log.example/other', where: 'r' };
    expect(await found(source(honest.files), { claims: [claim] })).toMatchObject({ kind: 'other-log' });
    expect(
      await found(source(honest.files), { claims: [{ ...claim, index: size, origin: null }] }),
    ).toMatchObject({ fault: 'index-beyond-tree', bad: { from: size } });
  });
});

test('what cannot be read proves nothing: no finding, but trouble', async () => {
  const broken: LogSource = { read: () => Promise.reject(new SourceUnreadable('x')) };
  await expect(verify(broken)).rejects.toThrow(SourceUnreadable);
  const noBundles: LogSource = {
    read: (path, most) =>
      path.includes('entries')
        ? Promise.reject(new SourceUnreadable('HTTP 401'))
        : source(honest.files).read(path, most),
  };
  await expect(verify(noBundles, all)).rejects.toThrow(SourceUnreadable);
  await expect(verify(null)).rejects.toThrow(UsageError);
  await expect(verify(source(honest.files), { lastSeen: Buffer.from('x') })).rejects.toThrow(UsageError);
  await expect(verify(source(honest.files), { range: { begin: 5, end: size + 1 } })).rejects.toThrow(
    UsageError,
  );
});
