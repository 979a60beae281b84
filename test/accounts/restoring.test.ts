import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countFewest } from '../harness/service-database.ts';
import { activate, NEW_SECRETS, startRegistering } from './registering.ts';
import type { Applicant, RegisteringUnderTest } from './registering.ts';
import {
  addOwner,
  ask,
  begin,
  change,
  international,
  owners,
  ownersCaller,
  prove,
  tend,
  toldTo,
} from './restoring.ts';
import { somebody } from './somebody.ts';
import { attempt, codeOf, from, resolve, SECRETS, signedIn } from './service-under-test.ts';

let accounts: RegisteringUnderTest;
const DAY = 86_400;

beforeAll(async () => {
  accounts = await startRegistering();
});
afterAll(() => accounts.stop());

const told = ({ body }: ServiceAnswer) => body.data?.done;
const reasonOf = ({ body }: ServiceAnswer): string | undefined => body.errors?.[0]?.extensions?.reason;

/** Whether somebody can sign in with a password. */
async function opens(number: string, password: string, passcode?: string): Promise<boolean> {
  const input = { username: number, password, ...(passcode === undefined ? {} : { passcode }) };
  const answer = await attempt(accounts.client, input, from(`desk of ${number} ${password}`));
  return answer.body.data?.signIn?.token !== undefined;
}

async function actorOf(token: string): Promise<unknown> {
  return (await resolve(accounts.client, token)).actor;
}

