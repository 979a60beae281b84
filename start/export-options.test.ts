import { describe, expect, it } from 'vitest';
import { readExportOptions } from './export-options.ts';
import { serviceNames } from './service-names.ts';

const read = (...words: string[]) => readExportOptions(words, serviceNames);

describe('the command line of export-served', () => {
  it('names a service and, if it likes, a time: days begin at midnight UTC', () => {
    expect(read('vehicles')).toEqual({ service: 'vehicles', from: null, to: null });
    expect(read('access-log', '--from', '2026-11-01', '--to', '2026-11-21T03:04:05Z')).toEqual({
      service: 'access-log',
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-21T03:04:05.000Z',
    });
  });

  it.each([
    [[]],
    [['gateway']],
    [['vehicles', 'population']],
    [['vehicles', '--since', '2026-11-01']],
    [['vehicles', '--from']],
    [['vehicles', '--from', 'yesterday']],
    [['vehicles', '--to', '2026-02-30']],
    [['vehicles', '--to', '2026-11-21T03:04:05']],
  ])('%j is refused with a sentence', (words) => {
    expect(() => read(...words)).toThrow(/^[A-Z-].*\.$/);
  });
});
