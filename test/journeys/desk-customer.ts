import { rename } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { takeSeat } from '../harness/browser.ts';
import type { Seat } from '../harness/browser.ts';
import { en, vi } from './labels.ts';
import type { Visit } from './visit.ts';

/** The counters of the desk. */
export type Counter = 'hotel' | 'bank';

/** What the desk and the page of a request say, written by hand. */
export const deskLabels = {
  begin: 'Hiện mã QR cho khách',
  verified: 'Đã xác minh',
  refused: 'Không có dữ liệu nào được trả về',
  again: 'Hỏi lại',
} as const;

/** The screen of a counter, in a browser of its own. */
export interface DeskScreen extends Visit {
  /** The page of the request, without what is no part of the address. */
  readonly handle: string;
}

/** Opens a counter and has it show the code of a new request. */
export async function openCounter(
  browser: Browser,
  deskUrl: string,
  counter: Counter,
  seat: Seat = {},
): Promise<DeskScreen> {
  const context = await takeSeat(browser, seat);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const handle = await beginAt(page, deskUrl, counter);
  return {
    page,
    context,
    handle,
    labels: seat.language === 'en' ? en : vi,
    main: page.getByRole('main'),
    close: () => context.close(),
  };
}

/** Begins a request at a counter in a page that is there already; gives the handle of the request. */
export async function beginAt(page: Page, deskUrl: string, counter: Counter): Promise<string> {
  await page.goto(`${deskUrl}/${counter}`);
  await page.getByRole('button', { name: deskLabels.begin }).click();
  await page.locator('.qr').waitFor();
  return new URL(page.url()).pathname.split('/')[2] ?? expect.unreachable('a handle in the address');
}

/** Holds a phone's camera before a screen: what the camera sees from then on is that screen as it stands. */
export async function pointCamera(pictureFile: string, { page }: Visit): Promise<void> {
  const aside = `${pictureFile}.new`;
  await page.screenshot({ path: aside, type: 'jpeg', quality: 95 });
  await rename(aside, pictureFile);
}

/** The answer as the desk shows it, by the path of each field. */
export async function readAnswer({ page }: Visit): Promise<Readonly<Record<string, string>>> {
  await page.getByRole('heading', { level: 2, name: deskLabels.verified }).waitFor();
  const fields: Record<string, string> = {};
  for (const field of await page.locator('[data-field]').all())
    fields[(await field.getAttribute('data-field')) ?? ''] = await field.innerText();
  return fields;
}

/** The code of the refusal that the desk shows. */
export async function readRefusal({ page }: Visit): Promise<string> {
  await page.getByRole('heading', { level: 2, name: deskLabels.refused }).waitFor();
  return page.getByTestId('code').innerText();
}

/** The heading of the screen one stands before. */
export function heading({ page }: Visit, name: string | RegExp): Locator {
  return page.getByRole('heading', { level: 1, name });
}
