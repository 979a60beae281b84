import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openBrowser } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { untilRead } from './read-screen.ts';
import { section, visit } from './visit.ts';

const { url, dataFolder } = inject('system');
const level2 = readDemo(dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Presses Tab until something has the focus, and sees that the focus shows. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let steps = 0; steps < 80; steps += 1) {
    await page.keyboard.press('Tab');
    if ((await target.and(page.locator(':focus')).count()) === 1) return expectRing(target);
  }
  expect.unreachable(`not reached in 80 steps: ${String(target)}`);
}

/** A focus that cannot be seen is of no use to who moves by it. */
async function expectRing(target: Locator): Promise<void> {
  const ring = await target.evaluate((element) => {
    const { getComputedStyle } = globalThis as unknown as {
      getComputedStyle: (of: unknown) => { outlineStyle: string; outlineWidth: string; boxShadow: string };
    };
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return {
      outline: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      shadow: boxShadow !== 'none',
    };
  });
  expect(ring.outline || ring.shadow).toBe(true);
}

it('without a mouse one signs in, opens what is sensitive, reaches every section and leaves', async () => {
  const visitor = await visit(browser, url);
  const { page, labels, main } = visitor;
  const type = (text: string): Promise<void> => page.keyboard.type(text);

  await tabTo(page, page.getByRole('textbox', { name: labels.number }));
  await type(level2.username);
  await tabTo(page, page.getByLabel(labels.password, { exact: true }));
  await type(level2.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: labels.signOut }).waitFor();
  await untilRead(main);
  // The new screen is heard from its heading on.
  expect(await main.getByRole('heading', { level: 1 }).and(page.locator(':focus')).count()).toBe(1);

  await tabTo(page, main.getByRole('button', { name: labels.openPasscode, exact: true }).first());
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: labels.passcodeTitle }).waitFor();
  await type(level2.passcode);
  await page.keyboard.press('Enter');
  await page.getByText(/^Thông tin nhạy cảm đang mở/).waitFor();
  await untilRead(main);

  const list = page.getByRole('navigation', { name: 'Các phần của hồ sơ' });
  const skip = page.getByRole('button', { name: 'Đến nội dung chính' });
  for (const title of labels.sections) {
    await skip.focus();
    await page.keyboard.press('Enter');
    await tabTo(page, list.getByRole('button', { name: title, exact: true }));
    await page.keyboard.press('Enter');
    const heading = section(visitor, title).getByRole('heading', { level: 2, name: title, exact: true });
    await expect.poll(() => heading.and(page.locator(':focus')).count()).toBe(1);
    // The page glides there, on a busy machine for a while.
    await expect.poll(() => heading.evaluate(isInView)).toBe(true);
  }

  await page.reload();
  await untilRead(main);
  await tabTo(page, skip);
  await page.keyboard.press('Enter');
  expect(await main.getByRole('heading', { level: 1 }).and(page.locator(':focus')).count()).toBe(1);
  await page.keyboard.press('Shift+Tab');
  expect(await page.getByRole('button', { name: labels.signOut }).and(page.locator(':focus')).count()).toBe(
    1,
  );
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: labels.signIn }).waitFor();
});

/** Whether an element stands in the window. Runs in the page. */
function isInView(element: unknown): boolean {
  const { top } = (element as { getBoundingClientRect: () => { top: number } }).getBoundingClientRect();
  const { innerHeight } = globalThis as unknown as { innerHeight: number };
  return top >= 0 && top < innerHeight;
}
