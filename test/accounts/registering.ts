import { openCodePort, openTellOnAllWays, OtpKeys, Outbox } from '@dinhdanh/accounts/testing';
import type { NewMessage, RegistrationPorts } from '@dinhdanh/accounts/testing';
import { AppError } from '@dinhdanh/kit';
import { checkPassword } from '@dinhdanh/schema/check-password';
import { RecordingLog } from '@dinhdanh/kit/testing';
import type { ServiceAnswer, TestCaller } from '@dinhdanh/kit/testing';
import { callerOf, from, resolve, startAccounts } from './service-under-test.ts';
import type { AccountsUnderTest } from './service-under-test.ts';

/** What a registration is asked for in these tests. */
export const REGISTRATION = `id code purpose kind level state step steps { step doneAt }
  problems { code step field text { vi en } howToMend { vi en } agency } contacts { channel masked confirmedAt codeUntil nextCodeAt }
  review { personalNumber phone fullName sex dateOfBirth permanentResidence currentAddress nationality source extra }
  organisation { legalName consentsMissing } terms { version acceptedAt } username startedAt expiresAt receivedAt dueAt
  decidedAt effectiveAt activateBy decision reasons { code step field text { vi } howToMend { vi } agency } transitions { from to at reason }`;

/** Whose card the fakes read; tests change it between two steps. */
export interface World {
  match: { level: 'FULL' | 'PARTIAL' | 'NONE'; differing: string[] } | 'AWAY';
  chip: Awaited<ReturnType<RegistrationPorts['verifyChip']>> | null;
  face: { score: number; outcome: 'SAME' | 'UNSURE' | 'OTHER' };
  quality: string[];
  /** A kind of message that cannot be put into the outbox, so that what it tells of cannot happen. */
  silent: NewMessage['kind'] | null;
  /** What was put into the outbox, oldest first. */
  readonly messages: NewMessage[];
  /** How often each port was asked. */
  readonly asked: { match: number; chip: number; face: number };
}

/** A person who registers. */
export interface Applicant {
  readonly number: string;
  readonly phone: string;
  readonly email?: string;
  readonly fullName: string;
  readonly born: string;
  readonly sex: 'MALE' | 'FEMALE';
}

/** Somebody nobody knows yet. */
export const newcomer: Applicant = {
  number: '097204000777',
  phone: '0901234567',
  email: 'moi@example.com',
  fullName: 'Trần Văn Mới',
  born: '2004-05-06',
  sex: 'MALE',
};

/** A password and passcode that may be set. */
export const NEW_SECRETS = { password: 'Xanh#Bien7Sau', passcode: '739146' } as const;

/** Accounts whose databases, chips and cameras are under our hand; codes, the outbox and passwords are the real ones. */
export interface RegisteringUnderTest extends AccountsUnderTest {
  readonly world: World;
  readonly ports: RegistrationPorts;
  /** What was put into the outbox for an address, oldest first. */
  readonly messagesTo: (address: string) => NewMessage[];
}

/** What messages are sealed with in these tests, and what codes are hashed with. */
export const messageKey = Buffer.alloc(32, 5);
export const otpKey = Buffer.alloc(32, 6);

/** Starts accounts in a world in which every registration of {@link newcomer} is right. */
export async function startRegistering(
  settings: Record<string, unknown> = {},
): Promise<RegisteringUnderTest> {
  const world = rightWorld();
  const ports = { ...fakePorts(world), checkPassword };
  const accounts = await startAccounts({
    registrationPorts: ports,
    ...{ messageKey, otpKey },
    // What time brings about is brought about by the tests.
    pollSeconds: 3600,
    ...settings,
  });
  const messagesTo = (address: string): NewMessage[] =>
    world.messages.filter(({ to }) => to?.address === address);
  return { ...accounts, world, ports, messagesTo };
}

/** A world in which every registration is right. */
export function rightWorld(): World {
  return {
    match: { level: 'FULL', differing: [] },
    chip: null,
    face: { score: 0.9, outcome: 'SAME' },
    quality: [],
    silent: null,
    messages: [],
    asked: { match: 0, chip: 0, face: 0 },
  };
}

