import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChipRefused } from './chip-refusal.ts';
import { tlv } from './synthetic/write-der.ts';
import { checkDer, readTlvs, valueOf } from './tlv.ts';

function bytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

describe('data objects', () => {
  it('are read back as they were written, with tags of one and two bytes and lengths of every form', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0x04, 0x61, 0x5f1f, 0x7f61),
        fc.uint8Array({ maxLength: 70_000, size: 'max' }),
        (tag, value) => {
          expect(Buffer.from(valueOf(tlv(tag, value), tag)).equals(value)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are refused, never thrown at in any other way, where bytes are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (input) => {
        for (const read of [readTlvs, checkDer]) {
          try {
            read(input);
          } catch (error) {
            expect(error).toBeInstanceOf(ChipRefused);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('DER', () => {
  it.each([
    ['a length in more bytes than it takes', '30810100'],
    ['a length with a zero before it', '3082000100'],
    ['a length that is not told', '30800000'],
    ['text in pieces', '2403040100'],
    ['a number with a byte too many', '02020001'],
    ['a truth that is neither', '010101'],
    ['a null with something in it', '050100'],
    ['bits that are not there, set', '03020101'],
    ['more than there is', '300500'],
    ['bytes behind the end', '300000'],
    ['nesting without end', nested(40)],
  ])('is refused with %s', (_what, hex) => {
    expect(() => checkDer(bytes(hex))).toThrow(ChipRefused);
  });

  it('is taken in its one form', () => {
    expect(() => checkDer(bytes('300d0101ff02020080030201020500'))).not.toThrow();
  });
});

function nested(depth: number): string {
  let inner: Uint8Array = new Uint8Array();
  for (let level = 0; level < depth; level += 1) inner = tlv(0x30, inner);
  return Buffer.from(inner).toString('hex');
}
