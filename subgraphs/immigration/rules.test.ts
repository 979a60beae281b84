import { expect, test } from 'vitest';
import { identityFile, residenceCardToShow } from './rules.ts';

const file = (
  matchLevel: 'EXACT_NUMBER' | 'CANCELLED_NUMBER' | 'OLD_NUMBER_NAME_BIRTH',
  verifiedAt: string,
  kind = 'FOREIGN_RESIDENT',
) => ({
  kind,
  matchLevel,
  verifiedAt: new Date(verifiedAt),
});

test('the file most certainly a foreigner’s says who they are, of equals the one verified last', () => {
  const byNumber = file('EXACT_NUMBER', '2020-01-01');
  const later = file('EXACT_NUMBER', '2021-01-01');
  const cancelled = file('CANCELLED_NUMBER', '2025-01-01');
  const byPassport = file('OLD_NUMBER_NAME_BIRTH', '2026-01-01');
  expect(identityFile([byPassport, byNumber, cancelled])).toBe(byNumber);
  expect(identityFile([byNumber, later])).toBe(later);
  expect(identityFile([byPassport, cancelled])).toBe(cancelled);
});

test('a citizen’s file never says who a foreigner is', () => {
  expect(identityFile([file('EXACT_NUMBER', '2026-01-01', 'CITIZEN')])).toBeNull();
  expect(identityFile([])).toBeNull();
});

const card = (kind: string, issueDate: string, expiryDate: string) => ({ kind, issueDate, expiryDate });

test('the residence card in force is shown, else the last; a permanent card has no end', () => {
  const today = '2026-11-21';
  const permanent = card('PERMANENT', '2010-01-01', '2020-01-01');
  const endsToday = card('TEMPORARY', '2024-01-01', today);
  const ended = card('TEMPORARY', '2025-01-01', '2026-11-20');
  const older = card('TEMPORARY', '2019-01-01', '2021-01-01');
  expect(residenceCardToShow([older, ended, endsToday], today)).toBe(endsToday);
  expect(residenceCardToShow([ended, permanent], today)).toBe(permanent);
  expect(residenceCardToShow([older, ended], today)).toBe(ended);
  expect(residenceCardToShow([], today)).toBeNull();
});
