import { expect, it } from 'vitest';
import { castPeople } from './cast.ts';
import { organisations, taxCheckDigit } from './organisations.ts';

it('organisations are made up, say so, and have tax codes that are right in form and nobody’s', () => {
  for (const { id, legalName, taxCode } of organisations) {
    expect(id).toMatch(/^[\w-]{22}$/u);
    expect(legalName).toMatch(/\(giả lập\)$/u);
    expect(legalName).toBe(legalName.normalize('NFC'));
    expect(taxCode).toMatch(/^97\d{8}$/u);
    expect(Number(taxCode[9])).toBe(taxCheckDigit(taxCode.slice(0, 9)));
  }
  for (const field of ['key', 'id', 'taxCode', 'legalName'] as const)
    expect(new Set(organisations.map((one) => one[field])).size).toBe(organisations.length);
});

it('a tax code’s check digit is that of the published rule', () => {
  // Two tax codes that companies print on their own pages.
  expect(taxCheckDigit('010011243')).toBe(7);
  expect(taxCheckDigit('010124814')).toBe(1);
  expect(taxCheckDigit('970000008')).toBeNull();
});

it('a representative of the cast has an account of level 2 in use', () => {
  for (const { representative } of organisations.filter((one) => one.representative !== null)) {
    const account = castPeople.find((person) => person.account?.subject === representative)?.account;
    expect(account).toMatchObject({ level: 2, status: 'ACTIVE' });
  }
});
