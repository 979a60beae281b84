import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CheckpointPolicy,
  EMPTY_ROOT,
  formatCheckpoint,
  formatNote,
  formatTlogProof,
  Frontier,
  type Hash,
  inclusionProof,
  leafHash,
  openCheckpoint,
  parseCheckpoint,
  parseTlogProof,
  parseVerifierKey,
  type SignerKey,
  signNote,
  verifierOf,
  verifyTlogProof,
} from './index.ts';
import { keyFromSeed, valueOf } from '../testing.ts';

const rootText = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';

describe('checkpoints', () => {
  /** https://c2sp.org/tlog-checkpoint; golang.org/x/mod/sumdb/tlog, note_test.go. */
  test.each([
    [`example.com/behind-the-sofa\n20852163\n${rootText}\n`, 'example.com/behind-the-sofa', 20_852_163],
    [
      'go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n',
      'go.sum database tree',
      123_456_789_012,
    ],
    [`a\n1\n${rootText}\nextension 1\nextension 2\n`, 'a', 1],
    ['empty.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', 'empty.example', 0],
  ])('%j is read and written', (text, origin, size) => {
    const checkpoint = valueOf(parseCheckpoint(text));
    expect([checkpoint.origin, checkpoint.size]).toEqual([origin, size]);
    expect(formatCheckpoint(checkpoint)).toEqual({ ok: true, value: text });
  });

  test('the published hash is that of the published record', () => {
    const { root } = valueOf(parseCheckpoint(`a\n1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n`));
    expect(Buffer.from(root)).toEqual(leafHash(Buffer.from('hello world')));
  });

  test.each([
    ['', 'checkpoint-malformed'],
    ['a\n1\n', 'checkpoint-malformed'],
    [`\n1\n${rootText}\n`, 'checkpoint-malformed'],
    [`a\n1\n${rootText}`, 'checkpoint-malformed'],
    [`a\n1\n${rootText}\n\n`, 'checkpoint-malformed'],
    [`a\n1\n${rootText}\nx\n\ny\n`, 'checkpoint-malformed'],
    [`a\r\n1\n${rootText}\n`, 'checkpoint-malformed'],
    [`a\n01\n${rootText}\n`, 'number-malformed'],
    [`a\n+1\n${rootText}\n`, 'number-malformed'],
    [`a\n-1\n${rootText}\n`, 'number-malformed'],
    [`a\n1.0\n${rootText}\n`, 'number-malformed'],
    [`a\n0xabcdef\n${rootText}\n`, 'number-malformed'],
    [`a\n1e3\n${rootText}\n`, 'number-malformed'],
    [`a\n 1\n${rootText}\n`, 'number-malformed'],
    [`a\n9007199254740992\n${rootText}\n`, 'number-too-large'],
    [`a\n1\n${rootText.slice(0, -1)}\n`, 'base64-malformed'],
    [`a\n1\n${rootText.replace('2I=', '2J=')}\n`, 'base64-malformed'],
    [`a\n1\n${rootText} \n`, 'base64-malformed'],
    ['a\n1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBTOOBIG=\n', 'base64-malformed'],
    ['a\n1\nAAAA\n', 'hash-length-wrong'],
    [`a\n0\n${rootText}\n`, 'root-mismatch'],
  ])('%j is refused', (text, fault) => {
    expect(parseCheckpoint(text)).toEqual({ ok: false, fault });
  });

  test('what could not be read again is not written', () => {
    const good = { origin: 'a', size: 1, root: leafHash(Buffer.from('x')), extensions: [] };
    expect(formatCheckpoint(good).ok).toBe(true);
    for (const bad of [
      { ...good, origin: '' },
      { ...good, origin: 'a\n5' },
      { ...good, extensions: [''] },
      { ...good, extensions: ['a\nb'] },
      { ...good, size: -1 },
      { ...good, size: 1.5 },
      { ...good, size: 0 },
      { ...good, root: Buffer.alloc(31) },
    ]) {
      expect(formatCheckpoint(bad).ok).toBe(false);
    }
  });

  test('every text that is read is written the same', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-c\n]{0,4}\n[0-9]{1,3}\n/), (head) => {
        const text = `${head}${rootText}\n`;
        const read = parseCheckpoint(text);
        expect(read.ok ? valueOf(formatCheckpoint(read.value)) : text).toBe(text);
      }),
    );
  });
});

