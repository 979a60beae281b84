import { describe, expect, it } from 'vitest';
import { callName, isSameName } from './names.ts';

describe('names', () => {
  it('a citizen is called by the last word, a foreigner by the whole name', () => {
    expect(callName('Nguyễn Thị Minh Khai', false)).toBe('Khai');
    expect(callName('KIM MIN JUN', true)).toBe('KIM MIN JUN');
  });

  it('capitals, spaces and the form of the marks make no other name; missing marks do', () => {
    expect(isSameName('Vũ Thị Mỹ', 'VŨ  THỊ MỸ'.normalize('NFD'))).toBe(true);
    expect(isSameName('Vũ Thị Mỹ', 'VU THI MY')).toBe(false);
  });
});
