import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bundlesOfGrowth,
  bundleWidth,
  consistencyNodes,
  consistencyProof,
  encodeEntryBundle,
  Frontier,
  fullSubtrees,
  type Hash,
  inclusionNodes,
  inclusionProof,
  leafHash,
  parseEntryBundle,
  parseTileHashes,
  parseTilePath,
  rowHash,
  type Tile,
  tileBytes,
  tileOfNode,
  tilePath,
  tileReader,
  tilesOfGrowth,
  tilesOfNodes,
  tileWidth,
} from './index.ts';

const path = ({ level, index, width }: Tile): string => tilePath({ level, index, width });

describe('tile paths', () => {
  /**
   * https://c2sp.org/tlog-tiles: index 1234067; the others carry Go's golang.org/x/mod/sumdb/tlog tilePaths (which
   * have the height as a further element) over to C2SP's form.
   */
  test.each<[string, Tile]>([
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/entries/x001/x234/067.p/8', { level: 'entries', index: 1_234_067, width: 8 }],
    ['tile/0/001', { level: 0, index: 1, width: 256 }],
    ['tile/0/001.p/5', { level: 0, index: 1, width: 5 }],
    ['tile/5/x123/x456/078', { level: 5, index: 123_456_078, width: 256 }],
    ['tile/5/x123/x456/078.p/2', { level: 5, index: 123_456_078, width: 2 }],
    ['tile/0/x003/x057/500', { level: 0, index: 3_057_500, width: 256 }],
    ['tile/entries/x003/x057/500', { level: 'entries', index: 3_057_500, width: 256 }],
    ['tile/63/000.p/255', { level: 63, index: 0, width: 255 }],
  ])('%s is read and written', (text, tile) => {
    expect(tilePath(tile)).toBe(text);
    expect(parseTilePath(text)).toEqual({ ok: true, value: tile });
  });

  test.each([
    'tile/5/123/456/078',
    'tile/-1/123/456/078',
    'tile/00/001',
    'tile/64/001',
    'tile/data/001',
    'tile/0/1',
    'tile/0/x000/001',
    'tile/0/x001/1',
    'tile/0/001.p/0',
    'tile/0/001.p/05',
    'tile/0/001.p/256',
    'tile/0/001.p/',
    'tile/0/001/',
    '/tile/0/001',
    'tile/0/../001',
    'tile/0/001\n',
    'tile/0/x999/x999/x999/x999/x999/x999/999',
    'tile/0/\u0661\u0661\u0661',
    '',
  ])('%j is refused', (text) => {
    expect(parseTilePath(text).ok).toBe(false);
  });

  test('every tile has one path, and whatever is read is written the same', () => {
    const tile = fc.record({
      level: fc.oneof(fc.constant('entries' as const), fc.nat({ max: 63 })),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (one) => {
        expect(parseTilePath(path(one))).toEqual({ ok: true, value: one });
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^tile\/[0-9ex]{1,3}\/[x0-9./p]{0,16}$/), (text) => {
        const read = parseTilePath(text);
        expect(read.ok ? path(read.value) : text).toBe(text);
      }),
    );
  });
});

describe('the tiles of a tree', () => {
  /** https://c2sp.org/tlog-tiles, "Partial Tiles". */
  test('of 70,000 entries are those that the specification counts', () => {
    const tiles = tilesOfGrowth(0, 70_000);
    const of = (level: number, full: boolean): Tile[] =>
      tiles.filter((tile) => tile.level === level && (tile.width === 256) === full);
    expect(of(0, true)).toHaveLength(273);
    expect(of(0, false).map(({ width }) => width)).toEqual([112]);
    expect(of(1, true)).toHaveLength(1);
    expect(of(1, false).map(({ width }) => width)).toEqual([17]);
    expect(of(2, true)).toHaveLength(0);
    expect(of(2, false).map(({ width }) => width)).toEqual([1]);
    expect(tiles).toHaveLength(277);
    expect(tilesOfGrowth(0, 256).map(path)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
  });

  test('growth names what is new or wider, and nothing else', () => {
    const paths = (from: number, to: number): Set<string> => new Set(tilesOfGrowth(from, to).map(path));
    expect(tilesOfGrowth(5, 5)).toEqual([]);
    expect(tilesOfGrowth(255, 256).map(path)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    expect(tilesOfGrowth(256, 257).map(path)).toEqual(['tile/0/001.p/1']);
    expect(bundlesOfGrowth(250, 600).map(path)).toEqual([
      'tile/entries/000',
      'tile/entries/001',
      'tile/entries/002.p/88',
    ]);
    fc.assert(
      fc.property(fc.nat({ max: 200_000 }), fc.nat({ max: 70_000 }), (from, more) => {
        const [before, after] = [paths(0, from), paths(0, from + more)];
        expect([...paths(from, from + more)]).toEqual([...after].filter((one) => !before.has(one)));
      }),
      { numRuns: 50 },
    );
  });

  test('widths agree with the rule for partial tiles', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 40 }), fc.nat({ max: 6 }), (size, level) => {
        const hashes = Math.floor(size / 256 ** level);
        expect(tileWidth(level, Math.floor(hashes / 256), size)).toBe(hashes % 256);
        expect(bundleWidth(Math.floor(size / 256), size)).toBe(size % 256);
      }),
    );
  });
});

