import { describe, expect, it } from 'vitest';
import { plateFace } from './plate.ts';

describe('plateFace', () => {
  it.each([
    ['30A-123.45', false, { series: '30A', number: '123.45', lines: 1 }],
    ['59X1-123.45', true, { series: '59X1', number: '123.45', lines: 2 }],
    ['29AA-123.45', true, { series: '29AA', number: '123.45', lines: 2 }],
    ['29A-1234', false, { series: '29A', number: '1234', lines: 1 }],
    ['29MĐ1-123.45', true, { series: '29MĐ1', number: '123.45', lines: 2 }],
  ] as const)('%s is split where the plate splits it', (plate, motorcycle, face) => {
    expect(plateFace(plate, motorcycle)).toEqual(face);
  });

  it('a plate of another form is shown whole', () => {
    expect(plateFace('80-NG-012-34', true)).toEqual({ series: '80-NG-012-34', number: '', lines: 1 });
  });
});
