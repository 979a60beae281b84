import type { BrowserContext, Page } from 'playwright-core';
import { cardText, codeSentTo } from './register-as.ts';
import type { Newcomer } from './register-as.ts';

/** Somebody who registers, before a screen of their own. */
export interface Applicant {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly newcomer: Newcomer;
  /** As people write it: `0987000001`. */
  readonly phone: string;
}

/** The steps before the chip, in order, as far as they can be done without a card or a camera. */
const steps = ['CONTACT', 'IDENTITY', 'TERMS', 'CODE', 'PASSWORD', 'MATCH'] as const;

/** A step that {@link bringPast} can do. */
export type PlainStep = (typeof steps)[number];

/** What an applicant declares and chooses. */
export interface Declared {
  readonly outbox: string;
  readonly password: string;
  /** What was typed in place of the card's QR. */
  readonly typed?: { readonly fullName: string; readonly dateOfBirth: string };
}

/**
 * Brings a registration past a step by its own browser session, without the screens that other journeys walk, and opens it
 * where it stands then.
 */
export async function bringPast(applicant: Applicant, last: PlainStep, declared: Declared): Promise<void> {
  const { page } = applicant;
  for (const step of steps.slice(0, steps.indexOf(last) + 1)) await doStep(applicant, step, declared);
  await page.reload();
}

/** Does one step by its operation. */
export async function doStep(
  { page, newcomer: { population }, phone }: Applicant,
  step: PlainStep,
  { outbox, password, typed }: Declared,
): Promise<void> {
  const number = population.personalNumber;
  switch (step) {
    case 'CONTACT':
      return send(page, 'startRegistration(input: $input) { id }', '$input: StartRegistrationInput!', {
        input: { kind: 'CITIZEN', channel: 'APP', level: 1, personalNumber: number, phone },
      });
    case 'IDENTITY':
      return send(page, 'declareIdentity(input: $input) { step }', '$input: DeclareIdentityInput!', {
        input:
          typed === undefined
            ? { source: 'CARD_QR', cardQr: cardText(population) }
            : { source: 'MANUAL', sex: population.sex, ...typed },
      });
    case 'TERMS':
      return send(page, 'acceptTerms(version: "2024-07-01", accepted: true) { step }');
    case 'CODE': {
      await send(page, 'sendRegistrationCode(channel: PHONE) { step }');
      const code = await codeSentTo(outbox, `+84${phone.slice(1)}`);
      return send(page, 'confirmRegistrationCode(channel: PHONE, code: $code) { step }', '$code: String!', {
        code,
      });
    }
    case 'PASSWORD':
      return send(page, 'setRegistrationPassword(password: $password) { step }', '$password: String!', {
        password,
      });
    case 'MATCH':
      return send(page, 'matchRegistration { step }');
  }
}

/** Runs a mutation in a page, as its own screens do. @throws Error with the answer where it was refused */
async function send(page: Page, field: string, types = '', variables: object = {}): Promise<void> {
  const query = `mutation${types === '' ? '' : `(${types})`} { ${field} }`;
  const answer = await page.evaluate(async (body) => {
    const asked = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'dinhdanh-session': 'cookie',
      },
      body,
    });
    return asked.text();
  }, JSON.stringify({ query, variables }));
  if (answer.includes('"errors"')) throw new Error(`${field}: ${answer}`);
}
