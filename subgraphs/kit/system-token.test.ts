import { describe, expect, it } from 'vitest';
import { signCallerToken } from './caller-token.ts';
import { AppError } from './errors.ts';
import { signSystemToken, verifySystemToken } from './system-token.ts';
import type { SystemToken } from './system-token.ts';

const now = new Date('2026-11-21T03:00:00Z');
const seconds = now.getTime() / 1000;
const key = Buffer.alloc(32, 1);
const keys = { accounts: key, sharing: Buffer.alloc(32, 2) };
const token: SystemToken = {
  iss: 'accounts',
  sub: 'accounts',
  aud: 'gateway',
  iat: seconds,
  exp: seconds + 30,
  jti: 'one',
};

function reasonOf(compact: string, at = now): string | undefined {
  try {
    verifySystemToken(compact, { keys, audience: 'gateway', now: at });
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('UNAUTHENTICATED');
    return (error as AppError).detail.internal;
  }
}

describe('a system token', () => {
  it('may name a registration, which no other key can change', () => {
    const onBehalf = { ...token, applicant: 'registration-1' };
    const compact = signSystemToken(onBehalf, key);
    expect(verifySystemToken(compact, { keys, audience: 'gateway', now })).toEqual(onBehalf);
    const [header, , mac] = compact.split('.');
    const forged = Buffer.from(JSON.stringify({ ...onBehalf, applicant: 'registration-2' }));
    expect(reasonOf(`${header}.${forged.toString('base64url')}.${mac}`)).toBe('system token: signature');
  });

  it('is what it was signed as', () => {
    expect(verifySystemToken(signSystemToken(token, key), { keys, audience: 'gateway', now })).toEqual(token);
  });

  it.each<[string, string, string]>([
    ['another service’s key', signSystemToken(token, keys.sharing), 'signature'],
    ['an unknown issuer', signSystemToken({ ...token, iss: 'toString', sub: 'toString' }, key), 'issuer'],
    ['another subject', signSystemToken({ ...token, sub: 'sharing' }, key), 'subject'],
    ['another audience', signSystemToken({ ...token, aud: 'accounts' }, key), 'audience'],
    ['no id', signSystemToken({ ...token, jti: '' }, key), 'id'],
    ['a long life', signSystemToken({ ...token, exp: seconds + 31 }, key), 'life too long'],
    ['no times', signSystemToken({ ...token, exp: undefined as unknown as number }, key), 'life too long'],
    [
      'a life in the future',
      signSystemToken({ ...token, iat: seconds + 60, exp: seconds + 90 }, key),
      'time',
    ],
    ['a registration that is no id', signSystemToken({ ...token, applicant: '' }, key), 'applicant'],
    [
      'a registration that is no text',
      signSystemToken({ ...token, applicant: null as unknown as string }, key),
      'applicant',
    ],
    ['no JSON', `${signSystemToken(token, key).split('.')[0]}.e30x.AAAA`, 'issuer'],
    ['two parts', 'a.b', 'not a system token'],
  ])('with %s is refused', (_, compact, reason) => {
    expect(reasonOf(compact)).toBe(`system token: ${reason}`);
  });

  it('is refused once its time is over', () => {
    expect(reasonOf(signSystemToken(token, key), new Date(now.getTime() + 36_000))).toBe(
      'system token: time',
    );
  });

  it('cannot be a caller token signed with the same key', () => {
    const caller = { ...token, bh: '' } as unknown as Parameters<typeof signCallerToken>[0];
    expect(reasonOf(signCallerToken(caller, key))).toBe('system token: not a system token');
  });
});