/** What stands in for the databases, chips and cameras of a world; codes and the outbox are the real ones. */
export function fakePorts(world: World): Omit<RegistrationPorts, 'checkPassword'> {
  const outbox = new Outbox(messageKey);
  const put: Outbox['put'] = async (sql, message, now) => {
    if (world.silent === message.kind) throw new AppError('SOURCE_UNAVAILABLE', { internal: 'no outbox' });
    await outbox.put(sql, message, now);
    world.messages.push(message);
  };
  const log = new RecordingLog();
  return {
    codes: openCodePort({ keys: new OtpKeys(otpKey), outbox: { put }, log }),
    putMessage: (sql, message, to, now) =>
      put(
        sql,
        {
          ...message,
          to: to === null ? null : { channel: 'SMS', address: to },
          language: 'vi',
        },
        now,
      ),
    tellOwner: openTellOnAllWays({ put }),
    match: async () => {
      world.asked.match += 1;
      if (world.match === 'AWAY') throw new AppError('SOURCE_UNAVAILABLE', { source: 'population' });
      return world.match;
    },
    verifyChip: async (chip, { personalNumber }) => {
      world.asked.chip += 1;
      return world.chip ?? genuineChip(personalNumber, chip.files.get('DG2') ?? new Uint8Array([1]));
    },
    faces: {
      name: 'fake 1',
      quality: async () => world.quality,
      compare: async () => {
        world.asked.face += 1;
        return world.face;
      },
    },
  };
}

/** A chip of whoever registers, whose details contradict nothing. */
export function genuineChip(personalNumber: string, face: Uint8Array): NonNullable<World['chip']> {
  const holder = { personalNumber, fullName: null, dateOfBirth: null, sex: null };
  return { genuine: true, holder, face, hashes: { DG1: 'aa', DG2: 'bb' } };
}

/** A step that an applicant does, in the order of the way. */
export type Step = 'IDENTITY' | 'TERMS' | 'CODE' | 'PASSWORD' | 'MATCH' | 'CHIP' | 'PORTRAIT';

/** An applicant at the service, with the session of the registration. */
export class Registering {
  readonly accounts: RegisteringUnderTest;
  readonly applicant: Applicant;
  readonly caller: TestCaller;
  readonly token: string | null;

  constructor(
    accounts: RegisteringUnderTest,
    applicant: Applicant,
    caller: TestCaller,
    token: string | null,
  ) {
    this.accounts = accounts;
    this.applicant = applicant;
    this.caller = caller;
    this.token = token;
  }

  /** Begins, as a stranger. */
  static async begin(
    accounts: RegisteringUnderTest,
    applicant: Applicant = newcomer,
    {
      client = from(`at ${applicant.number}`),
      kind = 'CITIZEN',
    }: { client?: TestCaller; kind?: string } = {},
  ): Promise<Registering> {
    const answer = await start(accounts, applicant, client, kind);
    const token: unknown = answer.body.data?.startRegistration?.token;
    if (typeof token !== 'string') throw new TypeError(`not begun: ${JSON.stringify(answer.body)}`);
    return new Registering(accounts, applicant, await sessionCaller(accounts, token, client), token);
  }

  /** Runs one mutation that answers the registration. */
  async step(mutation: string, variables: Record<string, unknown> = {}, types = ''): Promise<ServiceAnswer> {
    const declared = types === '' ? '' : `(${types})`;
    return this.accounts.client.ask(
      `mutation${declared} { done: ${mutation} { ${REGISTRATION} } }`,
      variables,
      this.caller,
    );
  }

  declare(more: Record<string, unknown> = {}): Promise<ServiceAnswer> {
    const { fullName, born, sex } = this.applicant;
    const input = {
      source: 'MANUAL',
      ...{ fullName, dateOfBirth: born, sex },
      permanentResidence: 'Xã Mẫu, Hà Nội',
      currentAddress: 'Phường Thử, Huế',
      ...more,
    };
    return this.step('declareIdentity(input: $input)', { input }, '$input: DeclareIdentityInput!');
  }

  terms(accepted = true, version = '2024-07-01'): Promise<ServiceAnswer> {
    return this.step(`acceptTerms(version: "${version}", accepted: ${accepted})`);
  }

  sendCode(channel = 'PHONE'): Promise<ServiceAnswer> {
    return this.step(`sendRegistrationCode(channel: ${channel})`);
  }

  /** The code of the last message. */
  code(channel = 'PHONE'): string {
    const phone = `+84${this.applicant.phone.slice(1)}`;
    const sent = this.accounts.messagesTo(channel === 'PHONE' ? phone : (this.applicant.email ?? ''));
    const codes = sent.flatMap((message) => (message.kind === 'OTP' ? [message.inputs.code] : []));
    return codes.at(-1) ?? '';
  }

