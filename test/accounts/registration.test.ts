import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate, NEW_SECRETS, newcomer, Registering, start, startRegistering } from './registering.ts';
import type { RegisteringUnderTest } from './registering.ts';
import { somebody } from './somebody.ts';
import { attempt, codeOf, from, resolve } from './service-under-test.ts';

let accounts: RegisteringUnderTest;

beforeAll(async () => {
  accounts = await startRegistering();
});
afterAll(() => accounts.stop());

const told = ({ body }: ServiceAnswer) => body.data?.done;

describe('a citizen in the app', () => {
  it('R2 R18 R20 R21 R60 R63 R70 R76: registers level 1 from a phone number to an account, step by step', async () => {
    const applicant = somebody();
    const registering = await Registering.begin(accounts, applicant);
    expect(told(await registering.see())).toMatchObject({
      state: 'OPEN',
      step: 'IDENTITY',
      kind: 'CITIZEN',
      level: 1,
    });
    await registering.until('PORTRAIT');
    const submitted = told(await registering.submit());
    expect(submitted).toMatchObject({
      state: 'APPROVED',
      decision: 'APPROVED',
      username: applicant.number,
      reasons: [],
    });
    expect(submitted.transitions.map(({ to }: { to: string }) => to)).toEqual([
      'OPEN',
      'SUBMITTED',
      'APPROVED',
    ]);
    const kinds = accounts.messagesTo(`+84${applicant.phone.slice(1)}`).map(({ kind }) => kind);
    expect(kinds).toEqual(['OTP', 'REGISTRATION_RECEIVED', 'REGISTRATION_APPROVED']);
    const activated = await activate(accounts, { username: applicant.number });
    const token: string = activated.body.data.activateAccount.token;
    expect(await resolve(accounts.client, token)).toMatchObject({
      actor: { kind: 'person' },
      level: 1,
      status: 'ACTIVE',
    });
    const signIns = await accounts.sql(
      `SELECT s.outcome::text AS outcome, s.device, s.new_device FROM sign_ins s JOIN accounts a ON a.subject = s.owner
       WHERE a.personal_number = $1`,
      [applicant.number],
    );
    expect(signIns).toEqual([{ outcome: 'SIGNED_IN', device: 'Điện thoại thử', new_device: true }]);
    const signedIn = await attempt(accounts.client, {
      username: applicant.number,
      password: NEW_SECRETS.password,
    });
    expect(signedIn.body.data?.signIn?.token).toEqual(expect.any(String));
  });

  it('R65: looks through the seven fields, its numbers half hidden', async () => {
    const registering = await Registering.begin(accounts, somebody());
    const { review } = told(await registering.declare());
    expect(review).toMatchObject({
      ...{ fullName: newcomer.fullName, sex: 'MALE', dateOfBirth: newcomer.born },
      ...{ permanentResidence: 'Xã Mẫu, Hà Nội', currentAddress: 'Phường Thử, Huế' },
    });
    expect(review.personalNumber).toMatch(/^098•+\d{3}$/);
    expect(review.phone).toMatch(/^\+849•+\d{3}$/);
  });

  it('R66: accepts the terms in their version, at a time, and only by saying so', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.declare();
    expect(told(await registering.see()).terms).toMatchObject({ version: '2024-07-01', acceptedAt: null });
    expect(codeOf(await registering.terms(false))).toBe('BAD_USER_INPUT');
    expect(codeOf(await registering.terms(true, 'made up'))).toBe('BAD_USER_INPUT');
    const accepted = told(await registering.terms());
    expect(accepted.terms.acceptedAt).toBe(accounts.clock.read().toISOString());
    expect(told(await registering.terms()).terms.acceptedAt).toBe(accepted.terms.acceptedAt);
  });

  it('R62 R67 R68: the code goes to the declared phone, counts once, and opens the way to a password', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.until('TERMS');
    expect(codeOf(await registering.password())).toBe('BAD_USER_INPUT');
    expect(told(await registering.sendCode()).contacts[0]).toMatchObject({
      channel: 'PHONE',
      confirmedAt: null,
    });
    expect(codeOf(await registering.sendCode())).toBe('RATE_LIMITED');
    const code = registering.code();
    const wrong = code === '111111' ? '222222' : '111111';
    expect(told(await registering.confirm(wrong)).problems).toMatchObject([
      { code: 'CODE_WRONG', step: 'CODE' },
    ]);
    expect(told(await registering.confirm(code))).toMatchObject({ step: 'PASSWORD', problems: [] });
    expect(told(await registering.confirm('000000'))).toMatchObject({ step: 'PASSWORD', problems: [] });
  });

  it('R67: a code that is too old is over, and another is sent', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.until('TERMS');
    await registering.sendCode();
    const late = registering.code();
    accounts.clock.advance(181);
    expect(told(await registering.confirm(late)).problems).toMatchObject([{ code: 'CODE_OVER' }]);
    await registering.sendCode();
    expect(told(await registering.confirm(registering.code()))).toMatchObject({ step: 'PASSWORD' });
  });

  it('R69: a password has its rule, and says which part of it is broken', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.until('CODE');
    const { problems } = told(await registering.password('short'));
    expect(problems.map(({ code }: { code: string }) => code)).toContain('TOO_SHORT');
    expect(problems[0].howToMend.vi).toContain('8 đến 20');
    expect(told(await registering.password())).toMatchObject({ step: 'MATCH', problems: [] });
  });

  it('R39: an e-mail address is confirmed too, and not taken over unless it is', async () => {
    const applicant = somebody();
    const registering = await Registering.begin(accounts, applicant);
    await registering.until('TERMS');
    await registering.sendCode('EMAIL');
    const confirmed = told(await registering.confirm(registering.code('EMAIL'), 'EMAIL'));
    expect(confirmed.contacts[1]).toMatchObject({ channel: 'EMAIL', confirmedAt: expect.any(String) });
    accounts.clock.advance(61);
    await registering.confirmPhone();
    const other = await Registering.begin(accounts, somebody());
    await other.until('CODE');
    for (const one of [registering, other]) {
      await one.from('PASSWORD');
      await one.submit();
      await activate(accounts, { username: one.applicant.number });
    }
    const emailOf = async ({ applicant: { number } }: Registering) =>
      accounts.sql('SELECT email FROM accounts WHERE personal_number = $1', [number]);
    expect(await emailOf(registering)).toEqual([{ email: applicant.email }]);
    expect(await emailOf(other)).toEqual([{ email: null }]);
  });
});

