import type { ServiceAnswer } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countShapes } from '../harness/service-database.ts';
import { CountedSecrets, hashOf } from './counted-secrets.ts';
import { activate, NEW_SECRETS, Registering, start, startRegistering } from './registering.ts';
import type { Applicant, RegisteringUnderTest } from './registering.ts';
import { somebody } from './somebody.ts';
import { addPerson, attempt, from } from './service-under-test.ts';

const secrets = new CountedSecrets();
const WRONG = 'Wrong#Pass123';
let accounts: RegisteringUnderTest;

beforeAll(async () => {
  accounts = await startRegistering({ secrets });
  // Connections are opened once.
  await (await Registering.begin(accounts, somebody())).until('MATCH');
});
afterAll(() => accounts.stop());

/** Somebody with an account of that number, telephone and address. */
async function owner(): Promise<Applicant> {
  const applicant = somebody();
  await addPerson(accounts, { number: applicant.number, born: applicant.born });
  await accounts.sql('UPDATE accounts SET phone = $2, email = $3 WHERE personal_number = $1', [
    applicant.number,
    `+84${applicant.phone.slice(1)}`,
    applicant.email,
  ]);
  await accounts.sql('UPDATE credentials SET password_hash = $2 WHERE username = $1', [
    applicant.number,
    hashOf(NEW_SECRETS.password),
  ]);
  return applicant;
}

/** What a stranger can see or measure of an answer: what it cost, and what it says but for names and times. */
interface Seen {
  readonly hashes: number;
  readonly statements: [string, number][];
  readonly answer: unknown;
}

async function see(ask: () => Promise<ServiceAnswer>): Promise<Seen> {
  const before = secrets.computed;
  let answer: unknown = null;
  const statements = await countShapes(accounts.databaseUrl, async () => {
    const { status, body } = await ask();
    answer = [status, masked(body)];
  });
  return { hashes: secrets.computed - before, statements, answer };
}

/** Strings by their length; a registration’s own number and name are nothing that it is told. */
function masked(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? `${one.length} signs` : one)),
  ) as unknown;
}

let strangers = 0;
const stranger = (name: string) => from(`stranger ${name} ${(strangers += 1)}`);

function signIn(username: string, passcode?: string): Promise<ServiceAnswer> {
  const given = passcode === undefined ? {} : { passcode };
  return attempt(accounts.client, { username, password: WRONG, ...given }, stranger(username));
}

function resume(code: string): Promise<ServiceAnswer> {
  return accounts.client.ask(
    'mutation($input: ResumeRegistrationInput!) { resumeRegistration(input: $input) { token } }',
    { input: { code, password: WRONG } },
    stranger(code),
  );
}

/** A registration in which everything up to a step is done, and the step itself to be measured. */
async function at(
  applicant: Applicant,
  last: 'TERMS' | 'PASSWORD' | 'PORTRAIT',
  step: (registering: Registering) => Promise<ServiceAnswer>,
): Promise<Seen> {
  const registering = await Registering.begin(accounts, applicant);
  await registering.until(last);
  return see(() => step(registering));
}

describe('a user name, number, telephone or address that somebody has costs what any other costs', () => {
  it('to sign in with a wrong password: one hash, with a passcode or without', async () => {
    const known = await owner();
    const bulk = somebody();
    await addPerson(accounts, { number: bulk.number, credentials: false });
    const locked = await owner();
    await accounts.sql(`UPDATE accounts SET status = 'CLOSED' WHERE personal_number = $1`, [locked.number]);
    const names = [known, bulk, locked, somebody()].map(({ number }) => number);
    for (const passcode of [undefined, NEW_SECRETS.passcode]) {
      const seen = [];
      for (const name of names) seen.push(await see(() => signIn(name, passcode)));
      const [first, ...others] = seen;
      expect(first).toMatchObject({ hashes: 1, answer: [200, { errors: expect.any(Array) }] });
      for (const other of others) expect(other).toEqual(first);
    }
  });

  it('to begin: none', async () => {
    const known = await owner();
    const begin = (applicant: Applicant) => see(() => start(accounts, applicant, stranger(applicant.number)));
    const unknown = await begin(somebody());
    expect(unknown).toMatchObject({ hashes: 0 });
    expect(await begin(known)).toEqual(unknown);
    expect(await begin(somebody({ phone: known.phone }))).toEqual(unknown);
    expect(await begin(somebody({ email: known.email ?? '' }))).toEqual(unknown);
  });

  it.each(['PHONE', 'EMAIL'])('to be sent a code, by %s', async (channel) => {
    const known = await owner();
    const send = (applicant: Applicant) =>
      at(applicant, 'TERMS', (registering) => registering.sendCode(channel));
    const unknown = await send(somebody());
    expect(unknown).toMatchObject({ hashes: 0 });
    expect(await send(known)).toEqual(unknown);
    accounts.clock.advance(61);
    expect(await send(somebody({ phone: known.phone, email: known.email ?? '' }))).toEqual(unknown);
  });

  it('to be compared with the national database', async () => {
    const known = await owner();
    const compare = (applicant: Applicant) => at(applicant, 'PASSWORD', (registering) => registering.match());
    const unknown = await compare(somebody());
    expect(unknown).toMatchObject({ hashes: 0 });
    expect(await compare(known)).toEqual(unknown);
    accounts.clock.advance(61);
    expect(await compare(somebody({ phone: known.phone }))).toEqual(unknown);
  });

  it('to be sent in; what is decided is told to who has shown the card', async () => {
    const known = await owner();
    const send = (applicant: Applicant) => at(applicant, 'PORTRAIT', (registering) => registering.submit());
    const unknown = await send(somebody());
    const others = [await send(known)];
    accounts.clock.advance(61);
    others.push(await send(somebody({ phone: known.phone })));
    for (const { hashes, statements } of others) {
      expect(hashes).toBe(unknown.hashes);
      expect(statements).toEqual(unknown.statements);
    }
  });

  it('to activate with a wrong password: one hash, approved, activated, known or nobody’s', async () => {
    const approved = await Registering.begin(accounts, somebody());
    await approved.until('PORTRAIT');
    await approved.submit();
    const activated = await Registering.begin(accounts, somebody());
    await activated.until('PORTRAIT');
    await activated.submit();
    const { body } = await activate(accounts, { username: activated.applicant.number }, stranger('owner'));
    expect(body.data.activateAccount.token).toEqual(expect.any(String));
    const numbers = [approved, activated].map(({ applicant }) => applicant.number);
    const wrong = (username: string) =>
      see(() => activate(accounts, { username, password: WRONG }, stranger(username)));
    const unknown = await wrong(somebody().number);
    expect(unknown.hashes).toBe(1);
    for (const username of [...numbers, (await owner()).number])
      expect(await wrong(username)).toEqual(unknown);
  });

  it('to go on with a registration with a wrong password: one hash, begun, secured, over or nobody’s', async () => {
    const begun = await Registering.begin(accounts, somebody());
    const secured = await Registering.begin(accounts, somebody());
    await secured.until('PASSWORD');
    const over = await Registering.begin(accounts, somebody());
    await over.until('PASSWORD');
    await over.withdraw();
    const unknown = await see(() => resume('ABCDEFGH23'));
    expect(unknown.hashes).toBe(1);
    for (const registering of [begun, secured, over]) {
      const { code } = (await registering.see()).body.data.done;
      expect(await see(() => resume(code))).toEqual(unknown);
    }
  });
});
