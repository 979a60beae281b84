import { describe, expect, it } from 'vitest';
import { clientOf } from './party.ts';
import type { Party } from './party.ts';

const party: Party = {
  id: 'party',
  legalName: 'Công ty',
  domain: 'khach-san.example',
  redirectUris: ['https://khach-san.example/cb'],
  jwks: {
    keys: [
      { kty: 'OKP', crv: 'Ed25519', x: 'x', alg: 'EdDSA' },
      { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', alg: 'ES256' },
    ],
  },
  jwksUri: null,
  state: 'APPROVED',
  purposes: [],
};

describe('a relying party as a client', () => {
  it('gets codes over TLS, or on this machine', () => {
    const redirectUris = [
      'https://a.example/cb',
      'http://a.example/cb',
      'http://desk.localhost:4020/cb',
      'http://127.0.0.1/cb',
      'http://localhost.example/cb',
      'app:/cb',
    ];
    expect(clientOf({ ...party, redirectUris }).redirect_uris).toEqual([
      'https://a.example/cb',
      'http://desk.localhost:4020/cb',
      'http://127.0.0.1/cb',
    ]);
  });

  it('may sign under both names of Ed25519, and other keys under theirs alone', () => {
    const { jwks } = clientOf(party);
    expect((jwks as { keys: { alg?: string }[] }).keys.map(({ alg }) => alg)).toEqual([undefined, 'ES256']);
  });

  it('is bound to all that FAPI 2.0 asks', () => {
    expect(clientOf(party)).toMatchObject({
      token_endpoint_auth_method: 'private_key_jwt',
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: true,
      response_types: ['code'],
      subject_type: 'pairwise',
    });
  });
});
