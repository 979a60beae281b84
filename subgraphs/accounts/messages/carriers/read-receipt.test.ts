import fc from 'fast-check';
import type { PDU } from 'smpp';
import { describe, expect, it } from 'vitest';
import { readReceipt } from './read-receipt.ts';

const text =
  'id:0123456789 sub:001 dlvrd:001 submit date:2611211000 done date:2611211001 stat:DELIVRD err:000 text:Ma';
const read = (fields: object) => readReceipt(fields as PDU);

describe('a receipt', () => {
  it.each<[string, object, object | null]>([
    [
      'in its text',
      { short_message: { message: text } },
      { id: '0123456789', delivered: true, reason: null },
    ],
    [
      'in bytes',
      { short_message: { message: Buffer.from(text) } },
      { id: '0123456789', delivered: true, reason: null },
    ],
    [
      'not delivered',
      { short_message: { message: text.replace('DELIVRD', 'EXPIRED') } },
      { id: '0123456789', delivered: false, reason: 'EXPIRED' },
    ],
    ['on its way', { short_message: { message: text.replace('DELIVRD', 'ENROUTE') } }, null],
    [
      'in fields of its own',
      { receipted_message_id: 'ab', message_state: 2 },
      { id: 'ab', delivered: true, reason: null },
    ],
    [
      'rejected',
      { receipted_message_id: 'ab', message_state: 8 },
      { id: 'ab', delivered: false, reason: 'REJECTD' },
    ],
    ['accepted only', { receipted_message_id: 'ab', message_state: 6 }, null],
    ['of nothing', { short_message: { message: 'stat:DELIVRD' } }, null],
    ['of a state nobody knows', { short_message: { message: text.replace('DELIVRD', 'PERHAPS') } }, null],
  ])('%s', (_, fields, receipt) => {
    expect(read({ esm_class: 4, ...fields })).toEqual(receipt);
  });

  it('is nothing that a person wrote, whatever it says', () => {
    expect(read({ esm_class: 0, short_message: { message: text } })).toBeNull();
    expect(read({ short_message: { message: text } })).toBeNull();
  });

  it('of any text is read or left, and never fails', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.integer({ min: 0, max: 255 })), (message, state) => {
        const fields = {
          esm_class: 4,
          short_message: { message },
          ...(state === null ? {} : { message_state: state }),
        };
        expect(() => read(fields)).not.toThrow();
      }),
    );
  });
});
