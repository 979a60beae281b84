import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addParty } from './relying-party.ts';
import type { RelyingParty } from './relying-party.ts';
import { codeOf, redeem } from './share-flow.ts';
import { startSharing } from './sharing-under-test.ts';
import type { SharingUnderTest } from './sharing-under-test.ts';

let sharing: SharingUnderTest;
let party: RelyingParty;
beforeAll(async () => {
  sharing = await startSharing();
  party = await addParty(sharing);
});
afterAll(() => sharing.stop());

describe('a code', () => {
  it('brings one token of 300 seconds at most, bound to its key, that names what was granted', async () => {
    const code = await codeOf(sharing, party);
    const { status, body } = await redeem(sharing, party, code);
    expect(body).toMatchObject({ token_type: 'DPoP' });
    expect(status).toBe(200);
    console.log(
      body,
      decodeJwt(body.access_token),
      decodeProtectedHeader(body.access_token),
      decodeJwt(body.id_token),
    );
  });
});
