import { AccountsStore, tendOnce } from '@dinhdanh/accounts/testing';
import type { ServiceAnswer, TestCaller } from '@dinhdanh/kit/testing';
import { NEW_SECRETS, Registering, sessionCaller } from './registering.ts';
import type { Applicant, RegisteringUnderTest } from './registering.ts';
import { somebody } from './somebody.ts';
import { addPerson, callerOf, from, resolve, SECRETS, signedIn } from './service-under-test.ts';

/** What a registration of a change is for. */
export type Purpose = 'PASSWORD' | 'DEVICE' | 'PHONE';

/** Somebody who has an account, with the way they are reached by. */
export interface OwnerUnderTest extends Applicant {
  readonly subject: string;
  readonly email: string;
}

/** Somebody with an account, a telephone and an e-mail address of their own. */
export async function addOwner(accounts: RegisteringUnderTest): Promise<OwnerUnderTest> {
  const applicant = somebody();
  const subject = await addPerson(accounts, { number: applicant.number, born: applicant.born });
  const email = applicant.email ?? '';
  await accounts.sql('UPDATE accounts SET phone = $2, email = $3 WHERE subject = $1', [
    subject,
    international(applicant.phone),
    email,
  ]);
  return { ...applicant, subject, email };
}

/** A telephone number as messages name it. */
export function international(phone: string): string {
  return `+84${phone.slice(1)}`;
}

/** The caller of an owner who is signed in, with the passcode or without. */
export async function ownersCaller(
  accounts: RegisteringUnderTest,
  { number }: Applicant,
  { passcode = true }: { readonly passcode?: boolean } = {},
): Promise<TestCaller> {
  const token = await signedIn(accounts.client, number, passcode ? SECRETS.passcode : undefined);
  return { ...callerOf(await resolve(accounts.client, token)), ...from(`home of ${number}`) };
}

/** Asks for a change to be begun. */
export function ask(
  accounts: RegisteringUnderTest,
  purpose: Purpose,
  input: Record<string, unknown>,
  caller: TestCaller,
): Promise<ServiceAnswer> {
  return accounts.client.ask(
    'mutation($input: StartRegistrationInput!) { startRegistration(input: $input) { token expiresAt id } }',
    { input: { kind: 'CITIZEN', purpose, ...input } },
    caller,
  );
}

/** Begins a change as a stranger, who proves who they are by card and face; `newPhone` is for PHONE. */
export async function begin(
  accounts: RegisteringUnderTest,
  purpose: Purpose,
  applicant: Applicant,
  newPhone?: string,
): Promise<Registering> {
  const client = from(`elsewhere, as ${applicant.number}`, `new device of ${applicant.number}`);
  const phone = newPhone === undefined ? {} : { phone: newPhone };
  const answer = await ask(accounts, purpose, { personalNumber: applicant.number, ...phone }, client);
  const token: unknown = answer.body.data?.startRegistration?.token;
  if (typeof token !== 'string') throw new TypeError(`not begun: ${JSON.stringify(answer.body)}`);
  const reached = newPhone === undefined ? applicant : { ...applicant, phone: newPhone };
  return new Registering(accounts, reached, await sessionCaller(accounts, token, client), token);
}

const CHANNELS: Readonly<Record<Purpose, readonly string[]>> = {
  PASSWORD: ['ACCOUNT_PHONE'],
  DEVICE: [],
  PHONE: ['PHONE'],
};

/** Goes through the steps of a change up to the portrait, and the password where it has one. */
export async function prove(purpose: Purpose, registering: Registering): Promise<void> {
  const steps: (() => Promise<ServiceAnswer>)[] = [
    () => registering.declare(),
    ...CHANNELS[purpose].flatMap((channel) => [
      () => registering.sendCode(channel),
      () => registering.confirm(registering.code(), channel),
    ]),
    () => registering.match(),
    () => registering.challenge(),
    () => registering.chip(),
    () => registering.portrait(),
    ...(purpose === 'PHONE' ? [] : [() => registering.password(NEW_SECRETS.password)]),
  ];
  for (const step of steps) {
    const { body } = await step();
    if (body.errors !== undefined) throw new TypeError(JSON.stringify(body.errors));
  }
}

/** Begins, proves and sends a change in. */
export async function change(
  accounts: RegisteringUnderTest,
  purpose: Purpose,
  applicant: Applicant,
  newPhone?: string,
): Promise<{ readonly registering: Registering; readonly submitted: ServiceAnswer }> {
  const registering = await begin(accounts, purpose, applicant, newPhone);
  await prove(purpose, registering);
  return { registering, submitted: await registering.submit() };
}

/** What an owner sees and does of changes of their account. */
export function owners(accounts: RegisteringUnderTest, caller: TestCaller) {
  const run = (mutation: string, id: string): Promise<ServiceAnswer> =>
    accounts.client.ask(
      `mutation($id: ID!) { done: ${mutation}(id: $id) { status askedChanges { id state } } }`,
      { id },
      caller,
    );
  return {
    asked: async (): Promise<
      readonly { id: string; purpose: string; state: string; effectiveAt: string }[]
    > => {
      const { body } = await accounts.client.ask(
        '{ me { askedChanges { id purpose state askedAt effectiveAt } } }',
        {},
        caller,
      );
      return body.data?.me?.askedChanges ?? [];
    },
    refuse: (id: string) => run('refuseChange', id),
    confirm: (id: string) => run('confirmChange', id),
    lock: (reason: string) =>
      accounts.client.ask(`mutation { done: lockAccount(reason: ${reason}) { status } }`, {}, caller),
  };
}

/** Kinds of what was told to an address, oldest first. */
export function toldTo(accounts: RegisteringUnderTest, address: string): string[] {
  return accounts.messagesTo(address).map(({ kind }) => kind);
}

/** What the background does, once. */
export async function tend(accounts: RegisteringUnderTest): Promise<void> {
  const store = new AccountsStore(accounts.databaseUrl);
  await tendOnce({
    room: {
      registrations: store.registrations,
      ports: accounts.ports,
      settings: { sessionHours: 8, changeDelaySeconds: null },
    },
    clock: accounts.clock.read,
    log: accounts.log,
  });
  await store.close();
}