describe('a forgotten password', () => {
  it('R101: is set anew by the code to the account’s number, the match, the card and the face; every session ends', async () => {
    const owner = await addOwner(accounts);
    const session = await signedIn(accounts.client, owner.number);
    const { registering, submitted } = await change(accounts, 'PASSWORD', owner);
    expect(told(submitted)).toMatchObject({ state: 'ACTIVATED', purpose: 'PASSWORD', decision: 'APPROVED' });
    expect(told(submitted).contacts).toMatchObject([{ channel: 'ACCOUNT_PHONE', masked: null }]);
    expect(await actorOf(session)).toBeNull();
    expect(await opens(owner.number, SECRETS.password)).toBe(false);
    expect(await opens(owner.number, NEW_SECRETS.password, SECRETS.passcode)).toBe(true);
    expect(toldTo(accounts, international(owner.phone))).toEqual([
      'OTP',
      'PASSWORD_RESET_ASKED',
      'PASSWORD_CHANGED',
    ]);
    expect(toldTo(accounts, owner.email)).toEqual(['PASSWORD_RESET_ASKED', 'PASSWORD_CHANGED']);
    expect(told(await registering.submit())).toMatchObject({ state: 'ACTIVATED' });
  });

  it('R101: is not set by a code alone, nor where the data or the face are another’s', async () => {
    const owner = await addOwner(accounts);
    const registering = await begin(accounts, 'PASSWORD', owner);
    await registering.declare();
    await registering.sendCode('ACCOUNT_PHONE');
    await registering.confirm(registering.code(), 'ACCOUNT_PHONE');
    expect(reasonOf(await registering.password())).toBe('REGISTRATION_STEP');
    expect(reasonOf(await registering.submit())).toBe('REGISTRATION_STEP');
    accounts.world.match = { level: 'PARTIAL', differing: ['DATE_OF_BIRTH'] };
    const other = await addOwner(accounts);
    const { submitted } = await change(accounts, 'PASSWORD', other);
    accounts.world.match = { level: 'FULL', differing: [] };
    expect(told(submitted)).toMatchObject({ state: 'REJECTED', reasons: [{ code: 'DATA_MISMATCH' }] });
    expect(toldTo(accounts, other.email)).toContain('CHANGE_REJECTED');
    accounts.world.face = { score: 0.1, outcome: 'OTHER' };
    const third = await addOwner(accounts);
    await expect(change(accounts, 'PASSWORD', third)).rejects.toThrow('REGISTRATION_STEP');
    accounts.world.face = { score: 0.9, outcome: 'SAME' };
    for (const { number } of [owner, other, third]) expect(await opens(number, SECRETS.password)).toBe(true);
  });

  it('R101: takes no number that a stranger names, and shows none', async () => {
    const owner = await addOwner(accounts);
    const named = await ask(
      accounts,
      'PASSWORD',
      { personalNumber: owner.number, phone: '0912345678' },
      from('afar'),
    );
    expect(named.body.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'phone' });
    const registering = await begin(accounts, 'PASSWORD', owner);
    await registering.declare();
    expect(codeOf(await registering.sendCode('PHONE'))).toBe('BAD_USER_INPUT');
    const sent = told(await registering.sendCode('ACCOUNT_PHONE'));
    expect(sent.contacts).toMatchObject([{ channel: 'ACCOUNT_PHONE', masked: null }]);
    expect(JSON.stringify(sent)).not.toMatch(/\+84|0913/);
  });

  it('R101: of a number that nobody has is asked for in the same statements, with the same answers', async () => {
    const shapes = async (applicantOf: () => Applicant | Promise<Applicant>) => {
      let answers: ServiceAnswer[] = [];
      // Whoever is asked for is there before it is counted what asking costs.
      const asked = [await applicantOf(), await applicantOf(), await applicantOf()];
      const statements = await countFewest(accounts.databaseUrl, async () => {
        const applicant = asked.pop() ?? expect.unreachable('one for each run');
        answers = [];
        const registering = await begin(accounts, 'PASSWORD', applicant);
        answers.push(await registering.declare(), await registering.sendCode('ACCOUNT_PHONE'));
        answers.push(await registering.confirm('000000', 'ACCOUNT_PHONE'));
        const device = await begin(accounts, 'DEVICE', applicant);
        answers.push(await device.declare(), await device.match());
      });
      const shape = JSON.stringify(answers.map(told)).replaceAll(/"(?:id|code|personalNumber)":"[^"]*"/g, '');
      return { statements, shape };
    };
    await shapes(somebody);
    const ofNobody = await shapes(somebody);
    expect(ofNobody.statements.length).toBeGreaterThan(15);
    expect(await shapes(() => addOwner(accounts))).toEqual(ofNobody);
  });

  it('is carried out by the background where the process ended between the decision and the deed', async () => {
    const owner = await addOwner(accounts);
    const registering = await begin(accounts, 'PASSWORD', owner);
    await prove('PASSWORD', registering);
    accounts.world.silent = 'PASSWORD_CHANGED';
    expect(codeOf(await registering.submit())).toBeDefined();
    accounts.world.silent = null;
    expect(told(await registering.see())).toMatchObject({ state: 'APPROVED' });
    expect(await opens(owner.number, SECRETS.password)).toBe(true);
    await tend(accounts);
    expect(told(await registering.see())).toMatchObject({ state: 'ACTIVATED' });
    expect(await opens(owner.number, NEW_SECRETS.password)).toBe(true);
  });
});

