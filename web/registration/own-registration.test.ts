import { expect, test } from 'vitest';
import {
  codeChannelOf,
  mendableSteps,
  type OwnRegistration,
  placeOf,
  problemsBefore,
  problemsOf,
  togetherOf,
} from './own-registration.ts';

const open = {
  state: 'OPEN',
  step: 'TERMS',
  steps: [
    { step: 'CONTACT', doneAt: '2026-11-22T01:00:00Z' },
    { step: 'IDENTITY', doneAt: '2026-11-22T01:01:00Z' },
    { step: 'TERMS', doneAt: null },
    { step: 'PORTRAIT', doneAt: null },
  ],
  problems: [
    { code: 'QR_UNREADABLE', step: 'IDENTITY', field: null, text: null, howToMend: null, agency: null },
  ],
} as unknown as OwnRegistration;

test('an open registration says which of its steps comes next, of how many', () => {
  expect(placeOf(open)).toEqual({ step: 'TERMS', number: 3, of: 4 });
});

test('a registration that was sent in has no step to be done', () => {
  expect(placeOf({ ...open, state: 'SUBMITTED', step: null })).toBeNull();
  expect(mendableSteps({ ...open, state: 'SUBMITTED' })).toEqual([]);
});

test('only steps that are done and hold what was typed can be done anew', () => {
  expect(mendableSteps(open)).toEqual(['IDENTITY']);
});

test('a problem stands at its own step', () => {
  expect(problemsOf(open, 'IDENTITY').map(({ code }) => code)).toEqual(['QR_UNREADABLE']);
  expect(problemsOf(open, 'TERMS')).toEqual([]);
});

test('what a later step has contradicted is told there, and only where it can be mended', () => {
  expect(problemsBefore(open, 'PORTRAIT').map(({ code }) => code)).toEqual(['QR_UNREADABLE']);
  expect(problemsBefore(open, 'IDENTITY')).toEqual([]);
  expect(problemsBefore({ ...open, state: 'REJECTED' }, 'PORTRAIT')).toEqual([]);
});

test('reasons that say the same of several fields are told once', () => {
  const reason = (field: string | null, code = 'DATA_MISMATCH') =>
    ({ code, step: 'IDENTITY', field }) as never;
  const together = togetherOf([reason('SEX'), reason('FULL_NAME'), reason(null, 'NOT_ELIGIBLE')]);
  expect(together.map(([{ code }, fields]) => [code, fields])).toEqual([
    ['DATA_MISMATCH', ['SEX', 'FULL_NAME']],
    ['NOT_ELIGIBLE', [null]],
  ]);
});

test('codes go to each way that has to be confirmed, one after the other, and to an e-mail address never by themselves', () => {
  const contact = (channel: string, confirmedAt: string | null) => ({ channel, confirmedAt });
  const withContacts = (...contacts: object[]): OwnRegistration =>
    ({ ...open, contacts }) as unknown as OwnRegistration;
  const at = '2026-11-22T01:00:00Z';
  const email = contact('EMAIL', null);
  expect(codeChannelOf(withContacts(email, contact('PHONE', null)))).toBe('PHONE');
  const second = withContacts(contact('PHONE', at), contact('ACCOUNT_PHONE', null));
  expect(codeChannelOf(second)).toBe('ACCOUNT_PHONE');
});
