import type { DemoPerson } from '@dinhdanh/start';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { takeSeat } from '../harness/browser.ts';
import type { Seat } from '../harness/browser.ts';
import { en, vi } from './labels.ts';
import type { Labels } from './labels.ts';
import { untilRead } from './read-screen.ts';

/** Somebody before a screen of the citizen's app. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly labels: Labels;
  /** The part of the screen that changes from place to place. */
  readonly main: Locator;
  readonly close: () => Promise<void>;
}

/** The places behind the sign-in. */
export type Place =
  | 'profile'
  | 'wallet'
  | 'dependants'
  | 'scan'
  | 'consents'
  | 'history'
  | 'organisations'
  | 'account';

/** Opens the app in a browser of its own, in a language chosen on the screen, and stands before the sign-in. */
export async function arrive(browser: Browser, url: string, seat: Seat = {}): Promise<Visit> {
  const context = await takeSeat(browser, seat);
  const page = await context.newPage();
  const labels = seat.language === 'en' ? en : vi;
  await page.goto(url);
  if (seat.language === 'en') await page.getByRole('button', { name: 'English', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: labels.signIn }).waitFor();
  return { page, context, labels, main: page.getByRole('main'), close: () => context.close() };
}

/** The same for the length of one test. */
export async function visit(browser: Browser, url: string, seat: Seat = {}): Promise<Visit> {
  const made = await arrive(browser, url, seat);
  onTestFinished(made.close);
  return made;
}

/** Fills the form and sends it. */
export async function sendSignIn(
  { page, labels }: Visit,
  person: { readonly username: string; readonly password: string; readonly passcode?: string },
): Promise<void> {
  await page.getByRole('textbox', { name: labels.number }).fill(person.username);
  await page.getByLabel(labels.password, { exact: true }).fill(person.password);
  if (person.passcode !== undefined) {
    await page.getByRole('checkbox', { name: labels.withPasscode }).check();
    await page.getByLabel(labels.passcode, { exact: true }).fill(person.passcode);
  }
  await page.getByRole('button', { name: labels.signIn, exact: true }).click();
}

/** Signs in, with the passcode or without, and waits until the first screen has been read. */
export async function signInAs(
  visitor: Visit,
  { username, password, passcode }: DemoPerson,
  options: { readonly passcode?: boolean } = {},
): Promise<void> {
  const { page, labels, main } = visitor;
  await sendSignIn(visitor, {
    username,
    password,
    ...(options.passcode === false ? {} : { passcode }),
  });
  await page.getByRole('button', { name: labels.signOut }).waitFor();
  await untilRead(main);
}

/** Goes to a place by the menu. */
export async function goTo({ page, labels, main }: Visit, place: Place): Promise<void> {
  const menu = page.getByRole('navigation', { name: labels.menu });
  // Behind the name may stand how much is new there.
  await menu.getByRole('link', { name: new RegExp(`^${labels[place]}`) }).click();
  await menu.locator('[aria-current="page"]', { hasText: labels[place] }).waitFor();
  await untilRead(main);
}

/** A section of the profile by its heading. */
export function section({ page }: Visit, title: string): Locator {
  return page.getByRole('region', { name: title, exact: true });
}
