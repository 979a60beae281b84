import { describe, expect, it } from 'vitest';
import { checkListSizes } from './check-list-sizes.ts';
import { broken, lawful } from './lawful.fixture.ts';

describe('a page says what it sizes', () => {
  it('accepts a lawful schema', () => {
    expect(checkListSizes(lawful())).toEqual([]);
  });

  it('refuses a page of objects without a size, and takes it with one', () => {
    const page = 'again(first: Int = 20): [Vehicle!]';
    expect(checkListSizes(broken('vehicles', 'plate: String', `${page} plate: String`))).toEqual([
      'vehicles: Vehicle.again takes first and does not say by @listSize what it sizes.',
    ]);
    const sized = `${page} @listSize(slicingArguments: ["first"])`;
    expect(checkListSizes(broken('vehicles', 'plate: String', `${sized} plate: String`))).toEqual([]);
  });
});
