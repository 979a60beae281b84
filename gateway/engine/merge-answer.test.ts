import { describe, expect, test } from 'vitest';
import { FieldFailure } from './field-failure.ts';
import { collectTargets, copyData, mergeInto } from './merge-answer.ts';
import type { PathSegment } from './step.ts';

const field = (key: string): PathSegment => ({ kind: 'field', key });
const ofType = (...names: string[]): PathSegment => ({ kind: 'type', names: new Set(names) });

describe('the objects at the end of a path', () => {
  const citizen = { __typename: 'Citizen', c_2: 1 };
  const foreigner = { __typename: 'ForeignResident', c_2: 2 };
  const root = {
    __typename: 'Query',
    c_0: { c_1: [citizen, null, [foreigner], new FieldFailure('X', 's')] },
  };

  test('lists, nulls and failures on the way are walked through or passed by', () => {
    expect(collectTargets(root, [field('c_0'), field('c_1'), { kind: 'list' }])).toEqual([
      citizen,
      foreigner,
    ]);
  });
  test('a type at the end leaves the others out', () => {
    expect(collectTargets(root, [field('c_0'), field('c_1'), { kind: 'list' }, ofType('Citizen')])).toEqual([
      citizen,
    ]);
  });
  test('a type at the root', () => {
    expect(collectTargets(root, [ofType('Query'), field('c_0')])).toEqual([root.c_0]);
    expect(collectTargets(root, [ofType('Mutation'), field('c_0')])).toEqual([]);
  });
});

test('a copy shares nothing but failures with its origin', () => {
  const failure = new FieldFailure('X', 's');
  const origin = { c_0: [{ c_1: 'x', c_2: failure }] };
  const copy = copyData(origin);
  expect(copy).toEqual(origin);
  expect(copy.c_0).not.toBe(origin.c_0);
  expect(copy.c_0[0]).not.toBe(origin.c_0[0]);
  expect(copy.c_0[0]?.c_2).toBe(failure);
});

test('what stands in the tree stays; what is missing or failed is filled, at every depth', () => {
  const target = { c_0: 'own', c_1: { c_2: 'own' }, c_4: [{ c_5: 1 }], c_6: new FieldFailure('X', 's') };
  mergeInto(target, {
    c_0: 'other',
    c_1: { c_2: 'other', c_3: 'new' },
    c_4: [{ c_5: 2, c_7: 3 }],
    c_6: 'filled',
  });
  expect(target).toEqual({
    c_0: 'own',
    c_1: { c_2: 'own', c_3: 'new' },
    c_4: [{ c_5: 1, c_7: 3 }],
    c_6: 'filled',
  });
});
