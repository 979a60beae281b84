import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceAnswer, ServiceClient, TestCaller } from '@dinhdanh/kit/testing';
import { NEW_SECRETS } from '../registering.ts';
import type { Applicant } from '../registering.ts';
import { callerOf } from '../service-under-test.ts';

/** What the applicant was told, which must be so for good. */
export interface Told {
  readonly applicant: Applicant;
  /** Ids of registrations whose beginning was answered; the last one goes on. */
  readonly begun: string[];
  /** Steps that were told to be done. */
  readonly done: Set<string>;
  state: string | null;
  /** Whether a session of the account was handed out. */
  isActivated: boolean;
  /** Requests whose answer never came. */
  lost: number;
  /** Requests that were sent twice at once. */
  doubled: number;
  readonly violations: string[];
}

/** How an applicant gets at the service. */
export interface CrossedPlace {
  readonly client: ServiceClient;
  /** The newest code sent to a telephone; null where there is none. */
  readonly codeSentTo: (phone: string) => Promise<string | null>;
  /** Lets the time pass after which another code may be sent. */
  readonly waitForCode: () => Promise<unknown>;
  /** Whether the next request is sent twice at once. */
  readonly isDoubled: () => boolean;
}

/** How often a step is done before it counts as one that cannot be done. */
const ATTEMPTS = 10;
const TRIES = 600;
const PAUSE_MS = 50;
const SEEN = 'id state step steps { step doneAt }';

/** Answers that tell nothing of the registration but that it was too early, or that another was faster. */
const AGAIN: ReadonlySet<string> = new Set(['RATE_LIMITED', 'SOURCE_UNAVAILABLE', 'INTERNAL']);

/** Somebody who registers from the beginning to the activation, however often the service is away meanwhile. */
export class CrossedRegistration {
  readonly told: Told;
  readonly #place: CrossedPlace;
  readonly #from: TestCaller;
  #caller: TestCaller = {};

  constructor(place: CrossedPlace, applicant: Applicant, device: string) {
    this.#place = place;
    this.#from = { client: { address: device, device, cookie: false } };
    this.told = {
      ...{ applicant, begun: [], done: new Set(), state: null },
      ...{ isActivated: false, lost: 0, doubled: 0, violations: [] },
    };
  }

