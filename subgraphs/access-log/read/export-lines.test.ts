import { describe, expect, it } from 'vitest';
import { csvCell } from './export-lines.ts';

describe('a cell of CSV', () => {
  it.each([
    [null, ''],
    [12, '12'],
    [-1, '-1'],
    [false, 'false'],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=1+1', "'=1+1"],
    ['+84', "'+84"],
    ['-pseudonym', "'-pseudonym"],
    ['@sum', "'@sum"],
    ['\tcmd', "'\tcmd"],
    ['=a,b', '"\'=a,b"'],
    ['Điều 12', 'Điều 12'],
  ])('writes %j as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});
