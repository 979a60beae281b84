import { sampleEntries, sampleLog, valueOf } from '@dinhdanh/access-log/testing';
import { formatTlogProof, inclusionProof, leafHash } from '@dinhdanh/access-log/tlog';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkProof, type ProofClaim } from './check-proof.ts';

const origin = 'log.example/2026h2';

/** What the server gives for an entry of a log of a size, made by the log's own arithmetic. */
function claimAt(size: number, index: number): ProofClaim {
  const log = sampleLog(sampleEntries(size), origin);
  const entry = log.entries[index] ?? Buffer.alloc(0);
  const path = valueOf(inclusionProof(index, size, log.read));
  const checkpoint = log.checkpoint.toString();
  return {
    origin,
    index,
    leafHash: leafHash(entry).toString('base64'),
    entry: entry.toString(),
    proof: valueOf(formatTlogProof({ index, path, checkpoint, extra: null })),
  };
}

describe('checkProof', () => {
  it('takes every entry of every log of up to 17 entries', async () => {
    for (let size = 1; size <= 17; size += 1) {
      for (let index = 0; index < size; index += 1) {
        expect(await checkProof(claimAt(size, index)), `${index} of ${size}`).toEqual({
          state: 'holds',
          size,
        });
      }
    }
  });

  const good = claimAt(11, 6);
  const [, , firstHash = ''] = good.proof.split('\n');
  it.each<[string, Partial<ProofClaim>]>([
    ['an entry of other words', { entry: good.entry.replace('hotel', 'motel') }],
    ['a hash of another entry', { leafHash: claimAt(11, 7).leafHash }],
    ['a proof of another entry', { proof: claimAt(11, 7).proof }],
    ['a place that is not its own', { index: 7 }],
    ['another log', { origin: 'log.example/2026h1' }],
    ['a path of other hashes', { proof: good.proof.replace(firstHash, btoa('x'.repeat(32))) }],
    ['a path with a hash too few', { proof: good.proof.replace(`${firstHash}\n`, '') }],
    ['a path with a hash too many', { proof: good.proof.replace(firstHash, `${firstHash}\n${firstHash}`) }],
    ['a hash of another length', { proof: good.proof.replace(firstHash, 'AAAA') }],
    ['a tree of another size', { proof: good.proof.replace('\n11\n', '\n99\n') }],
    ['no proof at all', { proof: 'không có' }],
    ['nothing', { proof: '' }],
  ])('refuses %s', async (_what, change) => {
    expect(await checkProof({ ...good, ...change })).toEqual({ state: 'fails' });
  });

  it('reads past what an application put beside the proof', async () => {
    const proof = good.proof.replace('\nindex', '\nextra AAAA\nindex');
    expect(await checkProof({ ...good, proof })).toEqual({ state: 'holds', size: 11 });
  });

  it('does not judge where the browser lends no arithmetic', async () => {
    vi.stubGlobal('crypto', {});
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(await checkProof(good)).toEqual({ state: 'unable' });
  });
});