describe('the error cases', () => {
  it('R97: data that differ are told once the chip is shown, and refuse with the fields and the agency', async () => {
    const registering = await Registering.begin(accounts, somebody());
    accounts.world.match = { level: 'PARTIAL', differing: ['FULL_NAME'] };
    expect(told(await registering.until('MATCH')).problems).toEqual([]);
    await registering.challenge();
    expect(told(await registering.chip()).problems).toMatchObject([
      { code: 'DATA_MISMATCH', field: 'FULL_NAME' },
    ]);
    await registering.portrait();
    accounts.world.match = { level: 'FULL', differing: [] };
    const refused = told(await registering.submit());
    expect(refused).toMatchObject({
      state: 'REJECTED',
      reasons: [{ code: 'DATA_MISMATCH', field: 'FULL_NAME' }],
    });
    expect(refused.reasons[0].agency).toContain('Công an cấp xã');
    accounts.clock.advance(61);
    const again = await Registering.begin(accounts, registering.applicant);
    await again.until('PORTRAIT');
    expect(told(await again.submit())).toMatchObject({ state: 'APPROVED' });
  });

  it('R97: a bad photo is told with what is wrong, and taken again', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.until('CHIP');
    accounts.world.quality = ['TOO_DARK', 'BLURRED'];
    const refused = told(await registering.portrait());
    accounts.world.quality = [];
    expect(refused.problems.map(({ code }: { code: string }) => code)).toEqual(['TOO_DARK', 'BLURRED']);
    expect(refused.problems[0].howToMend.vi).toContain('Chụp lại');
    expect(told(await registering.portrait())).toMatchObject({ step: 'SUBMIT', problems: [] });
  });

  it('R100: a QR that cannot be read is refused by its reason, and the form is filled in by hand', async () => {
    const registering = await Registering.begin(accounts, somebody());
    const refused = await registering.declare({ source: 'CARD_QR', cardQr: 'blurred' });
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({ reason: 'REGISTRATION_QR_UNREADABLE' });
    expect(told(await registering.declare())).toMatchObject({ step: 'TERMS' });
  });

  it('R76 R81 R99: a chip that was lost is read again; one that is forged is an alarm', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.until('MATCH');
    await registering.challenge();
    accounts.world.chip = { genuine: false, code: 'CHIP_INCOMPLETE', mend: 'READ_AGAIN' };
    expect(told(await registering.chip()).problems).toMatchObject([
      { code: 'CHIP_INCOMPLETE', step: 'CHIP' },
    ]);
    expect(told(await registering.chip()).problems).toMatchObject([{ code: 'CHIP_CHALLENGE_ENDED' }]);
    accounts.world.chip = { genuine: false, code: 'CHIP_FORGED', mend: 'AT_AN_OFFICE' };
    await registering.challenge();
    await registering.chip();
    accounts.world.chip = null;
    expect(await accounts.sql(`SELECT 1 FROM registration_alarms WHERE code = 'CHIP_FORGED'`)).toHaveLength(
      1,
    );
    await registering.challenge();
    expect(told(await registering.chip())).toMatchObject({ step: 'PORTRAIT', problems: [] });
    await registering.portrait();
    expect(told(await registering.submit())).toMatchObject({
      state: 'IN_REVIEW',
      reasons: [{ code: 'SUSPECTED_FRAUD' }],
    });
  });

  it('R28: without the database the step can be done again', async () => {
    const registering = await Registering.begin(accounts, somebody());
    accounts.world.match = 'AWAY';
    await expect(registering.until('MATCH')).rejects.toThrow('SOURCE_UNAVAILABLE');
    accounts.world.match = { level: 'FULL', differing: [] };
    expect(told(await registering.match())).toMatchObject({ step: 'CHIP' });
  });

  it('R99: the same face under another number, and a portrait that is not certain, go to an officer with a due time', async () => {
    const first = await Registering.begin(accounts, somebody());
    await first.until('PORTRAIT');
    const second = await Registering.begin(accounts, somebody());
    await second.until('MATCH');
    await second.challenge();
    await second.chip(`face of ${first.applicant.number}`);
    await second.portrait();
    expect(told(await second.submit())).toMatchObject({ state: 'IN_REVIEW', dueAt: expect.any(String) });
    expect(await accounts.sql(`SELECT 1 FROM review_items WHERE settled_at IS NULL`)).not.toHaveLength(0);
  });

  it('R99: many registrations from one device are reviewed, then refused, with alarms', async () => {
    const client = from('one place', 'one device');
    for (let at = 0; at < 5; at += 1) await Registering.begin(accounts, somebody(), { client });
    const sixth = await Registering.begin(accounts, somebody(), { client });
    const rows = await accounts.sql<{ signs: string[] }>(
      `SELECT signs FROM registrations WHERE personal_number = $1`,
      [sixth.applicant.number],
    );
    expect(rows[0]?.signs).toEqual(['VELOCITY_DEVICE']);
    expect(
      accounts.log.lines.filter(({ event }) => event === 'ACCOUNTS_REGISTRATION_SUSPECTED'),
    ).not.toHaveLength(0);
    for (let at = 0; at < 14; at += 1) await Registering.begin(accounts, somebody(), { client });
    expect(codeOf(await start(accounts, somebody(), client))).toBe('RATE_LIMITED');
  });
});
