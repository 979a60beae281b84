import { expect, test } from 'vitest';
import { base64Of, largestPortraitBytes, portraitFileFault } from './portrait-file.ts';

test.each([
  ['a JPEG', { type: 'image/jpeg', size: 1000 }, null],
  ['a PNG', { type: 'image/png', size: largestPortraitBytes }, null],
  ['a PDF', { type: 'application/pdf', size: 1000 }, 'notAnImage'],
  ['a picture too large', { type: 'image/png', size: largestPortraitBytes + 1 }, 'tooLarge'],
] as const)('a file that cannot be a portrait is refused before it is sent: %s', (_case, file, fault) => {
  expect(portraitFileFault(file)).toBe(fault);
});

test('a picture is sent as its own bytes', async () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => at % 256);
  expect(await base64Of(new Blob([bytes]))).toBe(Buffer.from(bytes).toString('base64'));
});