  confirm(code: string, channel = 'PHONE'): Promise<ServiceAnswer> {
    return this.step(`confirmRegistrationCode(channel: ${channel}, code: $code)`, { code }, '$code: String!');
  }

  password(password: string = NEW_SECRETS.password): Promise<ServiceAnswer> {
    return this.step('setRegistrationPassword(password: $password)', { password }, '$password: String!');
  }

  match(): Promise<ServiceAnswer> {
    return this.step('matchRegistration');
  }

  challenge(): Promise<ServiceAnswer> {
    return this.accounts.client.ask(
      'mutation { done: beginChipReading { challenge expiresAt } }',
      {},
      this.caller,
    );
  }

  chip(face = `face of ${this.applicant.number}`): Promise<ServiceAnswer> {
    const content = Buffer.from(face).toString('base64');
    const input = { files: [{ name: 'DG2', content }], signature: 'AAAA' };
    return this.step('submitChip(input: $input)', { input }, '$input: ChipReadingInput!');
  }

  portrait(of: string = this.applicant.number): Promise<ServiceAnswer> {
    const image = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(of)]).toString('base64');
    return this.step('submitPortrait(image: $image)', { image }, '$image: String!');
  }

  submit(): Promise<ServiceAnswer> {
    return this.step('submitRegistration');
  }

  withdraw(): Promise<ServiceAnswer> {
    return this.step('withdrawRegistration');
  }

  /** Asks for a code by SMS and enters it. */
  async confirmPhone(): Promise<ServiceAnswer> {
    await this.sendCode();
    return this.confirm(this.code());
  }

  /** Does the steps up to the last one named, in order. */
  until(last: Step): Promise<ServiceAnswer> {
    return this.from('IDENTITY', last);
  }

  /** Does the steps from one to another, in order. */
  async from(first: Step, last: Step = 'PORTRAIT'): Promise<ServiceAnswer> {
    const steps: Readonly<Record<Step, () => Promise<ServiceAnswer>>> = {
      IDENTITY: () => this.declare(),
      TERMS: () => this.terms(),
      CODE: () => this.confirmPhone(),
      PASSWORD: () => this.password(),
      MATCH: () => this.match(),
      CHIP: async () => {
        await this.challenge();
        return this.chip();
      },
      PORTRAIT: () => this.portrait(),
    };
    const names = Object.keys(steps) as Step[];
    for (const name of names.slice(names.indexOf(first))) {
      const answer = await steps[name]();
      if (answer.body.errors !== undefined) throw new TypeError(`${name}: ${JSON.stringify(answer.body)}`);
      if (name === last) return answer;
    }
    throw new TypeError('no such step');
  }

  see(): Promise<ServiceAnswer> {
    return this.accounts.client.ask(`{ done: registration { ${REGISTRATION} } }`, {}, this.caller);
  }
}

/** The caller a token of a registration comes with, from a place. */
export async function sessionCaller(
  accounts: RegisteringUnderTest,
  token: string,
  { client }: TestCaller,
): Promise<TestCaller> {
  return { ...callerOf(await resolve(accounts.client, token)), ...(client === undefined ? {} : { client }) };
}

/** Asks for a registration to be begun. */
export function start(
  { client }: RegisteringUnderTest,
  { number, phone, email }: Applicant,
  caller: TestCaller,
  kind = 'CITIZEN',
  more: Record<string, unknown> = {},
): Promise<ServiceAnswer> {
  return client.ask(
    'mutation($input: StartRegistrationInput!) { startRegistration(input: $input) { token expiresAt id } }',
    { input: { kind, personalNumber: number, phone, ...(email === undefined ? {} : { email }), ...more } },
    caller,
  );
}

/** Activates an approved account. */
export function activate(
  { client }: RegisteringUnderTest,
  input: { username: string; password?: string; passcode?: string },
  caller: TestCaller = from('at home', 'my phone'),
): Promise<ServiceAnswer> {
  return client.ask(
    'mutation($input: ActivateAccountInput!) { activateAccount(input: $input) { token expiresAt passcodeUntil } }',
    { input: { ...NEW_SECRETS, device: 'Điện thoại thử', ...input } },
    caller,
  );
}