describe('a new device', () => {
  it('waits a day, told at once on all ways, then is bound with a new passcode; the old one ends and locks out nobody', async () => {
    const owner = await addOwner(accounts);
    const old = await signedIn(accounts.client, owner.number, SECRETS.passcode);
    await accounts.sql(
      `WITH owner AS (INSERT INTO passkey_owners (subject, handle) VALUES ($1, $1) RETURNING subject)
       INSERT INTO passkeys (id, subject, credential_id, public_key, counter, name, backed_up, created_at)
       SELECT $1, subject, $1, ''::bytea, 0, 'old device', false, now() FROM owner`,
      [owner.subject],
    );
    const { registering, submitted } = await change(accounts, 'DEVICE', owner);
    const effectiveAt = new Date(accounts.clock.read().getTime() + DAY * 1000).toISOString();
    expect(told(submitted)).toMatchObject({ state: 'APPROVED', effectiveAt });
    expect(toldTo(accounts, international(owner.phone))).toContain('DEVICE_CHANGE_ASKED');
    expect(toldTo(accounts, owner.email)).toContain('DEVICE_CHANGE_ASKED');
    const input = { username: owner.number };
    expect(reasonOf(await activate(accounts, input))).toBe('CHANGE_WAITS');
    expect(await actorOf(old)).not.toBeNull();
    accounts.clock.advance(DAY);
    await tend(accounts);
    await tend(accounts);
    expect(toldTo(accounts, owner.email).filter((kind) => kind === 'DEVICE_CHANGE_READY')).toHaveLength(1);
    expect(await opens(owner.number, SECRETS.password)).toBe(true);
    const activated = await activate(accounts, input, from('new home', 'new device'));
    const token: string = activated.body.data.activateAccount.token;
    expect(await resolve(accounts.client, token)).toMatchObject({ actor: { id: owner.subject } });
    expect(await actorOf(old)).toBeNull();
    expect(await opens(owner.number, SECRETS.password)).toBe(false);
    expect(await opens(owner.number, NEW_SECRETS.password, NEW_SECRETS.passcode)).toBe(true);
    expect(toldTo(accounts, owner.email)).toContain('DEVICE_CHANGED');
    const kept = await accounts.sql(
      `SELECT a.device_model, s.outcome::text AS outcome, s.new_device FROM accounts a JOIN sign_ins s ON s.owner = a.subject
       WHERE a.subject = $1 AND s.device = a.device_model`,
      [owner.subject],
    );
    expect(kept).toEqual([{ device_model: 'Điện thoại thử', outcome: 'SIGNED_IN', new_device: true }]);
    expect(await accounts.sql('SELECT 1 FROM passkeys WHERE subject = $1', [owner.subject])).toHaveLength(0);
    expect(await actorOf(registering.token ?? '')).toBeNull();
  });

  it('counts at once where a device that is signed in confirms it with the passcode, and not without', async () => {
    const owner = await addOwner(accounts);
    const withPasscode = owners(accounts, await ownersCaller(accounts, owner));
    await change(accounts, 'DEVICE', owner);
    const [asked] = await withPasscode.asked();
    expect(asked).toMatchObject({ purpose: 'DEVICE', state: 'APPROVED' });
    const without = owners(accounts, await ownersCaller(accounts, owner, { passcode: false }));
    expect(codeOf(await without.confirm(asked?.id ?? ''))).toBe('PASSCODE_REQUIRED');
    expect(reasonOf(await activate(accounts, { username: owner.number }))).toBe('CHANGE_WAITS');
    expect(told(await withPasscode.confirm(asked?.id ?? ''))).toMatchObject({ status: 'ACTIVE' });
    const activated = await activate(accounts, { username: owner.number });
    expect(activated.body.data?.activateAccount?.token).toEqual(expect.any(String));
    expect(reasonOf(await withPasscode.confirm(asked?.id ?? ''))).toBeUndefined();
  });

  it('ends the locks that the owner feared for, and no other', async () => {
    const lost = await addOwner(accounts);
    await owners(accounts, await ownersCaller(accounts, lost)).lock('LOST_DEVICE');
    const held = await addOwner(accounts);
    await accounts.sql(
      `UPDATE accounts SET status = 'LOCKED', lock_reason = 'AUTHORITY_REQUEST', locked_at = now(),
         lock_causes = '{AUTHORITY_REQUEST,SUSPECTED_MISUSE}' WHERE subject = $1`,
      [held.subject],
    );
    await change(accounts, 'DEVICE', lost);
    await change(accounts, 'PASSWORD', held);
    accounts.clock.advance(DAY);
    await activate(accounts, { username: lost.number });
    const rows = await accounts.sql(
      'SELECT status::text AS status, lock_causes::text[] AS causes FROM accounts WHERE subject = ANY($1) ORDER BY subject = $2',
      [[lost.subject, held.subject], held.subject],
    );
    expect(rows).toEqual([
      { status: 'ACTIVE', causes: [] },
      { status: 'LOCKED', causes: ['AUTHORITY_REQUEST'] },
    ]);
    expect(toldTo(accounts, lost.email)).toContain('ACCOUNT_UNLOCKED');
  });

  it('that nobody takes into use lapses after its days, and who asked can take it back', async () => {
    const owner = await addOwner(accounts);
    const first = await change(accounts, 'DEVICE', owner);
    accounts.clock.advance(10 * DAY);
    await tend(accounts);
    expect(told(await first.registering.see())).toMatchObject({ state: 'LAPSED' });
    expect(toldTo(accounts, owner.email)).toContain('CHANGE_LAPSED');
    const second = await change(accounts, 'DEVICE', owner);
    expect(told(await second.registering.withdraw())).toMatchObject({ state: 'WITHDRAWN' });
    accounts.clock.advance(DAY);
    expect(codeOf(await activate(accounts, { username: owner.number }))).toBe('UNAUTHENTICATED');
    expect(await opens(owner.number, SECRETS.password)).toBe(true);
  });

  it('of who has no account is refused, which only who has shown card and face is told', async () => {
    const { submitted } = await change(accounts, 'DEVICE', somebody());
    expect(told(submitted)).toMatchObject({ state: 'REJECTED', reasons: [{ code: 'NO_ACCOUNT' }] });
  });
});

