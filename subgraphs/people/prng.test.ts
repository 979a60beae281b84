import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addYears, ageOn, dayOf, iso, monthOf, monthText } from './calendar.ts';
import { permute, Stream, seedOf, weighted } from './prng.ts';

describe('permute', () => {
  it('never maps two counters onto one number', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (key, rows, columns) => {
          const size = rows * columns;
          const images = new Set(
            Array.from({ length: size }, (_, value) => permute(key, rows, columns, value)),
          );
          return images.size === size && Math.max(...images) === size - 1 && Math.min(...images) === 0;
        },
      ),
    );
  });
});

describe('Stream', () => {
  it('gives the same numbers for the same seed, entity and index, and others for each other', () => {
    const first = (seed: string, entity: number, index: number): string => {
      const stream = new Stream(seedOf(seed), entity, index);
      return [stream.next(), stream.next(), stream.next()].join();
    };
    expect(first('a', 1, 2)).toBe(first('a', 1, 2));
    const seen = new Set<string>();
    for (const seed of ['a', 'b'])
      for (let entity = 0; entity < 9; entity += 1)
        for (let index = 0; index < 999; index += 1) seen.add(first(seed, entity, index));
    expect(seen.size).toBe(2 * 9 * 999);
  });

  it('spreads evenly over neighbouring indexes', () => {
    let sum = 0;
    for (let index = 0; index < 20_000; index += 1) sum += new Stream(seedOf('x'), 3, index).unit();
    expect(sum / 20_000).toBeCloseTo(0.5, 2);
  });
});

it('a weighted list is drawn by its weights', () => {
  const list = weighted({ a: 1, b: 3 });
  const stream = new Stream(seedOf('w'), 1, 1);
  let hits = 0;
  for (let draw = 0; draw < 20_000; draw += 1) if (list.draw(stream) === 'b') hits += 1;
  expect(hits / 20_000).toBeCloseTo(0.75, 2);
});

describe('calendar', () => {
  it('writes each day back as it was read', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20_000, max: 40_000 }),
        (day) =>
          dayOf(iso(day)) === day && iso(day) === new Date(day * 86_400_000).toISOString().slice(0, 10),
      ),
    );
  });

  it('counts an age from birthday to birthday', () => {
    const birth = dayOf('1988-05-14');
    expect(ageOn(birth, dayOf('2026-05-13'))).toBe(37);
    expect(ageOn(birth, dayOf('2026-05-14'))).toBe(38);
    expect(iso(addYears(dayOf('2024-02-29'), 1))).toBe('2025-03-01');
    expect(monthText(monthOf(dayOf('2019-08-31')))).toBe('2019-08');
  });
});
