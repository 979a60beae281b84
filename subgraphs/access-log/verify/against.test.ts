import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  encodeEntry,
  formatTlogProof,
  formatVerifierKey,
  inclusionProof,
  leafHash,
  verifierOf,
} from '../tlog/index.ts';
import type { ServedCall } from '../tlog/index.ts';
import {
  SAMPLE_TIME_SECONDS,
  type SampleLog,
  sampleEntries,
  sampleEntry,
  sampleLog,
  valueOf,
} from '../testing.ts';
import type { Language } from './config.ts';
import { run } from './run.ts';

const count = 300;
const entries = sampleEntries(count);
const log = sampleLog(entries);
const other = sampleLog(entries.slice(0, 20), 'log.example/2026h1');
let folder = '';
const path = (name: string): string => join(folder, name);
const keysOf = (of: SampleLog): string[] => ['--log-key', formatVerifierKey(verifierOf(of.logKey))];
const witnesses = log.witnessKeys.flatMap((key) => ['--witness-key', formatVerifierKey(verifierOf(key))]);
const keys = [...keysOf(log), ...witnesses];

async function call(
  args: readonly string[],
  language: Language = 'en',
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    language,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    nowSeconds: () => SAMPLE_TIME_SECONDS,
    ticksMs: () => 0,
  });
  return { code, out, err };
}

/** The call that entry `number` of the sample covers, as its registry would have kept it. */
function servedCall(number: number, given: Partial<ServedCall> = {}): ServedCall {
  return {
    service: 'population',
    callId: `request-${number}.0.0`,
    at: sampleEntry(number).time,
    actorKind: 'person',
    subjects: 1,
    claims: 2,
    ...given,
  };
}

async function against(
  calls: readonly ServedCall[],
  more: readonly string[] = [],
  language: Language = 'en',
) {
  await writeFile(path('served.jsonl'), calls.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return call(['--log', path('log'), ...keys, '--against', path('served.jsonl'), ...more], language);
}

/** A line of an export. */
function line(number: number, of: SampleLog = log, given: Readonly<Record<string, unknown>> = {}): string {
  const bytes = of.entries[number] ?? Buffer.alloc(0);
  const size = of.entries.length;
  const proof = valueOf(
    formatTlogProof({
      index: number,
      path: valueOf(inclusionProof(number, size, of.read)),
      checkpoint: of.checkpoint.toString(),
      extra: null,
    }),
  );
  return JSON.stringify({
    origin: of.logKey.name,
    index: number,
    leafHash: leafHash(bytes).toString('base64'),
    entry: bytes.toString(),
    proof,
    ...given,
  });
}

async function exported(lines: readonly string[], more: readonly string[] = keys, language: Language = 'en') {
  await writeFile(path('export.jsonl'), lines.map((text) => `${text}\n`).join(''));
  return call(['--export', path('export.jsonl'), ...more], language);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dinhdanh-verify-'));
  for (const [file, bytes] of log.files) {
    await mkdir(dirname(path(`log/${file}`)), { recursive: true });
    await writeFile(path(`log/${file}`), bytes);
  }
});

afterAll(() => rm(folder, { recursive: true }));

describe('served calls against the log', () => {
  test('hold where each has its entry', async () => {
    const calls = Array.from({ length: count }, (_, number) => servedCall(number));
    const { code, out, err } = await against(calls);
    expect(code).toBe(0);
    expect(out).toContain('300 calls that registries served have their entry\n');
    expect(out.trimEnd().endsWith('VERIFIED')).toBe(true);
    expect(err).toContain('100 % 300/300');
  });

  test('that have none are named by service and call, the oldest first, with code 1', async () => {
    const missing = [servedCall(70, { callId: 'gone-b.0.0' }), servedCall(9, { callId: 'gone-a.1.0' })];
    const { code, out } = await against([servedCall(1), ...missing]);
    expect(code).toBe(1);
    expect(out).toBe(
      `FAILED: a registry served what the log does not know: 2
  population gone-a.1.0 ${sampleEntry(9).time}
  population gone-b.0.0 ${sampleEntry(70).time}
`,
    );
    const vietnamese = await against(missing, [], 'vi');
    expect(vietnamese.out).toContain('KHÔNG ĐẠT: cơ sở dữ liệu đã cung cấp điều mà nhật ký không có: 2\n');
    const json = JSON.parse((await against(missing, ['--json'])).out) as {
      kind: string;
      calls: ServedCall[];
    };
    expect([json.kind, json.calls.map(({ callId }) => callId)]).toEqual([
      'served-not-logged',
      ['gone-a.1.0', 'gone-b.0.0'],
    ]);
  });

  test('are not covered by an entry of another service or of another time', async () => {
    expect((await against([servedCall(4, { service: 'vehicles' })])).code).toBe(1);
    expect((await against([servedCall(4, { at: '2026-11-21T00:04:59.000Z' })])).code).toBe(0);
    // Before all entries, and after the log began.
    expect((await against([servedCall(4, { at: '2026-11-10T00:00:00.000Z' })])).code).toBe(1);
    expect((await against([servedCall(4, { at: '2026-06-10T00:00:00.000Z' })])).out).toContain('not judged');
  });

  test('need none where they told nothing of anybody', async () => {
    const calls = [
      servedCall(1, { callId: 'a.0.0', claims: 0 }),
      servedCall(1, { callId: 'b.0.0', actorKind: 'system', subjects: 0 }),
    ];
    expect((await against(calls)).code).toBe(0);
  });

  test('are found in a log that has no entry at all', async () => {
    const empty = sampleLog([]);
    await mkdir(path('empty'), { recursive: true });
    await writeFile(path('empty/checkpoint'), empty.checkpoint);
    await writeFile(path('served.jsonl'), JSON.stringify(servedCall(1, { at: '2026-11-10T00:00:00.000Z' })));
    const { code, out } = await call(['--log', path('empty'), ...keys, '--against', path('served.jsonl')]);
    expect([code, out]).toEqual([1, expect.stringContaining('population request-1.0.0')]);
  });

  test('are not judged outside the time of a part of the log', async () => {
    const calls = [servedCall(120), servedCall(5, { callId: 'x.0.0' }), servedCall(290, { callId: 'y.0.0' })];
    const { code, out } = await against(calls, ['--range', '100-200']);
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('2 calls lie outside the time of these entries'),
    ]);
    const inside = [servedCall(150, { callId: 'z.0.0' })];
    expect((await against(inside, ['--range', '100-200'])).code).toBe(1);
  });

  test('that cannot be read end with 2', async () => {
    await writeFile(path('broken.jsonl'), `${JSON.stringify(servedCall(1))}\n{"service":"population"}\n`);
    const broken = await call(['--log', path('log'), ...keys, '--against', path('broken.jsonl')]);
    expect([broken.code, broken.err]).toEqual([2, expect.stringContaining('broken.jsonl:2')]);
    expect((await call(['--log', path('log'), ...keys, '--against', path('none')])).code).toBe(2);
    expect((await call([...keys, '--against', path('broken.jsonl')])).code).toBe(2);
  });
});