/** Eleven entries, signed by a log and cosigned by three witnesses. */
const log = keyFromSeed('example.com/log', 1);
const witnesses = [2, 3, 4].map((seed) => keyFromSeed(`witness.example/w${seed}`, seed, 'cosignature'));
const nodes = new Map<string, Hash>();
const frontier = new Frontier();
const leaves = Array.from({ length: 11 }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));
for (const leaf of leaves)
  frontier.append(leaf, (level, index, hash) => nodes.set(`${level}/${index}`, hash));

const policy: CheckpointPolicy = {
  origin: 'example.com/log',
  logKey: verifierOf(log),
  witnessKeys: witnesses.map(verifierOf),
  quorum: 2,
  nowSeconds: 2000,
};

function signed(
  cosigners: readonly SignerKey[],
  origin = 'example.com/log',
  by = log,
  timeSeconds = 1000,
): Buffer {
  const text = valueOf(formatCheckpoint({ origin, size: 11, root: frontier.root(), extensions: [] }));
  const signatures = [signNote(text, by), ...cosigners.map((one) => signNote(text, one, timeSeconds))];
  return Buffer.from(valueOf(formatNote({ text, signatures })));
}

describe('opening a checkpoint', () => {
  const fault = (bytes: Buffer, other: Partial<CheckpointPolicy> = {}): string | null => {
    const opened = openCheckpoint(bytes, { ...policy, ...other });
    return opened.ok ? null : opened.fault;
  };

  /** sum.golang.org/latest of 2024-09-23, as kept in sigsum-go's tests; its key is in Go's cmd/go. */
  test('a checkpoint of the Go checksum database holds under its key', () => {
    const note =
      'go.sum database tree\n30055305\nmXfgRcJ0bG0j3CPdKwgGWtUzBUbX67saZGRmFuJGGsM=\n\n' +
      '— sum.golang.org Az3grpgEild5qw7+5dtV13Kf1C2Xurm8q4fhdxvcsDHnqNTaxL2AFjBY+2TyGKevucFcAAlWFJJYle3EJlDCrQ+y3A8=\n';
    const logKey = valueOf(
      parseVerifierKey('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'),
    );
    const opened = openCheckpoint(Buffer.from(note), {
      origin: 'go.sum database tree',
      logKey,
      witnessKeys: [],
      quorum: 0,
      nowSeconds: null,
    });
    expect(valueOf(opened).checkpoint.size).toBe(30_055_305);
  });

  test('takes as many witnesses as the policy asks, of those it knows', () => {
    expect(fault(signed(witnesses))).toBeNull();
    expect(fault(signed(witnesses.slice(0, 2)))).toBeNull();
    expect(fault(signed(witnesses.slice(0, 1)))).toBe('quorum-not-met');
    const stranger = keyFromSeed('witness.example/stranger', 9, 'cosignature');
    expect(fault(signed([...witnesses.slice(0, 1), stranger]))).toBe('quorum-not-met');
    expect(fault(signed([...witnesses.slice(0, 1), ...witnesses.slice(0, 1)]))).toBe('quorum-not-met');
  });

  test('takes no checkpoint without the log itself, of another log, or from after now', () => {
    expect(fault(signed(witnesses, 'example.com/log', keyFromSeed('example.com/log', 8)))).toBe(
      'signature-missing',
    );
    expect(fault(signed(witnesses, 'example.com/other'))).toBe('origin-unexpected');
    expect(fault(signed(witnesses, 'example.com/log', log, 2061))).toBe('timestamp-in-future');
    expect(fault(signed(witnesses, 'example.com/log', log, 2060))).toBeNull();
    expect(fault(signed(witnesses, 'example.com/log', log, 9999), { nowSeconds: null })).toBeNull();
  });

  test('refuses a policy that mixes roles, counts one key twice or asks for more than there are', () => {
    const bytes = signed(witnesses);
    const [first] = policy.witnessKeys;
    if (first === undefined) throw new Error('there are witnesses');
    expect(fault(bytes, { logKey: first })).toBe('key-algorithm-unknown');
    expect(fault(bytes, { witnessKeys: [policy.logKey] })).toBe('key-algorithm-unknown');
    expect(fault(bytes, { witnessKeys: [first, { ...first, name: 'other' }] })).toBe('keys-not-distinct');
    const same = verifierOf(keyFromSeed('witness.example/log', 1, 'cosignature'));
    expect(fault(bytes, { witnessKeys: [first, same] })).toBe('keys-not-distinct');
    expect(fault(bytes, { quorum: 4 })).toBe('quorum-impossible');
    expect(fault(bytes, { quorum: -1 })).toBe('quorum-impossible');
  });
});

