import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShareItem } from './asked.ts';
import { decideItems } from './decide-items.ts';

function item(id: string, marks: Partial<ShareItem> = {}): ShareItem {
  const label = { vi: id, en: id };
  return {
    id,
    claim: id,
    fields: [`person.${id}`],
    label,
    voluntary: false,
    sensitive: false,
    separateTick: false,
    ...marks,
  };
}

const name = item('name');
const phone = item('phone', { voluntary: true });
const health = item('health', { separateTick: true, sensitive: true });
const salary = item('salary', { separateTick: true, voluntary: true });
const all = [name, phone, health, salary];
const ids = (decided: ReturnType<typeof decideItems>): unknown =>
  'granted' in decided ? decided.granted.map(({ id }) => id) : decided.problem;

describe('a yes', () => {
  it('gives what is essential, and of the rest what was named', () => {
    expect(ids(decideItems(all, { voluntary: [], ticked: ['health'] }))).toEqual(['name', 'health']);
    expect(ids(decideItems(all, { voluntary: ['phone'], ticked: ['health', 'salary'] }))).toEqual([
      'name',
      'phone',
      'health',
      'salary',
    ]);
  });

  it('is none for an essential item whose own tick is missing', () => {
    const required = { field: 'ticked', reason: 'TICK_REQUIRED' };
    expect(ids(decideItems(all, { voluntary: ['phone'], ticked: [] }))).toEqual(required);
    expect(ids(decideItems(all, { voluntary: ['salary'], ticked: ['health'] }))).toEqual(required);
  });

  it('is refused where it names what was not asked so', () => {
    expect(ids(decideItems(all, { voluntary: ['name'], ticked: ['health'] }))).toMatchObject({
      field: 'voluntary',
    });
    expect(ids(decideItems(all, { voluntary: [], ticked: ['health', 'phone'] }))).toMatchObject({
      field: 'ticked',
    });
  });

  it('to nothing is none', () => {
    expect(ids(decideItems([phone, salary], { voluntary: [], ticked: [] }))).toMatchObject({
      reason: 'NOTHING_GRANTED',
    });
  });

  it('never gives a voluntary item or one with a tick of its own that was not named', () => {
    fc.assert(
      fc.property(
        fc.subarray(all),
        fc.subarray(['phone', 'salary']),
        fc.subarray(['health', 'salary']),
        (items, voluntary, ticked) => {
          const decided = decideItems(items, { voluntary, ticked });
          if ('problem' in decided) return;
          for (const { id, ...given } of decided.granted) {
            if (given.separateTick) expect(ticked).toContain(id);
            else if (given.voluntary) expect(voluntary).toContain(id);
          }
          for (const essential of items.filter((each) => !each.voluntary))
            expect(decided.granted).toContain(essential);
        },
      ),
    );
  });
});
