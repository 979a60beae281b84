import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { keyFromSeed, valueOf } from '../testing.ts';
import {
  consistencyProof,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  Frontier,
  type Hash,
  type HashReader,
  leafHash,
  openCheckpoint,
  parseNote,
  parseSignatureLines,
  type SignerKey,
  signNote,
  toBase64,
  verifierOf,
  verifyNote,
} from '../tlog/index.ts';
import { keyOfOrigin, readKnownLog } from './known-log.ts';
import { Witness } from './witness.ts';
import { WitnessStore } from './witness-store.ts';

const NAME = 'log.example';
const ORIGIN = `${NAME}/2026h2`;
const logKey = keyFromSeed(ORIGIN, 1);
const witnessKey = keyFromSeed('witness.example/w1', 2, 'cosignature');
const logs = [valueOf(readKnownLog(formatVerifierKey(verifierOf(keyFromSeed(NAME, 1)))))];
const NOW = 1_795_000_000;

/** A tree with all its roots and proofs. */
class Tree {
  readonly #roots: Hash[] = [];
  readonly #nodes = new Map<string, Hash>();
  readonly #read: HashReader = (level, index) => this.#nodes.get(`${level}/${index}`);

  constructor(size: number, salt = '') {
    const frontier = new Frontier();
    this.#roots.push(frontier.root());
    for (let at = 0; at < size; at += 1) {
      frontier.append(leafHash(Buffer.from(`${salt}${at}`)), (level, index, hash) =>
        this.#nodes.set(`${level}/${index}`, hash),
      );
      this.#roots.push(frontier.root());
    }
  }

  note(size: number, { origin = ORIGIN, key = logKey }: { origin?: string; key?: SignerKey } = {}): string {
    const root = this.#roots[size] ?? expect.unreachable('size');
    const text = valueOf(formatCheckpoint({ origin, size, root, extensions: [] }));
    return valueOf(formatNote({ text, signatures: [signNote(text, key)] }));
  }

  request(old: number, size: number, note = this.note(size)): Buffer {
    const proof = old > size ? [] : valueOf(consistencyProof(old, size, this.#read));
    return Buffer.from(`old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`);
  }
}

const tree = new Tree(70);
const fork = new Tree(70, 'fork');

let folder = '';
let store: WitnessStore;
let witness: Witness;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dinhdanh-witness-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  store = await WitnessStore.open(folder);
  witness = open(store);
});

function open(on: Pick<WitnessStore, 'read' | 'replace' | 'keepEvidence'>): Witness {
  return new Witness({ key: witnessKey, logs, store: on, nowSeconds: () => NOW });
}

async function statusOf(body: Uint8Array): Promise<number> {
  return (await witness.addCheckpoint(body)).status;
}