describe('proofs to take along', () => {
  const path = valueOf(inclusionProof(7, 11, (level, index) => nodes.get(`${level}/${index}`)));
  const checkpoint = signed(witnesses).toString();
  const proof = { index: 7, path, checkpoint, extra: null };
  const written = valueOf(formatTlogProof(proof));
  const leaf = leaves[7] ?? EMPTY_ROOT;

  test('are read as they were written, with and without something extra', () => {
    expect(written.startsWith('c2sp.org/tlog-proof@v1\nindex 7\n')).toBe(true);
    expect(parseTlogProof(Buffer.from(written))).toEqual({ ok: true, value: proof });
    const extra = Buffer.from('age-v1.2.1');
    const withExtra = valueOf(formatTlogProof({ ...proof, extra }));
    expect(withExtra.split('\n')[1]).toBe('extra YWdlLXYxLjIuMQ==');
    expect(parseTlogProof(Buffer.from(withExtra))).toEqual({ ok: true, value: { ...proof, extra } });
    const alone = { index: 0, path: [], checkpoint, extra: null };
    expect(parseTlogProof(Buffer.from(valueOf(formatTlogProof(alone))))).toEqual({ ok: true, value: alone });
  });

  test('hold for their entry under their policy, and for nothing else', () => {
    const fault = (changes: Partial<typeof proof>, of: Hash = leaf, under = policy): string | null => {
      const verified = verifyTlogProof({ ...proof, ...changes }, of, under);
      return verified.ok ? null : verified.fault;
    };
    expect(fault({})).toBeNull();
    expect(fault({ index: 6 })).toBe('root-mismatch');
    expect(fault({ path: path.slice(1) })).toBe('proof-too-short');
    expect(fault({}, leaves[6])).toBe('root-mismatch');
    expect(fault({}, leaf, { ...policy, quorum: 3, witnessKeys: policy.witnessKeys.slice(0, 2) })).toBe(
      'quorum-impossible',
    );
    expect(fault({ checkpoint: checkpoint.replace('\n11\n', '\n12\n') })).toBe('signature-invalid');
  });

  test.each([
    ['another header', written.replace('@v1', '@v2')],
    ['no index', written.replace('index 7\n', '')],
    ['an index with a zero before it', written.replace('index 7', 'index 07')],
    ['a negative index', written.replace('index 7', 'index -7')],
    ['an index beyond 2^53', written.replace('index 7', 'index 9007199254740993')],
    ['extra that is not base64', written.replace('index 7', 'extra !!\nindex 7')],
    ['empty extra', written.replace('index 7', 'extra \nindex 7')],
    ['extra twice', written.replace('index 7', 'extra AAAA\nextra AAAA\nindex 7')],
    ['a hash that is not base64', written.replace('index 7\n', 'index 7\n!!\n')],
    ['a hash of 64 bytes', written.replace('index 7\n', `index 7\n${Buffer.alloc(64).toString('base64')}\n`)],
    ['64 hashes', written.replace('index 7\n', `index 7\n${`${rootText}\n`.repeat(64)}`)],
    ['no empty line', written.replaceAll('\n\n', '\n')],
    ['no checkpoint', written.slice(0, written.indexOf('\n\n') + 2)],
    ['carriage returns', written.replaceAll('\n', '\r\n')],
    ['nothing', ''],
  ])('with %s are refused', (_, text) => {
    expect(parseTlogProof(Buffer.from(text)).ok).toBe(false);
  });

  test('that could not be read again are not written', () => {
    expect(formatTlogProof({ ...proof, index: -1 }).ok).toBe(false);
    expect(formatTlogProof({ ...proof, path: [Buffer.alloc(31)] }).ok).toBe(false);
    expect(formatTlogProof({ ...proof, path: Array.from({ length: 64 }, () => EMPTY_ROOT) }).ok).toBe(false);
    expect(formatTlogProof({ ...proof, checkpoint: 'checkpoint\n' }).ok).toBe(false);
  });
});