describe('the owner’s word', () => {
  it('refuses a change with the passcode; without it, and of another’s account, nothing is refused', async () => {
    const owner = await addOwner(accounts);
    const mine = owners(accounts, await ownersCaller(accounts, owner));
    const left = owners(accounts, await ownersCaller(accounts, owner, { passcode: false }));
    const other = owners(accounts, await ownersCaller(accounts, await addOwner(accounts)));
    const { registering } = await change(accounts, 'DEVICE', owner);
    const id = (await mine.asked())[0]?.id ?? '';
    expect(await other.asked()).toEqual([]);
    expect(codeOf(await other.refuse(id))).toBe('NOT_FOUND');
    expect(codeOf(await left.refuse(id))).toBe('PASSCODE_REQUIRED');
    expect(told(await mine.refuse(id))).toMatchObject({ askedChanges: [] });
    expect(told(await mine.refuse(id))).toMatchObject({ askedChanges: [] });
    expect(told(await registering.see())).toMatchObject({
      state: 'REFUSED',
      reasons: [{ code: 'REFUSED_BY_OWNER' }],
    });
    accounts.clock.advance(DAY);
    await tend(accounts);
    expect(codeOf(await activate(accounts, { username: owner.number }))).toBe('UNAUTHENTICATED');
  });

  it('by locking the account refuses all that is asked for it, and not what is asked for later', async () => {
    const owner = await addOwner(accounts);
    const mine = owners(accounts, await ownersCaller(accounts, owner));
    const device = await change(accounts, 'DEVICE', owner);
    const phone = await change(accounts, 'PHONE', owner, somebody().phone);
    await mine.lock('SUSPECTED_MISUSE');
    for (const { registering } of [device, phone])
      expect(told(await registering.see())).toMatchObject({ state: 'REFUSED' });
    expect(codeOf(await mine.confirm('x'))).toBe('NOT_FOUND');
    const again = await change(accounts, 'DEVICE', owner);
    expect(await mine.asked()).toHaveLength(1);
    await mine.lock('LOST_DEVICE');
    expect(told(await again.registering.see())).toMatchObject({ state: 'APPROVED' });
  });

  it('a lock and a change whose time has come at once: the change is done before it or refused by it', async () => {
    for (let round = 0; round < 2; round += 1) {
      const owner = await addOwner(accounts);
      const mine = owners(accounts, await ownersCaller(accounts, owner));
      const newPhone = somebody().phone;
      const { registering } = await change(accounts, 'PHONE', owner, newPhone);
      accounts.clock.advance(DAY);
      await Promise.all([tend(accounts), mine.lock('SUSPECTED_MISUSE')]);
      const { state } = told(await registering.see());
      const [row] = await accounts.sql<{ phone: string }>('SELECT phone FROM accounts WHERE subject = $1', [
        owner.subject,
      ]);
      const phones: Record<string, string> = { ACTIVATED: newPhone, REFUSED: owner.phone };
      expect(row?.phone).toBe(international(phones[state] ?? ''));
    }
  });

  it('is carried out after whoever changes the account just then, and holds nothing that they need', async () => {
    const owner = await addOwner(accounts);
    const { registering } = await change(accounts, 'PHONE', owner, somebody().phone);
    accounts.clock.advance(DAY);
    const { id } = told(await registering.see());
    const held = `FROM pg_locks WHERE relation = 'changes'::regclass AND mode = 'ExclusiveLock'`;
    const changing = accounts.sql(`DO $$ BEGIN
      LOCK TABLE changes IN EXCLUSIVE MODE;
      FOR i IN 1..200 LOOP
        EXIT WHEN (SELECT count(*) ${held} AND NOT granted) > 0;
        PERFORM pg_sleep(0.01);
      END LOOP;
      IF (SELECT state FROM registrations WHERE id = '${id}' FOR UPDATE NOWAIT) <> 'APPROVED' THEN
        RAISE EXCEPTION 'overtaken';
      END IF;
    END $$`);
    await expect.poll(() => accounts.sql(`SELECT 1 ${held} AND granted`)).toHaveLength(1);
    const [carried, changed] = await Promise.allSettled([tend(accounts), changing]);
    expect([carried.status, changed]).toEqual([
      'fulfilled',
      expect.objectContaining({ status: 'fulfilled' }),
    ]);
    expect(told(await registering.see())).toMatchObject({ state: 'ACTIVATED' });
  });
});

