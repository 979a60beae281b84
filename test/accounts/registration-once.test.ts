import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countShapes } from '../harness/service-database.ts';
import { activate, NEW_SECRETS, Registering, sessionCaller, startRegistering } from './registering.ts';
import type { Applicant, RegisteringUnderTest } from './registering.ts';
import { tend } from './restoring.ts';
import { somebody } from './somebody.ts';
import { addPerson, codeOf, from } from './service-under-test.ts';

let accounts: RegisteringUnderTest;

beforeAll(async () => {
  accounts = await startRegistering();
});
afterAll(() => accounts.stop());

const told = ({ body }: ServiceAnswer) => body.data?.done;

describe('one account per person', () => {
  it('R9: a number that has an account goes on the same way, its owner is told, and the decision says it', async () => {
    const applicant = somebody();
    await addPerson(accounts, { number: applicant.number, born: applicant.born });
    const registering = await Registering.begin(accounts, applicant);
    await registering.until('PORTRAIT');
    expect(accounts.messagesTo('+84900000123').map(({ kind }) => kind)).toContain('REGISTRATION_FOR_NUMBER');
    expect(told(await registering.submit())).toMatchObject({
      state: 'REJECTED',
      reasons: [{ code: 'ACCOUNT_EXISTS' }],
    });
  });

  it('R7: a phone of another person’s account is refused with its reason', async () => {
    const owner = somebody();
    await addPerson(accounts, { number: owner.number });
    await accounts.sql(`UPDATE accounts SET phone = '+84988888888' WHERE personal_number = $1`, [
      owner.number,
    ]);
    const registering = await Registering.begin(accounts, somebody({ phone: '0988888888' }));
    await registering.until('PORTRAIT');
    expect(told(await registering.submit())).toMatchObject({
      state: 'REJECTED',
      reasons: [{ code: 'PHONE_IN_USE', field: 'phone' }],
    });
  });

  it('R9: of two registrations for one number sent in at once, one is approved', async () => {
    const applicant = somebody();
    const both = await Promise.all(
      ['here', 'there'].map((place) =>
        Registering.begin(accounts, applicant, { client: from(place, place) }),
      ),
    );
    for (const [at, registering] of both.entries()) {
      await registering.until('TERMS');
      await registering.sendCode();
      await registering.confirm(registering.code());
      await registering.password();
      await registering.match();
      await registering.challenge();
      await registering.chip();
      await registering.portrait();
      if (at === 0) accounts.clock.advance(61);
    }
    const states = await Promise.all(both.map(async (registering) => told(await registering.submit()).state));
    expect(states.toSorted()).toEqual(['APPROVED', 'REJECTED']);
  });

  it('known and unknown numbers cost the same statements', async () => {
    const known = somebody();
    await addPerson(accounts, { number: known.number, born: known.born });
    const counted = (applicant: Applicant) =>
      countShapes(accounts.databaseUrl, async () => {
        const registering = await Registering.begin(accounts, applicant);
        await registering.until('MATCH');
      });
    // Connections are opened once.
    await counted(somebody());
    const ofUnknown = await counted(somebody());
    expect(await counted(known)).toEqual(ofUnknown);
  });

  it('activating: a number without an approval and a wrong password are one case', async () => {
    const approved = await Registering.begin(accounts, somebody());
    await approved.until('PORTRAIT');
    await approved.submit();
    const counted = (username: string) =>
      countShapes(accounts.databaseUrl, async () => {
        const wrong = { username, password: 'Wrong#Pass123' };
        expect(codeOf(await activate(accounts, wrong, from(`for ${username}`)))).toBe('UNAUTHENTICATED');
      });
    expect(await counted(approved.applicant.number)).toEqual(await counted('097999999999'));
  });
});