/** A tree of 66,100 leaves has three levels of tiles, with partial ones at the edge of each. */
describe('a tree read out of its tiles', () => {
  const size = 66_100;
  const nodes = new Map<string, Hash>();
  const roots = new Map<number, Hash>();
  const frontier = new Frontier();
  for (let index = 0; index < size; index += 1) {
    const leaf = Buffer.alloc(32);
    leaf.writeUInt32BE(index);
    frontier.append(leaf, (level, at, hash) => nodes.set(`${level}/${at}`, hash));
    roots.set(index + 1, frontier.root());
  }
  const stored = new Map<string, Uint8Array>();
  for (const tile of tilesOfGrowth(0, size)) {
    const bytes = tileBytes(tile, (level, index) => nodes.get(`${level}/${index}`));
    if (bytes.ok) stored.set(path(tile), bytes.value);
  }
  const read = tileReader(size, (tile) => stored.get(path(tile)));

  test('has the same root, and the same of each smaller size', () => {
    expect(stored.size).toBe(tilesOfGrowth(0, size).length);
    for (const at of [1, 255, 256, 257, 511, 65_535, 65_536, 65_537, 65_792, 66_000, size]) {
      const edge = Frontier.at(at, read);
      expect(edge.ok && edge.value.root()).toEqual(roots.get(at));
    }
  });

  test('gives the same proofs, from the tiles that were told of', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: size }), fc.nat(), (second, at) => {
        const all = (level: number, index: number): Hash | undefined => nodes.get(`${level}/${index}`);
        const index = at % second;
        const needed = new Set(
          [
            ...tilesOfNodes(inclusionNodes(index, second), size),
            ...tilesOfNodes(consistencyNodes(index, second), size),
          ].map(path),
        );
        const some = tileReader(size, (tile) =>
          needed.has(path(tile)) ? stored.get(path(tile)) : undefined,
        );
        expect(inclusionProof(index, second, some)).toEqual(inclusionProof(index, second, all));
        expect(consistencyProof(index, second, some)).toEqual(consistencyProof(index, second, all));
      }),
      { numRuns: 60 },
    );
  });

  test('each full tile is one hash of the tile above', () => {
    const hashes = parseTileHashes(stored.get('tile/0/255') ?? Buffer.alloc(0), 256);
    expect(hashes.ok && rowHash(hashes.value)).toEqual(read(8, 255));
    expect(parseTileHashes(Buffer.alloc(32 * 256 - 1), 256)).toEqual({
      ok: false,
      fault: 'tile-length-wrong',
    });
  });

  test('says that a hash is missing where a tile is missing or short', () => {
    expect(inclusionProof(5, size, () => undefined)).toEqual({ ok: false, fault: 'hash-missing' });
    const short = tileReader(size, (tile) => stored.get(path(tile))?.subarray(32));
    expect(inclusionProof(5, size, short)).toEqual({ ok: false, fault: 'hash-missing' });
    expect(tileOfNode({ level: 0, index: size }, size)).toBeNull();
    expect(tileOfNode({ level: 17, index: 0 }, size)).toBeNull();
    expect(fullSubtrees({ begin: 0, end: 0 })).toEqual([]);
  });
});

describe('bundles of entries', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 256 }), (entries) => {
        const bundle = encodeEntryBundle(entries);
        const read = parseEntryBundle(bundle.ok ? bundle.value : Buffer.alloc(0));
        expect(read.fault).toBeNull();
        expect(read.entries.map((entry) => Buffer.from(entry))).toEqual(
          entries.map((entry) => Buffer.from(entry)),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('put a big-endian length before each entry', () => {
    const bundle = encodeEntryBundle([Buffer.from('a'), Buffer.alloc(0), Buffer.alloc(258, 1)]);
    expect(bundle.ok && bundle.value.subarray(0, 7).toString('hex')).toBe('00016100000102');
  });

  test('take entries of 65,535 bytes and no longer', () => {
    expect(encodeEntryBundle([Buffer.alloc(65_535)]).ok).toBe(true);
    expect(encodeEntryBundle([Buffer.alloc(65_536)])).toEqual({ ok: false, fault: 'entry-too-long' });
    expect(leafHash(Buffer.alloc(65_535))).not.toEqual(leafHash(Buffer.alloc(65_536)));
  });

  test('that are cut anywhere give the whole entries before the cut, and say so', () => {
    const bundle = encodeEntryBundle([Buffer.from('one'), Buffer.from('three')]);
    const bytes = bundle.ok ? bundle.value : Buffer.alloc(0);
    for (let length = 0; length < bytes.length; length += 1) {
      const read = parseEntryBundle(bytes.subarray(0, length));
      expect(read.entries).toHaveLength(length < 5 ? 0 : 1);
      expect(read.fault).toBe(length === 0 || length === 5 ? null : 'bundle-truncated');
    }
  });
});
