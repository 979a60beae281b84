import { bodyHash, signCallerToken, verifyCallerToken } from '@dinhdanh/kit';
import type { CallerToken } from '@dinhdanh/kit';
import { jwtVerify, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';

const key = Buffer.alloc(32, 3);
const body = '{"query":"{ me { level } }"}';
const now = new Date('2026-11-21T03:00:00Z');
const iat = now.getTime() / 1000;
const token: CallerToken = {
  iss: 'gateway',
  aud: 'vehicles',
  iat,
  exp: iat + 30,
  jti: 'request.0',
  act: { kind: 'person', id: 'Đỗ Huy Hòa' },
  level: 2,
  subjects: [],
  ids: {},
  claims: [],
  purpose: 'profile',
  legalBasis: 'self',
  bh: bodyHash(body),
};

describe('a caller token is an ordinary signed JWT (RFC 7519)', () => {
  it('that a library of the standard accepts', async () => {
    const verified = await jwtVerify(signCallerToken(token, key), key, {
      algorithms: ['HS256'],
      typ: 'caller+jwt',
      issuer: 'gateway',
      audience: 'vehicles',
      currentDate: now,
      maxTokenAge: 30,
    });
    expect(verified.payload).toEqual(token);
  });

  it('that a library refuses where the kit refuses it', async () => {
    const compact = signCallerToken(token, key);
    const late = new Date((iat + 36) * 1000);
    await expect(jwtVerify(compact, Buffer.alloc(32, 4))).rejects.toThrow();
    await expect(jwtVerify(compact, key, { currentDate: late, clockTolerance: 5 })).rejects.toThrow();
    const expected = { audience: 'vehicles', key, body };
    expect(() => verifyCallerToken(compact, { ...expected, key: Buffer.alloc(32, 4), now })).toThrow();
    expect(() => verifyCallerToken(compact, { ...expected, now: late })).toThrow();
  });

  it('that the kit accepts when a library has signed it', async () => {
    const compact = await new SignJWT({ ...token })
      .setProtectedHeader({ alg: 'HS256', typ: 'caller+jwt' })
      .sign(key);
    expect(verifyCallerToken(compact, { audience: 'vehicles', key, body, now })).toEqual(token);
  });
});
