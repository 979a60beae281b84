import { expect, it } from 'vitest';
import { catalogues } from '../texts/catalogues.ts';
import { signInMessage } from './sign-in-message.ts';

it('what can be no number reads like a wrong one, and a wrong one like a wrong password', () => {
  for (const texts of Object.values(catalogues)) {
    expect(signInMessage('BAD_USER_INPUT', texts)).toBe(texts.signIn.wrong);
    expect(signInMessage('UNAUTHENTICATED', texts)).toBe(texts.signIn.wrong);
  }
});

it('a wrong passcode, too many attempts and a dead source each say what to do', () => {
  const { vi } = catalogues;
  expect(signInMessage('PASSCODE_REQUIRED', vi)).toBe(vi.signIn.wrongPasscode);
  expect(signInMessage('RATE_LIMITED', vi)).toBe(vi.signIn.limited);
  expect(signInMessage('SOURCE_UNAVAILABLE', vi)).toBe(vi.errors.SOURCE_UNAVAILABLE);
});
