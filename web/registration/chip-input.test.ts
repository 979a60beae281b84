import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64UrlOf, chipInput } from './chip-input.ts';

test('the bytes that were read are the bytes that are sent', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ maxLength: 50 }), (file, answer) => {
      const told = {
        groups: { DG1: Buffer.from(file).toString('base64url') },
        response: Buffer.from(answer).toString('base64url'),
      };
      const sent = chipInput(told);
      expect(sent.files).toEqual([{ name: 'DG1', content: Buffer.from(file).toString('base64') }]);
      expect(sent.signature).toBe(Buffer.from(answer).toString('base64'));
      expect(base64UrlOf(sent.signature)).toBe(told.response);
    }),
  );
});

test('fingerprints never leave the browser, whatever a reader has read', () => {
  expect(
    chipInput({ groups: { DG3: 'AAAA', COM: 'AAAA' }, response: '' }).files.map(({ name }) => name),
  ).toEqual(['COM']);
});