describe('an export', () => {
  test('holds by its own proofs, without the log', async () => {
    const { code, out, err } = await exported([0, 7, 255, 299].map((number) => line(number)));
    expect([code, out]).toEqual([0, '4 lines of the export hold, each by its proof\nVERIFIED\n']);
    expect(err).toContain('100 % 4/4');
    const asObject = line(7, log, { entry: sampleEntry(7) });
    expect((await exported([asObject], keys, 'vi')).out).toContain('ĐÃ XÁC MINH');
    expect(JSON.parse((await exported([line(3)], [...keys, '--json'])).out)).toEqual({
      verified: true,
      lines: 1,
    });
  });

  test('of several logs holds where the key of each is given', async () => {
    const lines = [line(5), line(5, other)];
    expect((await exported(lines, [...keys, ...keysOf(other)])).code).toBe(0);
    const { code, out } = await exported(lines);
    expect([code, out]).toEqual([
      1,
      `FAILED: first bad index 5: the receipt is of another log [${path('export.jsonl')}:2]\n`,
    ]);
  });

  test.each([
    ['an entry that was changed', { entry: entries[8]?.toString() }],
    [
      'an entry and its hash that were changed',
      { entry: entries[8]?.toString(), leafHash: leafHash(entries[8] ?? Buffer.alloc(0)).toString('base64') },
    ],
    ['a hash that was changed', { leafHash: Buffer.alloc(32).toString('base64') }],
    ['an index that was changed', { index: 8 }],
    ['the proof of another entry', { proof: (JSON.parse(line(8)) as { proof: string }).proof }],
    ['no proof', { proof: undefined }],
    ['no entry', { entry: null }],
  ])('with %s is refused at that line', async (_, given) => {
    const { code, out } = await exported([line(1), line(7, log, given), line(9)]);
    expect(code).toBe(1);
    expect(out).toMatch(/^FAILED: first bad index [78]: .*export\.jsonl:2\]\n$/);
  });

  test('signed by somebody else, or cosigned by too few, is refused', async () => {
    const stranger = sampleLog(entries.slice(0, 30), 'stranger.example/2026h2');
    expect((await exported([line(3, stranger, { origin: log.logKey.name })])).code).toBe(1);
    const cut = (JSON.parse(line(3)) as { proof: string }).proof.replace(/— witness\.example\/w3 .*\n/, '');
    expect((await exported([line(3, log, { proof: cut })])).out).toContain('too few witnesses have cosigned');
    expect((await exported([line(3, log, { proof: cut })], [...keys, '--quorum', '1'])).code).toBe(0);
  });

  test('that is none ends with 1, and a missing file with 2', async () => {
    expect((await exported(['index,time', '1,2'])).out).toContain('export.jsonl:1]');
    expect((await call(['--export', path('none'), ...keys])).code).toBe(2);
    expect((await exported([line(1)], [])).code).toBe(2);
  });

  test('and the log are verified in one call', async () => {
    const { code, out } = await exported([line(1)], ['--log', path('log'), ...keys]);
    expect([code, out]).toEqual([0, expect.stringContaining('1 lines of the export hold')]);
    expect(out.trimEnd().endsWith('VERIFIED')).toBe(true);
  });

  test('reads an entry of the sample as the log has it', () => {
    expect(valueOf(encodeEntry(sampleEntry(7)))).toEqual(entries[7]);
  });
});
