import { expect, it } from 'vitest';
import type { AppendAnswer } from './append-entry.ts';
import { BatchMemory } from './batch-memory.ts';

const answer: AppendAnswer = { origin: 'log.test/2026h2', receipts: [] };

it('a batch is known by its id, with what becomes of it', async () => {
  const memory = new BatchMemory();
  expect(memory.find('one', 'digest')).toBeNull();
  memory.remember('one', { digest: 'digest', outcome: Promise.resolve(answer) }, 1);
  expect(await memory.find('one', 'digest')).toBe(answer);
  expect(() => memory.find('one', 'other')).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
});

it('a batch that was refused may be sent again', async () => {
  const memory = new BatchMemory();
  const outcome = Promise.reject(new TypeError('refused'));
  memory.remember('one', { digest: 'digest', outcome }, 1);
  await expect(memory.find('one', 'digest')).rejects.toThrow('refused');
  expect(memory.find('one', 'digest')).toBeNull();
});

it('what is remembered is bounded, and the newest half of it is never forgotten', () => {
  const memory = new BatchMemory(20);
  const outcome = Promise.resolve(answer);
  for (let number = 0; number < 1_000; number += 1) {
    memory.remember(`batch-${number}`, { digest: 'digest', outcome }, 2);
    for (let back = 0; back < Math.min(5, number); back += 1) {
      expect(memory.find(`batch-${number - back}`, 'digest')).not.toBeNull();
    }
    if (number >= 10) expect(memory.find(`batch-${number - 10}`, 'digest')).toBeNull();
  }
});