describe('a new phone number', () => {
  it('of who still has the old one takes the passcode and the codes sent to both, and counts at once', async () => {
    const owner = await addOwner(accounts);
    const newPhone = somebody().phone;
    const without = await ownersCaller(accounts, owner, { passcode: false });
    expect(codeOf(await ask(accounts, 'PHONE', { phone: newPhone }, without))).toBe('PASSCODE_REQUIRED');
    const caller = await ownersCaller(accounts, owner);
    const run = (mutation: string): Promise<ServiceAnswer> =>
      accounts.client.ask(`mutation { done: ${mutation} { state step steps { step } } }`, {}, caller);
    expect(
      (await ask(accounts, 'PHONE', { phone: newPhone }, caller)).body.data?.startRegistration?.token,
    ).toBeNull();
    const codeTo = (phone: string): string =>
      accounts
        .messagesTo(international(phone))
        .flatMap((message) => (message.kind === 'OTP' ? [message.inputs.code] : []))
        .at(-1) ?? '';
    await run('sendRegistrationCode(channel: PHONE)');
    await run('sendRegistrationCode(channel: ACCOUNT_PHONE)');
    const half = await run(`confirmRegistrationCode(channel: PHONE, code: "${codeTo(newPhone)}")`);
    expect(told(half)).toMatchObject({ step: 'CODE' });
    expect(reasonOf(await run('submitRegistration'))).toBe('REGISTRATION_STEP');
    await run(`confirmRegistrationCode(channel: ACCOUNT_PHONE, code: "${codeTo(owner.phone)}")`);
    expect(told(await run('submitRegistration'))).toMatchObject({ state: 'ACTIVATED' });
    const [row] = await accounts.sql('SELECT phone FROM accounts WHERE subject = $1', [owner.subject]);
    expect(row).toEqual({ phone: international(newPhone) });
    for (const address of [international(owner.phone), international(newPhone), owner.email])
      expect(toldTo(accounts, address)).toContain('PHONE_CHANGED');
  });

  it('of who has lost the old one takes card and face, waits, and is carried out once', async () => {
    const owner = await addOwner(accounts);
    const newPhone = somebody().phone;
    const { registering, submitted } = await change(accounts, 'PHONE', owner, newPhone);
    expect(told(submitted)).toMatchObject({ state: 'APPROVED' });
    expect(toldTo(accounts, international(owner.phone))).toContain('PHONE_CHANGE_ASKED');
    await tend(accounts);
    expect(told(await registering.see())).toMatchObject({ state: 'APPROVED' });
    accounts.clock.advance(DAY);
    await Promise.all([tend(accounts), tend(accounts)]);
    expect(told(await registering.see())).toMatchObject({ state: 'ACTIVATED' });
    expect(
      toldTo(accounts, international(owner.phone)).filter((kind) => kind === 'PHONE_CHANGED'),
    ).toHaveLength(1);
  });

  it('R7: that is another person’s is refused, when it is asked for and when its time comes', async () => {
    const [owner, other] = [await addOwner(accounts), await addOwner(accounts)];
    const { submitted } = await change(accounts, 'PHONE', owner, other.phone);
    expect(told(submitted)).toMatchObject({ state: 'REJECTED', reasons: [{ code: 'PHONE_IN_USE' }] });
    accounts.clock.advance(61);
    const wanted = somebody().phone;
    const { registering } = await change(accounts, 'PHONE', owner, wanted);
    await accounts.sql('UPDATE accounts SET phone = $2 WHERE subject = $1', [
      other.subject,
      international(wanted),
    ]);
    accounts.clock.advance(DAY);
    await tend(accounts);
    expect(told(await registering.see())).toMatchObject({ state: 'LAPSED' });
  });
});

