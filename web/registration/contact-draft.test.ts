import { expect, test } from 'vitest';
import { contactFault, contactInput, emptyContact } from './contact-draft.ts';

const citizen = { ...emptyContact, number: '097 199 000 001', phone: '0912 345 678' };
const foreigner = {
  ...emptyContact,
  kind: 'FOREIGN_RESIDENT' as const,
  passport: 'c01x00t47',
  passportCountry: 'deu',
  phone: '+84912345678',
};

test.each([
  ['a number of 12 digits, with spaces', citizen, null],
  ['11 digits', { ...citizen, number: '09719900000' }, 'number'],
  ['letters', { ...citizen, number: '09719900000a' }, 'number'],
  ['a landline', { ...citizen, phone: '0241234567' }, 'phone'],
  ['an e-mail address', { ...citizen, email: 'a@b.vn' }, null],
  ['no e-mail address', { ...citizen, email: 'a@b' }, 'email'],
  ['a foreigner by passport', foreigner, null],
  ['a foreigner with neither', { ...foreigner, passport: '' }, 'passport'],
  ['a foreigner without the country', { ...foreigner, passportCountry: '' }, 'passport'],
  ['a foreigner by number', { ...foreigner, number: 'F123', passport: '' }, null],
] as const)('R20 R61: what is typed first is checked by its form: %s', (_case, draft, fault) => {
  expect(contactFault(draft, 'ACCOUNT')).toBe(fault);
});

test('R34: what is sent names a number or a passport with its country, never both', () => {
  expect(contactInput(citizen, 'ACCOUNT', 'Phone')).toMatchObject({
    personalNumber: '097199000001',
    passport: null,
    phone: '0912345678',
  });
  expect(contactInput(foreigner, 'ACCOUNT', 'Phone')).toMatchObject({
    personalNumber: null,
    passport: 'C01X00T47',
    passportCountry: 'DEU',
  });
});

test('R101: who gets back into an account names no number for its messages, but for a new one', () => {
  const silent = { ...citizen, phone: '' };
  for (const purpose of ['PASSWORD', 'DEVICE'] as const) {
    expect(contactFault(silent, purpose)).toBeNull();
    expect(contactInput(citizen, purpose, 'Phone')).toMatchObject({ purpose, level: null, phone: null });
  }
  expect(contactFault(silent, 'PHONE')).toBe('phone');
  expect(contactInput(citizen, 'PHONE', 'Phone')).toMatchObject({ level: null, phone: '0912345678' });
});
