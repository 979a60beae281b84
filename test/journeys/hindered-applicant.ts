import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { alone } from '../harness/alone.ts';
import { bringPast } from './applicant.ts';
import type { Applicant, Declared, PlainStep } from './applicant.ts';
import { takeCameraSeat } from './lobby.ts';
import type { Lobby } from './lobby.ts';
import { newcomers, press } from './register-as.ts';
import type { Newcomer } from './register-as.ts';

/** What whoever registers here chooses. */
export const chosenPassword = 'Xanh#Bien7Sau';

// Other journeys register the first of them.
const waiting = newcomers().toReversed();

/** Whoever it is: each test has somebody of its own, whichever others run. */
export function newcomerAt(place: number): Newcomer {
  return waiting[place] ?? expect.unreachable('somebody without an account');
}

/** Somebody who has done the steps up to one, before the screen of the next. */
export async function applicantPast(
  lobby: Lobby,
  last: PlainStep,
  newcomer: Newcomer,
  { typed }: Pick<Declared, 'typed'> = {},
): Promise<Applicant> {
  const context = await openContext(lobby);
  const page = await openRegister(lobby, context);
  const phone = `0987${String(newcomer.place).padStart(6, '0')}`;
  const applicant = { page, context, newcomer, phone };
  const declared = { outbox: lobby.outbox, password: chosenPassword };
  await bringPast(applicant, last, { ...declared, ...(typed === undefined ? {} : { typed }) });
  return applicant;
}

/** A seat before the camera, until the end of the test. */
export async function openContext(lobby: Lobby): Promise<BrowserContext> {
  const context = await takeCameraSeat(lobby);
  onTestFinished(() => context.close());
  return context;
}

/** Opens registration as that session comes to it. */
export async function openRegister({ system }: Lobby, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${system.url}/#/register`);
  return page;
}

/** What is said to be wrong, once it is said. */
export function told(page: Page, text: string): Promise<void> {
  return page.getByRole('alert').getByText(text).first().waitFor();
}

/** A field that is at fault says so, has the focus, and leads to the words for it. */
export async function expectAtFault(field: Locator, words: string): Promise<void> {
  await expect.poll(() => field.and(field.page().locator(':focus')).count()).toBe(1);
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const said = await Promise.all(ids.map((id) => field.page().locator(`[id="${id}"]`).innerText()));
  expect(said.join(' ')).toContain(words);
}

/** Reads a card on the reader, and does what follows while nobody else lays one there. */
export async function atReader(
  { system }: Lobby,
  { context }: Applicant,
  work: (desk: Page) => Promise<void>,
): Promise<void> {
  await alone(system, 'reader', async () => {
    const desk = await context.newPage();
    try {
      await work(desk);
    } finally {
      await desk.close();
    }
  });
}

/** Takes a picture of whatever the camera sees, and sends it. */
export async function shoot(page: Page): Promise<void> {
  await press(page, 'Mở máy ảnh');
  await press(page, 'Chụp ảnh');
  // Nobody uses a picture they cannot see.
  const width = (image: unknown): number => (image as { naturalWidth: number }).naturalWidth;
  await expect.poll(() => page.getByAltText('Ảnh vừa chụp').evaluate(width)).toBeGreaterThan(0);
  await press(page, 'Dùng ảnh này');
}

/** All that was sent to a phone. */
export async function messagesTo({ outbox }: Lobby, phone: string): Promise<string> {
  const to = encodeURIComponent(phone.replace(/^0/, '+84'));
  return (await fetch(`${outbox}/messages.json?to=${to}`)).text();
}
