import { WebAuthnError } from '@simplewebauthn/browser';
import { describe, expect, it } from 'vitest';
import { faultOf } from './passkey.ts';

function named(name: string): Error {
  return Object.assign(new Error('of the browser'), { name });
}

describe('what an error of the browser means', () => {
  it.each([
    ['NotAllowedError', 'CANCELLED'],
    ['AbortError', 'CANCELLED'],
    ['InvalidStateError', 'KNOWN'],
    ['SecurityError', 'UNSUPPORTED'],
    ['NotSupportedError', 'UNSUPPORTED'],
  ])('%s is %s', (name, fault) => {
    expect(faultOf(named(name))).toBe(fault);
  });

  it('an authenticator that is enrolled already is told as such, and what is no error as unsupported', () => {
    const known = new WebAuthnError({
      message: 'known',
      code: 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED',
      cause: named('InvalidStateError'),
    });
    expect(faultOf(known)).toBe('KNOWN');
    expect(faultOf('text')).toBe('UNSUPPORTED');
    expect(faultOf(new SyntaxError('options'))).toBe('UNSUPPORTED');
  });
});
