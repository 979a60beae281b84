import { afterAll, beforeAll, expect, it } from 'vitest';
import { activate, newcomer, Registering, start, startRegistering } from './registering.ts';
import type { RegisteringUnderTest } from './registering.ts';
import { addPerson, callerOf, codeOf, from, relate, resolve, signedIn } from './service-under-test.ts';

let accounts: RegisteringUnderTest;
beforeAll(async () => {
  accounts = await startRegistering();
});
afterAll(() => accounts.stop());

it('R11 R32 R40: a parent registers a child from their own account, and activates it there', async () => {
  const guardian = '097190000111';
  const child = { ...newcomer, number: '097220000112', born: '2020-05-06', phone: '0913000111' };
  await addPerson(accounts, { number: guardian });
  await relate(accounts, { guardian, ward: child.number, kind: 'CHILD' });
  expect(codeOf(await start(accounts, child, from('a stranger'), 'CHILD'))).toBe('UNAUTHENTICATED');
  const caller = callerOf(await resolve(accounts.client, await signedIn(accounts.client, guardian)));
  const begun = await start(accounts, child, caller, 'CHILD');
  expect(begun.body.data?.startRegistration?.token).toBeNull();
  const registering = new Registering(accounts, child, caller, null);
  await registering.until('MATCH');
  expect((await registering.submit()).body.data?.done).toMatchObject({
    state: 'APPROVED',
    username: child.number,
  });
  expect(codeOf(await activate(accounts, { username: child.number }))).toBe('GUARDIAN_REQUIRED');
  const activated = await activate(accounts, { username: child.number }, caller);
  expect(activated.body.data?.activateAccount).toMatchObject({ token: null });
  const rows = await accounts.sql('SELECT 1 FROM accounts WHERE personal_number = $1 AND level = 1', [
    child.number,
  ]);
  expect(rows).toHaveLength(1);
});

it('R23 R109: an organisation is registered by its level-2 representative once all others agree, and reviewed within its days', async () => {
  const [first, second] = ['097180000221', '097180000222'] as const;
  await addPerson(accounts, { number: first });
  await addPerson(accounts, { number: second });
  const as = async (number: string) =>
    callerOf(await resolve(accounts.client, await signedIn(accounts.client, number)));
  const caller = await as(first);
  const applicant = { ...newcomer, number: first, phone: '0914000221' };
  await start(accounts, applicant, caller, 'ORGANISATION', { personalNumber: null });
  const registering = new Registering(accounts, applicant, caller, null);
  const input = {
    legalName: 'Công ty Mẫu',
    taxCode: '0109998887',
    sector: 'hotel',
    otherRepresentatives: [second],
  };
  const declared = await registering.step(
    'declareOrganisation(input: $input)',
    { input },
    '$input: DeclareOrganisationInput!',
  );
  expect(declared.body.data?.done).toMatchObject({ organisation: { consentsMissing: 1 } });
  const { code } = (await registering.terms()).body.data.done;
  expect(codeOf(await registering.submit())).toBe('BAD_USER_INPUT');
  const agree = 'mutation($code: String!) { consentToOrganisation(code: $code) }';
  expect(codeOf(await accounts.client.ask(agree, { code }, caller))).toBe('NOT_FOUND');
  expect((await accounts.client.ask(agree, { code }, await as(second))).body.data).toEqual({
    consentToOrganisation: true,
  });
  expect((await registering.submit()).body.data?.done).toMatchObject({ state: 'IN_REVIEW', level: null });
});
