import { bodyHash } from './caller-token.ts';
import type { CallerToken, CallerTokenExpectation } from './caller-token.ts';

const body = '{"query":"{ me }"}';
/** Not on a whole second, which times of a token are. */
const now = new Date('2026-11-21T03:00:00.999Z');
const issuedAt = Math.floor(now.getTime() / 1000);

/** A caller token for tests. */
export const token: CallerToken = {
  iss: 'gateway',
  aud: 'vehicles',
  iat: issuedAt,
  exp: issuedAt + 30,
  jti: 'request.0',
  act: { kind: 'person', id: 's' },
  level: 2,
  subjects: [{ id: 's', as: 'self', claims: ['vehicle'] }],
  ids: {},
  claims: ['vehicle'],
  purpose: 'profile',
  legalBasis: 'self',
  bh: bodyHash(body),
};

/** What it is good for. */
export const expected = {
  audience: 'vehicles',
  key: Buffer.alloc(32, 1),
  body,
  now,
} satisfies CallerTokenExpectation;
