import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  activate,
  approveReviewed,
  NEW_SECRETS,
  newcomer,
  Registering,
  sessionCaller,
  start,
  startRegistering,
} from './registering.ts';
import type { Applicant, RegisteringUnderTest } from './registering.ts';
import { attempt, codeOf, from, resolve } from './service-under-test.ts';

let accounts: RegisteringUnderTest;
beforeAll(async () => {
  accounts = await startRegistering();
});
afterAll(() => accounts.stop());

const told = ({ body }: ServiceAnswer) => body.data?.done;
const reasonOf = ({ body }: ServiceAnswer) => body.errors?.[0]?.extensions?.reason;
const fieldOf = ({ body }: ServiceAnswer) => body.errors?.[0]?.extensions?.field;

function foreigner(place: string, more: Partial<Applicant> = {}): Applicant {
  const number = `099${place}000${place}`;
  return { ...newcomer, number, phone: `0915000${place}`, fullName: 'Anna Weber', sex: 'FEMALE', ...more };
}

/** Begins with a passport, and with the identification number where there is one. */
async function begin(applicant: Applicant, passport: string, number: string | null): Promise<Registering> {
  const client = from(`with ${passport}`);
  const more = { personalNumber: number, passport, passportCountry: 'DEU' };
  const begun = await start(accounts, applicant, client, 'FOREIGN_RESIDENT', more);
  const token: unknown = begun.body.data?.startRegistration?.token;
  if (typeof token !== 'string') throw new TypeError(`not begun: ${JSON.stringify(begun.body)}`);
  return new Registering(accounts, applicant, await sessionCaller(accounts, token, client), token);
}

/** All steps of a foreigner: a residence card has no chip that we read, so an officer holds the portrait against the database. */
async function sendIn(registering: Registering): Promise<ReturnType<typeof told>> {
  await registering.declare({ nationality: 'DEU' });
  await registering.terms();
  await registering.sendCode();
  await registering.confirm(registering.code());
  await registering.password();
  await registering.match();
  await registering.portrait();
  return told(await registering.submit());
}

it('R29 R34 R38 R106: a foreigner registers level 1 by number and passport, held against immigration, looked at within a working day', async () => {
  const applicant = foreigner('101');
  const registering = await begin(applicant, 'C01X00T47', applicant.number);
  expect(fieldOf(await registering.declare())).toBe('nationality');
  const submitted = await sendIn(registering);
  expect(submitted).toMatchObject({
    state: 'IN_REVIEW',
    reasons: [{ code: 'NO_REFERENCE_FACE' }],
    // Sent in on a Saturday: one working day is Monday.
    dueAt: '2026-11-23T17:00:00.000Z',
  });
  expect(submitted.steps.map(({ step }: { step: string }) => step)).not.toContain('CHIP');
  const rows = await accounts.sql('SELECT match FROM registrations WHERE id = $1', [submitted.id]);
  expect(rows).toEqual([{ match: expect.objectContaining({ level: 'FULL', database: 'immigration' }) }]);
  await approveReviewed(accounts, submitted.id);
  expect(told(await registering.see())).toMatchObject({ state: 'APPROVED', username: applicant.number });
  const activated = await activate(accounts, { username: applicant.number });
  const { self, level } = await resolve(accounts.client, activated.body.data.activateAccount.token);
  expect([level, self.ids]).toMatchObject([1, { kind: 'FOREIGN_RESIDENT', passports: ['C01X00T47'] }]);
});

it('R34: one without an identification number is given it with the approval, and signs in with it', async () => {
  const registering = await begin(foreigner('102'), 'C02X00T48', null);
  const submitted = await sendIn(registering);
  expect(submitted).toMatchObject({ state: 'IN_REVIEW', username: null });
  await approveReviewed(accounts, submitted.id);
  const { username } = told(await registering.see());
  expect(username).toMatch(/^099\d{9}$/);
  expect((await activate(accounts, { username })).body.errors).toBeUndefined();
  const signedIn = await attempt(accounts.client, { username, password: NEW_SECRETS.password });
  expect(signedIn.body.data?.signIn?.token).toEqual(expect.any(String));
});

it('R29: data that immigration has otherwise refuse it, and name the agency that corrects them', async () => {
  const registering = await begin(foreigner('103'), 'C03X00T49', null);
  accounts.world.match = { level: 'PARTIAL', differing: ['FULL_NAME'] };
  const submitted = await sendIn(registering);
  accounts.world.match = { level: 'FULL', differing: [] };
  expect(submitted).toMatchObject({
    state: 'REJECTED',
    reasons: [
      {
        code: 'DATA_MISMATCH',
        field: 'FULL_NAME',
        agency: expect.stringContaining('Quản lý xuất nhập cảnh'),
      },
    ],
  });
});

it('R30 R34 R107: without a passport nothing begins, below six nothing is given, and level 2 is given at an office', async () => {
  const applicant = foreigner('104');
  const ask = (more: object) =>
    start(accounts, applicant, from('at a desk'), 'FOREIGN_RESIDENT', { personalNumber: null, ...more });
  expect(fieldOf(await ask({}))).toBe('passport');
  expect(fieldOf(await ask({ passport: 'C04X00T50' }))).toBe('passportCountry');
  const level2 = await ask({ passport: 'C04X00T50', passportCountry: 'DEU', level: 2 });
  expect([codeOf(level2), reasonOf(level2)]).toEqual(['BAD_USER_INPUT', 'REGISTRATION_NOT_OFFERED']);
  const { body } = await accounts.client.ask(
    '{ registrationRules { levels { kind level channel where { vi } } } }',
  );
  expect(body.data.registrationRules.levels).toContainEqual({
    ...{ kind: 'FOREIGN_RESIDENT', level: 2, channel: 'IN_PERSON' },
    where: { vi: expect.stringContaining('quản lý xuất nhập cảnh') },
  });
  const child = await begin(foreigner('105', { born: '2022-05-06' }), 'C05X00T51', null);
  expect(await sendIn(child)).toMatchObject({
    state: 'REJECTED',
    reasons: [
      { code: 'NOT_ELIGIBLE', howToMend: { vi: expect.stringContaining('cha, mẹ hoặc người giám hộ') } },
    ],
  });
});
