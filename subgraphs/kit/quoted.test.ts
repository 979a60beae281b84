import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoted } from './quoted.ts';

test('a text is written as JSON writes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(quoted(text)).toBe(JSON.stringify(text));
    }),
  );
  for (let code = 0; code < 0x3000; code += 1) {
    const text = `a${String.fromCharCode(code)}`;
    expect(quoted(text)).toBe(JSON.stringify(text));
  }
});