describe('time and repetition', () => {
  it('a step done again changes nothing; with other content it undoes what rested on it', async () => {
    const registering = await Registering.begin(accounts, somebody());
    const before = told(await registering.until('CHIP'));
    expect(told(await registering.declare()).steps).toEqual(before.steps);
    const undone = told(await registering.declare({ currentAddress: 'Phường Khác, Huế' }));
    expect(undone).toMatchObject({ step: 'MATCH' });
  });

  it('chip, sending in and activating, each sent twice at once, are answered alike and undo nothing', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.until('MATCH');
    const twice = <Answer>(ask: () => Promise<Answer>) => Promise.all([ask(), ask()]);
    for (let time = 0; time < 5; time += 1) {
      await registering.challenge();
      await twice(() => registering.chip());
      expect(told(await registering.see())).toMatchObject({ step: 'PORTRAIT', problems: [] });
    }
    await registering.portrait();
    for (const answer of await twice(() => registering.submit()))
      expect(told(answer)).toMatchObject({ receivedAt: expect.any(String) });
    const username = registering.applicant.number;
    for (const { body } of await twice(() => activate(accounts, { username })))
      expect(body.data.activateAccount.token).toEqual(expect.any(String));
  });

  it('R9: approved for a number that somebody else’s approval has opened an account for meanwhile, it opens no second one', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.until('PORTRAIT');
    expect(told(await registering.submit())).toMatchObject({ state: 'APPROVED' });
    await addPerson(accounts, { number: registering.applicant.number, credentials: false });
    const refused = await activate(accounts, { username: registering.applicant.number });
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_PERMITTED',
      reason: 'REGISTRATION_ACCOUNT_EXISTS',
    });
  });

  it('sent in twice it is received once', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.until('PORTRAIT');
    const [first, second] = await Promise.all([registering.submit(), registering.submit()]);
    expect([told(first)?.receivedAt ?? told(second)?.receivedAt]).toEqual([expect.any(String)]);
    expect(told(await registering.submit())).toMatchObject({ state: 'APPROVED' });
    const sent = accounts.messagesTo(`+84${registering.applicant.phone.slice(1)}`);
    expect(sent.filter(({ kind }) => kind === 'REGISTRATION_RECEIVED')).toHaveLength(1);
  });

  it('R76: is taken up again by file code and password, and by nobody without', async () => {
    const registering = await Registering.begin(accounts, somebody());
    const { code } = told(await registering.until('PASSWORD'));
    const resume = (password: string) =>
      accounts.client.ask(
        'mutation($input: ResumeRegistrationInput!) { resumeRegistration(input: $input) { token } }',
        { input: { code, password } },
        from('elsewhere'),
      );
    expect(codeOf(await resume('Wrong#Pass123'))).toBe('UNAUTHENTICATED');
    const token: string = (await resume(NEW_SECRETS.password)).body.data.resumeRegistration.token;
    const elsewhere = new Registering(
      accounts,
      registering.applicant,
      await sessionCaller(accounts, token, from('elsewhere')),
      token,
    );
    expect(told(await elsewhere.match())).toMatchObject({ step: 'CHIP' });
  });

  it('R21: an approval lapses after seven days, and a draft expires, each told and with its reason', async () => {
    const approved = await Registering.begin(accounts, somebody());
    await approved.until('PORTRAIT');
    await approved.submit();
    const draft = await Registering.begin(accounts, somebody());
    accounts.clock.advance(10 * 86_400);
    expect(codeOf(await activate(accounts, { username: approved.applicant.number }))).toBe('NOT_PERMITTED');
    expect(told(await approved.see())).toMatchObject({ state: 'LAPSED' });
    await tend(accounts);
    expect(told(await approved.see()).transitions.at(-1)).toMatchObject({
      to: 'LAPSED',
      reason: 'NOT_ACTIVATED_IN_TIME',
    });
    expect(told(await draft.see()).transitions.at(-1)).toMatchObject({
      to: 'EXPIRED',
      reason: 'NEVER_SENT_IN',
    });
    expect(accounts.messagesTo(`+84${approved.applicant.phone.slice(1)}`).map(({ kind }) => kind)).toContain(
      'ACTIVATION_LAPSED',
    );
  });

  it('R66: images of a face are gone with the decision, and what is kept are hashes', async () => {
    const registering = await Registering.begin(accounts, somebody());
    await registering.until('PORTRAIT');
    await registering.submit();
    const kept = await accounts.sql(
      `SELECT 1 FROM registration_images i JOIN registrations r ON r.id = i.registration_id WHERE r.personal_number = $1`,
      [registering.applicant.number],
    );
    expect(kept).toHaveLength(0);
  });
});
