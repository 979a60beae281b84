import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleEntries, sampleLog, valueOf } from '@dinhdanh/access-log/testing';
import * as tlog from '@dinhdanh/access-log/tlog';
import { fromBase64, sameBytes, toBase64, utf8 } from './bytes.ts';
import { leafHash, rootOfInclusion } from './inclusion.ts';
import { logKeysFor, readNote, readProof, readVerifierKey } from './read-proof.ts';
import { type EntryEvidence, verifyEntry } from './verify-entry.ts';

const log = sampleLog(sampleEntries(300));
const logKey = tlog.formatVerifierKey(tlog.verifierOf(log.logKey));
const witnessKeys = log.witnessKeys.map((key) => tlog.formatVerifierKey(tlog.verifierOf(key)));

/** What an auditor holds of one entry, as the service gives it. */
function evidenceOf(index: number): EntryEvidence {
  const path = valueOf(tlog.inclusionProof(index, log.entries.length, log.read));
  const entry = log.entries[index] ?? Buffer.alloc(0);
  const checkpoint = log.checkpoint.toString();
  return {
    entry: entry.toString(),
    proof: valueOf(tlog.formatTlogProof({ index, path, checkpoint, extra: null })),
    origin: 'log.example/2026h2',
    index,
    leafHash: tlog.leafHash(entry).toString('base64'),
    logKey,
    witnessKeys,
  };
}

describe('the sums', () => {
  it('are those of RFC 6962: the published vectors of a tree of eight', async () => {
    // https://github.com/google/certificate-transparency, merkletree/merkle_tree_test.cc
    const inputs = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    const leaves = await Promise.all(inputs.map((hex) => leafHash(Uint8Array.from(Buffer.from(hex, 'hex')))));
    expect(Buffer.from(leaves[0] ?? []).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    const path = [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));
    const root = await rootOfInclusion(leaves[0] ?? new Uint8Array(32), 0, 8, path);
    expect(Buffer.from(root ?? []).toString('hex')).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });

  it('agree with those of the log for every place of every tree up to 40', async () => {
    const leaves = log.entries.slice(0, 40).map((entry) => tlog.leafHash(entry));
    for (let size = 1; size <= leaves.length; size += 1) {
      const root = tlog.treeRoot(leaves.slice(0, size));
      for (let index = 0; index < size; index += 1) {
        const path = valueOf(tlog.inclusionProof(index, size, readerOf(leaves.slice(0, size))));
        const led = await rootOfInclusion(
          Uint8Array.from(leaves[index] ?? []),
          index,
          size,
          path.map((hash) => Uint8Array.from(hash)),
        );
        expect(led !== null && sameBytes(led, root)).toBe(true);
      }
    }
  });
});

/** Reads the nodes of a small tree. */
function readerOf(leaves: readonly tlog.Hash[]): tlog.HashReader {
  const nodes = new Map<string, tlog.Hash>();
  const frontier = new tlog.Frontier();
  for (const leaf of leaves) {
    frontier.append(leaf, (level, place, hash) => nodes.set(`${level}/${place}`, hash));
  }
  return (level, place) => nodes.get(`${level}/${place}`);
}

