import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Failure } from '../api/answer.ts';
import { catalogues } from '../texts/catalogues.ts';
import { stepMessage } from './step-message.ts';

const failure = (code: Failure['code'], reason: string | null): Failure => ({
  code,
  reason,
  path: [],
  source: null,
  field: null,
  retryAfterSeconds: null,
});

test('a refusal is told by its finer reason where there are words for it, else by its code', () => {
  const { vi } = catalogues;
  expect(stepMessage(failure('BAD_USER_INPUT', 'REGISTRATION_STEP'), vi)).toBe(
    vi.registration.refusals.REGISTRATION_STEP,
  );
  expect(stepMessage(failure('BAD_USER_INPUT', 'SOMETHING_ELSE'), vi)).toBe(vi.errors.BAD_USER_INPUT);
  expect(stepMessage({ ...failure('BAD_USER_INPUT', null), field: 'passcode' }, vi)).toBe(
    vi.registration.refusals.PASSCODE,
  );
  expect(stepMessage(failure('RATE_LIMITED', 'OTP_HOUR'), vi)).toBe(vi.registration.refusals.OTP_HOUR);
  expect(stepMessage(failure('SOURCE_UNAVAILABLE', null), vi)).toBe(vi.errors.SOURCE_UNAVAILABLE);
});

test('every reason the contract documents for registrations has words', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const documented = [...new Set(page.match(/\bREGISTRATION_[A-Z_]+\b/gu) ?? [])];
  expect(documented.length).toBeGreaterThan(4);
  expect(documented.filter((reason) => !Object.hasOwn(catalogues.vi.registration.refusals, reason))).toEqual(
    [],
  );
});
