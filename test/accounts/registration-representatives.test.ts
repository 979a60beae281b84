import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ServiceAnswer, TestCaller } from '@dinhdanh/kit/testing';
import { activate, approveReviewed, newcomer, Registering, start, startRegistering } from './registering.ts';
import type { Applicant, RegisteringUnderTest } from './registering.ts';
import { addPerson, callerOf, codeOf, from, relate, resolve, signedIn } from './service-under-test.ts';

let accounts: RegisteringUnderTest;
beforeAll(async () => {
  accounts = await startRegistering();
});
afterAll(() => accounts.stop());

const told = ({ body }: ServiceAnswer) => body.data?.done;

/** Somebody signed in with an account of level 2. */
async function representative(number: string): Promise<TestCaller> {
  await addPerson(accounts, { number });
  return callerOf(await resolve(accounts.client, await signedIn(accounts.client, number)));
}

/** What a representative begins for another, in their own session. */
async function beginFor(caller: TestCaller, of: Applicant, kind: 'CHILD' | 'WARD'): Promise<Registering> {
  const begun = await start(accounts, of, caller, kind);
  expect(begun.body.data?.startRegistration?.token).toBeNull();
  return new Registering(accounts, of, caller, null);
}

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
  const submitted = told(await registering.submit());
  expect(submitted).toMatchObject({
    state: 'IN_REVIEW',
    level: null,
    reasons: [{ code: 'ORGANISATION_REVIEW' }],
  });
  await approveReviewed(accounts, submitted.id);
  expect(told(await registering.see())).toMatchObject({ state: 'ACTIVATED', username: null });
  // It has no secrets of its own: its representative's account opens it.
  const { organisations } = await resolve(accounts.client, await signedIn(accounts.client, first));
  expect(organisations).toEqual([expect.objectContaining({ id: submitted.id })]);
});

it('R31 R32 R40: a child of fourteen registers by themself, and one of six to fourteen gets level 2 at an office', async () => {
  const caller = await representative('097190000331');
  const grown = { ...newcomer, number: '097210000332', born: '2010-05-06', phone: '0913000332' };
  await relate(accounts, { guardian: '097190000331', ward: grown.number, kind: 'CHILD' });
  const registering = await beginFor(caller, grown, 'CHILD');
  await registering.until('MATCH');
  expect(told(await registering.submit())).toMatchObject({
    state: 'REJECTED',
    reasons: [
      {
        code: 'NOT_ELIGIBLE',
        field: 'dateOfBirth',
        howToMend: { vi: expect.stringContaining('tự đăng ký') },
      },
    ],
  });
  const small = { ...newcomer, number: '097216000333', born: '2016-05-06', phone: '0913000333' };
  const refused = await start(accounts, small, caller, 'CHILD', { level: 2 });
  expect(refused.body.errors?.[0]?.extensions).toMatchObject({ reason: 'REGISTRATION_NOT_OFFERED' });
  expect(await whereToGo('CHILD')).toEqual([expect.stringContaining('Công an cấp xã')]);
});

it('R33 R40: a guardian registers a grown ward, with all that is declared of them, and activates it', async () => {
  const caller = await representative('097185000441');
  const ward = { ...newcomer, number: '097195000442', born: '1995-05-06', phone: '0913000442' };
  await relate(accounts, { guardian: '097185000441', ward: ward.number, kind: 'WARD' });
  const registering = await beginFor(caller, ward, 'WARD');
  await registering.until('MATCH');
  expect(told(await registering.see()).review).toMatchObject({
    ...{ fullName: ward.fullName, dateOfBirth: ward.born, sex: ward.sex, nationality: 'VNM' },
    personalNumber: expect.stringMatching(/^097•+442$/),
  });
  expect(told(await registering.submit())).toMatchObject({ state: 'APPROVED', username: ward.number });
  const another = await representative('097185000443');
  for (const stranger of [from('at home'), another])
    expect(codeOf(await activate(accounts, { username: ward.number }, stranger))).toBe('GUARDIAN_REQUIRED');
  expect((await activate(accounts, { username: ward.number }, caller)).body.data).toMatchObject({
    activateAccount: { token: null },
  });
  expect(told(await registering.see())).toMatchObject({ state: 'ACTIVATED' });
});

it('R33 R99: whom the data do not show as representative waits for an officer, who asks for the papers', async () => {
  const caller = await representative('097185000551');
  const ward = { ...newcomer, number: '097195000552', born: '1995-05-06', phone: '0913000552' };
  const registering = await beginFor(caller, ward, 'WARD');
  await registering.until('MATCH');
  const submitted = told(await registering.submit());
  expect(submitted).toMatchObject({ state: 'IN_REVIEW', dueAt: expect.any(String) });
  expect(submitted.reasons).toMatchObject([
    { code: 'NOT_REPRESENTATIVE', howToMend: { vi: expect.stringContaining('giấy tờ') } },
  ]);
  await approveReviewed(accounts, submitted.id);
  expect((await activate(accounts, { username: ward.number }, caller)).body.errors).toBeUndefined();
});

/** Where the law of today sends whoever wants level 2. */
async function whereToGo(kind: string): Promise<string[]> {
  const { body } = await accounts.client.ask(
    '{ registrationRules { levels { kind level channel where { vi } } } }',
  );
  const rows: { kind: string; level: number; channel: string; where: { vi: string } }[] =
    body.data.registrationRules.levels;
  return rows
    .filter((row) => row.kind === kind && row.level === 2 && row.channel === 'IN_PERSON')
    .map(({ where }) => where.vi);
}