describe('a witness', () => {
  it('cosigns the first checkpoint it sees, with its own time, in a line that others verify', async () => {
    const note = tree.note(5);
    const { status, body } = await witness.addCheckpoint(tree.request(0, 5));
    expect(status).toBe(200);
    const signatures = valueOf(parseSignatureLines(body));
    const text = valueOf(parseNote(Buffer.from(note))).text;
    const [verified] = valueOf(verifyNote({ text, signatures }, [verifierOf(witnessKey)]));
    expect(verified).toMatchObject({ timeSeconds: NOW });
    const policy = {
      origin: ORIGIN,
      logKey: verifierOf(logKey),
      witnessKeys: [verifierOf(witnessKey)],
      quorum: 1,
      nowSeconds: NOW,
    };
    expect(openCheckpoint(Buffer.from(note + body), policy)).toMatchObject({ ok: true });
  });

  it('cosigns every growth that is proved, the empty tree and standing still included', async () => {
    const sizes = [0, 0, 1, 1, 2, 7, 64, 64, 65, 70];
    let old = 0;
    for (const size of sizes) {
      expect(await statusOf(tree.request(old, size))).toBe(200);
      old = size;
    }
  });

  it('answers 409 with its own size to whoever starts from elsewhere', async () => {
    await witness.addCheckpoint(tree.request(0, 20));
    const conflict = { status: 409, contentType: 'text/x.tlog.size', body: '20\n' };
    for (const old of [0, 10, 19])
      expect(await witness.addCheckpoint(tree.request(old, 30))).toEqual(conflict);
    expect(await witness.addCheckpoint(tree.request(10, 20))).toEqual(conflict);
    expect(await witness.addCheckpoint(tree.request(25, 30))).toEqual(conflict);
  });

  it('never goes back: a log that was restored from an old copy gets 409, and no cosignature', async () => {
    await witness.addCheckpoint(tree.request(0, 50));
    for (const old of [0, 30, 40]) {
      const { status, body } = await witness.addCheckpoint(tree.request(old, 40));
      expect([status, body]).toEqual([409, '50\n']);
    }
    expect(await statusOf(tree.request(50, 51))).toBe(200);
  });

  it('refuses another history with 422, and another root of the same size with 409; both are kept as evidence', async () => {
    await witness.addCheckpoint(tree.request(0, 40));
    expect(await statusOf(fork.request(40, 60))).toBe(422);
    expect(await witness.addCheckpoint(fork.request(40, 40))).toMatchObject({ status: 409, body: '40\n' });
    const kept = await readdir(join(folder, 'evidence'));
    const notes = await Promise.all(kept.map((name) => readFile(join(folder, 'evidence', name), 'utf8')));
    expect(new Set(notes)).toEqual(new Set([fork.note(60), fork.note(40)]));
    expect(await statusOf(tree.request(40, 60))).toBe(200);
  });

  it('wants an empty proof from size 0 and between equals', async () => {
    const junk = toBase64(Buffer.alloc(32));
    const withProof = (old: number, size: number): Buffer =>
      Buffer.from(`old ${old}\n${junk}\n\n${tree.note(size)}`);
    expect(await statusOf(withProof(0, 5))).toBe(422);
    await witness.addCheckpoint(tree.request(0, 5));
    expect(await statusOf(withProof(5, 5))).toBe(422);
  });

  it('answers 404 for logs it does not know, also where a half-year only looks like one', async () => {
    for (const origin of [
      NAME,
      'other.example/2026h2',
      `${NAME}/2026h3`,
      `${NAME}/2026h2/x`,
      `x${NAME}/2026h2`,
    ]) {
      const note = tree.note(5, { origin, key: keyFromSeed(origin, 1) });
      expect(await statusOf(tree.request(0, 5, note))).toBe(404);
    }
  });

  it('answers 403 to signatures by others, and to the log’s own under the name of another half-year', async () => {
    expect(await statusOf(tree.request(0, 5, tree.note(5, { key: keyFromSeed(ORIGIN, 9) })))).toBe(403);
    const other = tree.note(5, { key: keyFromSeed(`${NAME}/2026h1`, 1) });
    expect(await statusOf(tree.request(0, 5, other))).toBe(403);
    const broken = tree.note(5).replace(/.{8}\n$/, 'AAAAAAA=\n');
    expect(await statusOf(tree.request(0, 5, broken))).toBe(403);
  });

  it('keeps the half-years of a log apart', async () => {
    await witness.addCheckpoint(tree.request(0, 50));
    const origin = `${NAME}/2027h1`;
    const note = tree.note(5, { origin, key: keyFromSeed(origin, 1) });
    expect(await statusOf(tree.request(0, 5, note))).toBe(200);
    expect(keyOfOrigin(logs, origin)?.name).toBe(origin);
  });

  it.each([
    ['nothing', ''],
    ['no empty line', `old 0\n${tree.note(5).replaceAll('\n\n', '\n')}`],
    ['no old size', `\n${tree.note(5)}`],
    ['an old size with a leading zero', `old 00\n\n${tree.note(5)}`],
    ['an old size below zero', `old -1\n\n${tree.note(5)}`],
    ['two blanks', `old  0\n\n${tree.note(5)}`],
    ['carriage returns', `old 0\r\n\n${tree.note(5)}`],
    ['a hash that is short', `old 0\nAAAA\n\n${tree.note(5)}`],
    ['64 proof lines', `old 1\n${`${toBase64(Buffer.alloc(32))}\n`.repeat(64)}\n${tree.note(5)}`],
    ['no note', 'old 0\n\n'],
    ['an old size above the new', `old 6\n\n${tree.note(5)}`],
  ])('answers 400 to a body with %s', async (_what, body) => {
    expect(await statusOf(Buffer.from(body))).toBe(400);
  });

  it('answers one request of an origin after the other: of many that start from one size, one wins', async () => {
    await witness.addCheckpoint(tree.request(0, 10));
    const sizes = Array.from({ length: 60 }, (_, at) => 11 + at);
    const answers = await Promise.all(sizes.map((size) => witness.addCheckpoint(tree.request(10, size))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status === 409).map(({ body }) => body))).toEqual(
      new Set(['11\n']),
    );
  });

  it('that dies after writing and before answering has cosigned: the log finds out by 409 or by asking again', async () => {
    const dying = open({
      read: (origin) => store.read(origin),
      keepEvidence: (note) => store.keepEvidence(note),
      replace: async (origin, note) => {
        await store.replace(origin, note);
        throw new Error('killed');
      },
    });
    await expect(dying.addCheckpoint(tree.request(0, 30))).rejects.toThrow('killed');
    expect(await witness.addCheckpoint(tree.request(0, 30))).toMatchObject({ status: 409, body: '30\n' });
    expect(await statusOf(tree.request(30, 30))).toBe(200);
    expect(await statusOf(fork.request(0, 30))).toBe(409);
  });

  it('that could not write has cosigned nothing, and goes on', async () => {
    let isFull = true;
    const full = open({
      read: (origin) => store.read(origin),
      keepEvidence: (note) => store.keepEvidence(note),
      replace: (origin, note) => (isFull ? Promise.reject(new Error('ENOSPC')) : store.replace(origin, note)),
    });
    await expect(full.addCheckpoint(tree.request(0, 30))).rejects.toThrow('ENOSPC');
    isFull = false;
    expect((await full.addCheckpoint(tree.request(0, 20))).status).toBe(200);
  });

  it('whose file was damaged or swapped cosigns nothing until somebody has looked', async () => {
    await witness.addCheckpoint(tree.request(0, 30));
    const file = join(folder, 'latest', encodeURIComponent(ORIGIN));
    const good = await readFile(file, 'utf8');
    for (const bad of ['', good.slice(0, -9), tree.note(3), good.replace('\n30\n', '\n29\n')]) {
      await writeFile(file, bad);
      await expect(witness.addCheckpoint(tree.request(30, 40))).rejects.toThrow(/damaged/);
    }
    await writeFile(file, good);
    expect(await statusOf(tree.request(30, 40))).toBe(200);
  });

  it('cosigns one chain of growth and nothing else, whatever it is sent', async () => {
    const step = fc.record({
      isFork: fc.boolean(),
      old: fc.nat(70),
      size: fc.nat(70),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const memory = new Map<string, Uint8Array>();
        const one = open({
          read: (origin) => Promise.resolve(memory.get(origin) ?? null),
          replace: (origin, note) => Promise.resolve(void memory.set(origin, Buffer.from(note))),
          keepEvidence: () => Promise.resolve(),
        });
        let latest = 0;
        let history: boolean | null = null;
        for (const { isFork, old, size } of steps) {
          const answer = await one.addCheckpoint((isFork ? fork : tree).request(old, size));
          const may = old === latest && size >= old && (history === null || history === isFork);
          expect(answer.status === 200).toBe(may);
          if (!may) continue;
          latest = size;
          // The tree of size 0 is the beginning of every history.
          if (size > 0) history = isFork;
        }
      }),
      { numRuns: 60 },
    );
  });
});
