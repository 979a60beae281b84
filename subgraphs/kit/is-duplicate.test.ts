import { describe, expect, it } from 'vitest';
import { isDuplicate } from './is-duplicate.ts';

describe('a refused write is a duplicate', () => {
  it.each<[string, unknown]>([
    ['that Prisma made itself', { code: 'P2002', meta: {} }],
    ['that the driver tells of', { code: '23505' }],
    ['by hand, told by an engine', { code: 'P2010', meta: { code: '23505' } }],
    [
      'by hand, told by a driver adapter',
      { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '23505' } } } },
    ],
  ])('%s', (_, error) => expect(isDuplicate(error)).toBe(true));

  it.each<[string, unknown]>([
    [
      'for another reason',
      { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '23503' } } } },
    ],
    ['by nothing of a database', new TypeError('23505')],
    ['by nothing', null],
  ])('but not %s', (_, error) => expect(isDuplicate(error)).toBe(false));
});
