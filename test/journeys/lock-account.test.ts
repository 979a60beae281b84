import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { readFacts } from './read-screen.ts';
import { borrowAccount } from './spare-account.ts';
import type { SpareAccount } from './spare-account.ts';
import { goTo, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';

const system = inject('system');

let browser: Browser;
let spare: SpareAccount;
beforeAll(async () => {
  browser = await openBrowser();
  spare = await borrowAccount(system);
});
afterAll(async () => {
  await browser.close();
  await spare.giveBack();
});

async function expectLocked({ page }: Visit): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'Tài khoản đang bị khóa' }).waitFor();
  const [state, reason, at] = await readFacts(page);
  expect([state, reason]).toEqual(['Trạng thái: Đã khóa', 'Lý do: Nghi bị người khác sử dụng']);
  expect(at).toMatch(/^Khóa lúc: \d\d:\d\d, \d\d\/\d\d\/\d{4}$/);
  const text = await page.locator('body').innerText();
  expect(text).not.toContain(spare.fullName);
  expect(text).not.toContain(spare.person.username);
}

it('locking one’s account asks why, asks again, and shuts every session at once', async () => {
  const visitor = await visit(browser, system.url);
  const { page, main } = visitor;
  await signInAs(visitor, spare.person);
  const elsewhere = await visit(browser, system.url);
  await signInAs(elsewhere, spare.person);
  await elsewhere.page.getByText(spare.fullName).first().waitFor();

  await goTo(visitor, 'account');
  const lock = main.getByRole('button', { name: 'Khóa tài khoản của tôi' });
  await lock.click();
  await main.getByRole('alert').getByText('Hãy chọn một lý do.').waitFor();
  await main.getByRole('radio', { name: 'Nghi bị người khác sử dụng' }).check();
  await keepPicture(page, 'lock', 'reason');
  await lock.click();
  const dialog = page.getByRole('dialog', { name: 'Khóa tài khoản ngay bây giờ?' });
  await dialog.getByText('Nghi bị người khác sử dụng').waitFor();
  await dialog.getByText(/^Mở lại bằng cách chứng minh lại danh tính/).waitFor();
  await keepPicture(page, 'lock', 'confirm');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // Nothing has happened yet.
  await goTo(elsewhere, 'profile');
  await elsewhere.page.getByText(spare.fullName).first().waitFor();
  await lock.click();
  await dialog.getByRole('button', { name: 'Khóa ngay' }).click();
  await expectLocked(visitor);
  await keepPicture(page, 'lock', 'locked');

  await elsewhere.page.getByRole('link', { name: elsewhere.labels.wallet, exact: true }).click();
  await expectLocked(elsewhere);
  await keepPicture(elsewhere.page, 'lock', 'elsewhere');

  const anew = await visit(browser, system.url);
  await signInAs(anew, spare.person);
  await expectLocked(anew);
});