describe('who may ask for a change', () => {
  it('R99: thresholds hold for changes as for accounts: many from one device are refused', async () => {
    const client = from('one place for changes', 'one device for changes');
    const answers: (string | undefined)[] = [];
    for (let at = 0; at < 21; at += 1)
      answers.push(codeOf(await ask(accounts, 'DEVICE', { personalNumber: somebody().number }, client)));
    expect(answers.filter((code) => code === 'RATE_LIMITED')).toHaveLength(1);
  });

  it('children, wards and organisations are told that it is done in person', async () => {
    for (const kind of ['CHILD', 'WARD', 'ORGANISATION']) {
      const answer = await ask(accounts, 'PASSWORD', { kind, personalNumber: somebody().number }, from('x'));
      expect(reasonOf(answer)).toBe('REGISTRATION_NOT_OFFERED');
    }
    const rules = await accounts.client.ask(
      '{ registrationRules { changes { purpose byOldNumber delayHours steps inPerson { vi en } } } }',
      {},
      from('x'),
    );
    expect(rules.body.data?.registrationRules?.changes).toMatchObject([
      { purpose: 'PASSWORD', delayHours: 0 },
      { purpose: 'DEVICE', delayHours: 24 },
      { purpose: 'PHONE', byOldNumber: true, delayHours: 0, steps: ['CONTACT', 'CODE', 'SUBMIT'] },
      { purpose: 'PHONE', byOldNumber: false, delayHours: 24 },
    ]);
  });

  it('an owner whose account is locked changes no number by the old one', async () => {
    const owner = await addOwner(accounts);
    const caller = await ownersCaller(accounts, owner);
    await owners(accounts, caller).lock('OWNER_REQUEST');
    const answer = await ask(accounts, 'PHONE', { phone: somebody().phone }, caller);
    expect(codeOf(answer)).toBe('ACCOUNT_LOCKED');
  });
});
