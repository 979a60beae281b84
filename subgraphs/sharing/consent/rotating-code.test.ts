import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCode, makeCode, nextCodeInMs, readCode, STEP_SECONDS } from './rotating-code.ts';
import type { CodeSource, ReadCode } from './rotating-code.ts';
import { later } from './share-states.ts';

const start = new Date('2026-11-21T03:00:00Z');
const source: CodeSource = { handle: 'A'.repeat(22), codeKey: Buffer.alloc(32, 1), codeFrom: start };
const read = (code: string): ReadCode => readCode(code) as ReadCode;

describe('the rotating code', () => {
  it('is taken while it is shown and one step before or after, and no screenshot later', () => {
    fc.assert(
      fc.property(fc.nat({ max: 120_000 }), fc.integer({ min: -20_000, max: 20_000 }), (shownMs, delayMs) => {
        const shown = new Date(start.getTime() + shownMs);
        const taken = new Date(Math.max(start.getTime(), shown.getTime() + delayMs));
        const stepOf = (at: Date): number =>
          Math.floor((at.getTime() - start.getTime()) / (STEP_SECONDS * 1000));
        const near = Math.abs(stepOf(taken) - stepOf(shown)) <= 1;
        expect(checkCode(read(makeCode(source, 'q', shown)), source, taken)).toBe(near ? 'GOOD' : 'OLD');
      }),
    );
  });

  it('is false when any part of it is another', () => {
    const code = read(makeCode(source, 'q', start));
    const false_ = (change: Partial<ReadCode>): string => checkCode({ ...code, ...change }, source, start);
    expect(false_({ step: '1' })).toBe('FALSE');
    expect(false_({ door: 'l' })).toBe('FALSE');
    expect(false_({ handle: 'B'.repeat(22) })).toBe('FALSE');
    expect(false_({ mac: 'A'.repeat(16) })).toBe('FALSE');
    expect(checkCode(code, { ...source, codeKey: Buffer.alloc(32, 2) }, start)).toBe('FALSE');
  });

  it('of a link holds at any time, and no picture becomes a link', () => {
    const link = makeCode(source, 'l', later(start, 50));
    expect(link).toMatch(/\.0\.l\./);
    expect(checkCode(read(link), source, later(start, 100))).toBe('GOOD');
    expect(checkCode(read(link.replace('.l.', '.q.')), source, start)).toBe('FALSE');
  });

  it('is read in its own form alone', () => {
    for (const other of [
      '',
      'a.b.c.d',
      `${makeCode(source, 'q', start)}x`,
      `${'A'.repeat(300)}.0.q.${'A'.repeat(16)}`,
    ])
      expect(readCode(other)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void readCode(text)));
  });

  it('tells when the picture changes', () => {
    expect(nextCodeInMs(source, start)).toBe(2000);
    expect(nextCodeInMs(source, new Date(start.getTime() + 4_700))).toBe(1300);
  });
});
