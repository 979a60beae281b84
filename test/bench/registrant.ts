import { setTimeout as sleep } from 'node:timers/promises';
import { send } from './keep-alive.ts';

/** A card that is laid on a reader. */
export interface RegistrantCard {
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly answer: (challenge: Uint8Array) => Uint8Array;
}

/** Somebody who can register: all that a phone, a card and a face give, made beforehand. */
export interface RegistrantInput {
  readonly number: string;
  /** The text of the QR on the card. */
  readonly cardQr: string;
  readonly card: RegistrantCard;
  /** Base64 of a JPEG. */
  readonly portrait: string;
}

/** Where they register. */
export interface RegistrantPlace {
  readonly url: string;
  readonly outbox: string;
}

/** The steps to the decision, in order. `code` is the wait for the message, which is nobody's work. */
export const registrationSteps = [
  'begin',
  'declare',
  'terms',
  'send code',
  'code',
  'confirm code',
  'password',
  'match',
  'challenge',
  'chip',
  'portrait',
  'submit',
] as const;

/** One of them. */
export type RegistrationStepName = (typeof registrationSteps)[number];

const HEADERS = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
const SEEN = '{ id state step problems { code field } }';

/** Registers somebody for level 1, each from a network address and with a telephone of their own. */
export class Registrant {
  readonly #place: RegistrantPlace;
  readonly #input: RegistrantInput;
  readonly #phone: string;
  readonly #address: string;
  #token = '';
  #code = '';
  #challenge = '';

  constructor(place: RegistrantPlace, input: RegistrantInput, turn: number) {
    this.#place = place;
    this.#input = input;
    this.#phone = `09${String(30_000_000 + turn)}`;
    this.#address = `10.${turn >> 16}.${(turn >> 8) & 255}.${turn & 255}`;
  }

  /** Does a step. @throws TypeError where it is not answered as it must be */
  async do(step: RegistrationStepName): Promise<void> {
    const { number, cardQr, card, portrait } = this.#input;
    switch (step) {
      case 'begin': {
        const input = { kind: 'CITIZEN', personalNumber: number, phone: this.#phone };
        const query =
          'mutation($input: StartRegistrationInput!) { done: startRegistration(input: $input) { token } }';
        this.#token = String((await this.#ask(query, { input }))['token']);
        return;
      }
      case 'declare': {
        const input = { source: 'CARD_QR', cardQr };
        return this.#step('declareIdentity(input: $input)', '$input: DeclareIdentityInput!', { input });
      }
      case 'terms':
        return this.#step('acceptTerms(version: "2024-07-01", accepted: true)');
      case 'send code':
        return this.#step('sendRegistrationCode(channel: PHONE)');
      case 'code':
        this.#code = await this.#codeSent();
        return;
      case 'confirm code':
        return this.#step('confirmRegistrationCode(channel: PHONE, code: $code)', '$code: String!', {
          code: this.#code,
        });
      case 'password':
        return this.#step('setRegistrationPassword(password: $password)', '$password: String!', {
          password: 'Xanh#Bien7Sau',
        });
      case 'match':
        return this.#step('matchRegistration');
      case 'challenge': {
        const asked = await this.#ask('mutation { done: beginChipReading { challenge } }');
        this.#challenge = String(asked['challenge']);
        return;
      }
      case 'chip': {
        const signature = card.answer(Buffer.from(this.#challenge, 'base64'));
        const input = { files: card.files, signature: Buffer.from(signature).toString('base64') };
        return this.#step('submitChip(input: $input)', '$input: ChipReadingInput!', { input });
      }
      case 'portrait':
        return this.#step('submitPortrait(image: $image)', '$image: String!', { image: portrait });
      case 'submit': {
        const { state } = await this.#ask(`mutation { done: submitRegistration { state } }`);
        if (state !== 'APPROVED') throw new TypeError(`decided as ${String(state)}`);
      }
    }
  }

  async #step(call: string, types = '', variables: Record<string, unknown> = {}): Promise<void> {
    const declared = types === '' ? '' : `(${types})`;
    const seen = await this.#ask(`mutation${declared} { done: ${call} ${SEEN} }`, variables);
    const problems = seen['problems'] as readonly unknown[];
    if (problems.length > 0) throw new TypeError(`${call}: ${JSON.stringify(problems)}`);
  }

  async #ask(query: string, variables: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const session = this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` };
    const answer = await send(`${this.#place.url}/graphql`, {
      headers: { ...HEADERS, ...session, 'x-forwarded-for': this.#address },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = JSON.parse(answer.text) as {
      readonly data?: { readonly done: Record<string, unknown> | null };
      readonly errors?: unknown;
    };
    const done = data?.done ?? null;
    if (errors !== undefined || done === null) throw new TypeError(`${query.slice(0, 80)}: ${answer.text}`);
    return done;
  }

  async #codeSent(): Promise<string> {
    const to = encodeURIComponent(`+84${this.#phone.slice(1)}`);
    for (let tries = 0; tries < 500; tries += 1) {
      const { text } = await send(`${this.#place.outbox}/messages.json?to=${to}`, { method: 'GET' });
      const code = /\b\d{6}\b/u.exec(text)?.[0];
      if (code !== undefined) return code;
      await sleep(20);
    }
    throw new TypeError('no code came');
  }
}
