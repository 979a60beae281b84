import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate, newcomer, Registering, startRegistering } from './registering.ts';
import type { RegisteringUnderTest } from './registering.ts';

let accounts: RegisteringUnderTest;
beforeAll(async () => {
  accounts = await startRegistering();
});
afterAll(() => accounts.stop());

describe('a citizen in the app', () => {
  it('R18 R60 R70 R76: registers level 1 from a phone number to an account, step by step', async () => {
    const registering = await Registering.begin(accounts);
    await registering.until('PORTRAIT');
    const submitted = await registering.submit();
    expect(submitted.body.data?.done).toMatchObject({ state: 'APPROVED', decision: 'APPROVED', level: 1 });
    const activated = await activate(accounts, { username: newcomer.number });
    expect(activated.body.data?.activateAccount?.token).toEqual(expect.any(String));
  });
});