  /** Goes the whole way. @throws where it could not be gone, which nothing excuses */
  async finish(): Promise<void> {
    await this.#begin();
    for (const step of this.#steps()) await this.#do(step);
    // Sent in twice, one answer may be from before the decision.
    for (let attempt = 0; this.told.state === 'SUBMITTED' && attempt < TRIES; attempt += 1) {
      await sleep(PAUSE_MS);
      this.#note(await this.#answered(`{ done: registration { ${SEEN} } }`, {}, this.#caller));
    }
    if (this.told.state === 'APPROVED') await this.#activate();
  }

  async #begin(): Promise<void> {
    const { number, phone } = this.told.applicant;
    const input = { kind: 'CITIZEN', personalNumber: number, phone };
    const text =
      'mutation($input: StartRegistrationInput!) { done: startRegistration(input: $input) { token id } }';
    const { token, id } = await this.#answered(text, { input }, this.#from);
    this.told.begun.push(String(id));
    this.told.done.add('CONTACT');
    const resolved = await this.#again(() =>
      this.#place.client.post('/resolve-caller', { sessions: [String(token)] }),
    );
    if (resolved.status !== 200) throw new TypeError('a session that was handed out is gone');
    this.#caller = { ...callerOf(resolved.body.callers[0]), ...this.#from };
  }

  #steps(): [string, () => Promise<Record<string, unknown>>][] {
    const { number, fullName, born, sex } = this.told.applicant;
    const identity = {
      ...{ source: 'MANUAL', fullName, dateOfBirth: born, sex },
      ...{ permanentResidence: 'Xã Mẫu, Hà Nội', currentAddress: 'Phường Thử, Huế' },
    };
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const chip = { files: [{ name: 'DG2', content: base64(`face of ${number}`) }], signature: 'AAAA' };
    const image = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(number)]).toString('base64');
    const ask =
      (call: string, types = '', variables: Record<string, unknown> = {}) =>
      () =>
        this.#answered(`mutation${types} { done: ${call} { ${SEEN} } }`, variables, this.#caller);
    return [
      [
        'IDENTITY',
        ask('declareIdentity(input: $input)', '($input: DeclareIdentityInput!)', { input: identity }),
      ],
      ['TERMS', ask('acceptTerms(version: "2024-07-01", accepted: true)')],
      [
        'CODE',
        async () => {
          const code = await this.#code(ask('sendRegistrationCode(channel: PHONE)'));
          const call = 'confirmRegistrationCode(channel: PHONE, code: $code)';
          return ask(call, '($code: String!)', { code })();
        },
      ],
      [
        'PASSWORD',
        ask('setRegistrationPassword(password: $password)', '($password: String!)', {
          password: NEW_SECRETS.password,
        }),
      ],
      ['MATCH', ask('matchRegistration')],
      [
        'CHIP',
        () =>
          this.#readChip(ask('submitChip(input: $input)', '($input: ChipReadingInput!)', { input: chip })),
      ],
      ['PORTRAIT', ask('submitPortrait(image: $image)', '($image: String!)', { image })],
      ['SUBMIT', ask('submitRegistration')],
    ];
  }

  /** The code that was sent, whether the answer was heard or not; another one where it went before it could be read. */
  async #code(send: () => Promise<unknown>): Promise<string> {
    const phone = `+84${this.told.applicant.phone.slice(1)}`;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      await send().catch(async (failure: unknown) => {
        if (!String(failure).includes('OTP_RESEND')) throw failure;
        await this.#place.waitForCode();
      });
      const code = await this.#place.codeSentTo(phone);
      if (code !== null) return code;
    }
    throw new TypeError('no code came');
  }

  /** A reading whose answer was lost has used the challenge up: it is begun anew. */
  async #readChip(submit: () => Promise<Record<string, unknown>>): Promise<Record<string, unknown>> {
    await this.#answered('mutation { done: beginChipReading { challenge } }', {}, this.#caller);
    return submit();
  }

  async #do([step, run]: [string, () => Promise<Record<string, unknown>>]): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const seen = await run();
      this.#note(seen);
      if (this.told.done.has(step)) return;
      await sleep(PAUSE_MS);
    }
    throw new TypeError(`${step} could not be done`);
  }

  /** What was told before still has to be so: nothing here is done anew with other content. */
  #note({ state, steps }: Record<string, unknown>): void {
    const now = new Set(
      (steps as { step: string; doneAt: string | null }[]).flatMap((one) =>
        one.doneAt === null ? [] : [one.step],
      ),
    );
    const { told } = this;
    // The chip was read once more, since its answer was lost.
    for (const step of told.done)
      if (!now.has(step) && step !== 'PORTRAIT') told.violations.push(`${step} was told and is gone`);
    for (const step of now) told.done.add(step);
    if (told.state !== null && told.state !== state && told.state !== 'OPEN' && told.state !== 'SUBMITTED')
      told.violations.push(`${told.state} was told and is ${String(state)}`);
    told.state = String(state);
  }

  async #activate(): Promise<void> {
    const input = { username: this.told.applicant.number, ...NEW_SECRETS, device: 'Điện thoại thử' };
    const text = 'mutation($input: ActivateAccountInput!) { done: activateAccount(input: $input) { token } }';
    try {
      const { token } = await this.#answered(text, { input }, this.#from);
      this.told.isActivated = typeof token === 'string';
    } catch (failure) {
      // Both of one person were approved at once: the other has the account.
      if (!String(failure).includes('REGISTRATION_ACCOUNT_EXISTS')) throw failure;
    }
  }

  async #answered(
    text: string,
    variables: Record<string, unknown>,
    caller: TestCaller,
  ): Promise<Record<string, unknown>> {
    const answer = await this.#again(async () => {
      const ask = (): Promise<ServiceAnswer> => this.#place.client.ask(text, variables, caller);
      if (!this.#place.isDoubled()) return ask();
      this.told.doubled += 1;
      const both = await Promise.allSettled([ask(), ask()]);
      const heard = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const [first] = heard.toSorted((one, other) => errors(one) - errors(other));
      if (first === undefined) throw new TypeError('neither was answered');
      return first;
    });
    const [error] = answer.body.errors ?? [];
    if (error === undefined) return answer.body.data.done as Record<string, unknown>;
    throw new TypeError(`${text}: ${JSON.stringify(error)}`);
  }

  /** Asks until there is an answer that says something. */
  async #again(ask: () => Promise<ServiceAnswer>): Promise<ServiceAnswer> {
    let last = 'nothing';
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      try {
        const answer = await ask();
        const { code, reason } = answer.body.errors?.[0]?.extensions ?? {};
        if (answer.status < 500 && (!AGAIN.has(code) || reason === 'OTP_RESEND')) return answer;
        last = `${answer.status} ${code}`;
      } catch (failure) {
        this.told.lost += 1;
        last = String(failure);
      }
      await sleep(PAUSE_MS);
    }
    throw new TypeError(`never answered, but by ${last}`);
  }
}

const errors = ({ body }: ServiceAnswer): number => (body.errors === undefined ? 0 : 1);