describe('an entry', () => {
  it.each([0, 1, 127, 128, 255, 256, 299])(
    'at %i is proved, with the log and both witnesses',
    async (index) => {
      const verdict = await verifyEntry(evidenceOf(index));
      expect(verdict).toMatchObject({
        state: 'proved',
        fault: null,
        checkpoint: { origin: 'log.example/2026h2', size: 300 },
      });
      expect(verdict.witnesses.map(({ name, signature }) => [name, signature.state])).toEqual([
        ['witness.example/w2', 'held'],
        ['witness.example/w3', 'held'],
      ]);
    },
  );

  it.each<[string, Partial<EntryEvidence>, string]>([
    ['a changed word', { entry: evidenceOf(7).entry.replace('hotel', 'motel') }, 'other-entry'],
    ['a changed word, and no hash from before', { entry: '{}', leafHash: null }, 'path-broken'],
    ['another entry of the log', { entry: evidenceOf(8).entry, leafHash: null }, 'path-broken'],
    ['the proof of another place', { proof: evidenceOf(8).proof }, 'other-place'],
    ['another log', { origin: 'log.example/2026h1' }, 'other-place'],
    [
      'a path cut short',
      { proof: evidenceOf(7).proof.replace(/^(index 7\n)[^\n]+\n/m, '$1') },
      'path-broken',
    ],
    [
      'a checkpoint of a larger tree',
      { proof: evidenceOf(7).proof.replace('\n300\n', '\n301\n') },
      'signature-broken',
    ],
    [
      'no signature of the log',
      { proof: evidenceOf(7).proof.replace(/— log\.example[^\n]+\n/, '') },
      'signature-missing',
    ],
    ['a key that is none', { logKey: 'log.example/2026h2+00000000+AAAA' }, 'key-malformed'],
    [
      'a key whose id is of another',
      { logKey: logKey.replace(/\+[0-9a-f]{8}\+/, '+00000000+') },
      'key-malformed',
    ],
    ['no proof', { proof: '' }, 'malformed'],
  ])('%s is told', async (_, changes, fault) => {
    expect(await verifyEntry({ ...evidenceOf(7), ...changes })).toMatchObject({ state: 'broken', fault });
  });

  it('a forged signature of a witness breaks the proof, a missing one is shown as missing', async () => {
    const { proof } = evidenceOf(7);
    const line = /— witness\.example\/w2 (\S+)\n/.exec(proof)?.[1] ?? '';
    const bytes = Buffer.from(line, 'base64');
    bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
    const forged = proof.replace(line, bytes.toString('base64'));
    expect(await verifyEntry({ ...evidenceOf(7), proof: forged })).toMatchObject({
      fault: 'signature-broken',
    });
    const missing = proof.replace(/— witness\.example\/w2 \S+\n/, '');
    const verdict = await verifyEntry({ ...evidenceOf(7), proof: missing });
    expect(verdict.state).toBe('proved');
    expect(verdict.witnesses.map(({ signature }) => signature.state)).toEqual(['absent', 'held']);
  });

  it('no changed byte of its proof is taken for the proof', async () => {
    const evidence = evidenceOf(200);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(evidence.proof.length - 1),
        fc.integer({ min: 33, max: 126 }),
        async (at, code) => {
          const proof =
            evidence.proof.slice(0, at) + String.fromCharCode(code) + evidence.proof.slice(at + 1);
          fc.pre(proof !== evidence.proof);
          const verdict = await verifyEntry({ ...evidence, proof });
          // Names and ids of witnesses are no part of what is signed: changed, they are of an unknown witness.
          const complete = verdict.witnesses.every(({ signature: { state } }) => state === 'held');
          expect(verdict.state === 'proved' && complete).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of an older half-year is signed by the same key under its own name', async () => {
    const older = sampleLog(sampleEntries(3), 'log.example/2026h1');
    const path = valueOf(tlog.inclusionProof(2, 3, older.read));
    const proof = valueOf(
      tlog.formatTlogProof({ index: 2, path, checkpoint: older.checkpoint.toString(), extra: null }),
    );
    const entry = older.entries[2]?.toString() ?? '';
    expect(await logKeysFor(['log.example/2026h1', 'log.example/2026h2'], logKey)).toEqual([
      tlog.formatVerifierKey(tlog.verifierOf(older.logKey)),
      logKey,
    ]);
    const evidence = {
      entry,
      proof,
      origin: 'log.example/2026h1',
      index: 2,
      leafHash: null,
      logKey,
      witnessKeys,
    };
    expect((await verifyEntry(evidence)).state).toBe('proved');
  });
});

describe('texts of C2SP', () => {
  it('the key of the specification is read', async () => {
    // https://c2sp.org/signed-note, "Example".
    const key = await readVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    expect(key).toMatchObject({ name: 'PeterNeumann', id: 0xc74f20a3, use: 'note' });
  });

  it('what is no base64 of the one form is none', () => {
    for (const text of ['A', 'AA', 'AAA', 'AA=', 'AB==', ' AAA', 'A_-A']) expect(fromBase64(text)).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const back = fromBase64(toBase64(bytes));
        expect(back !== null && sameBytes(back, bytes)).toBe(true);
      }),
    );
  });

  it.each(['', '\n\n', 'text\n\n— name AAAA\n', 'text\n\n— name\n', 'text\n\nname AAAAAAAA\n'])(
    '%j is no note',
    (text) => {
      expect(readNote(text)).toBeNull();
      expect(readProof(`c2sp.org/tlog-proof@v1\nindex 0\n\n${text}`)).toBeNull();
    },
  );

  it('text is hashed as UTF-8', async () => {
    expect(toBase64(await leafHash(utf8('Điều 12')))).toBe(
      tlog.leafHash(Buffer.from('Điều 12')).toString('base64'),
    );
  });
});
