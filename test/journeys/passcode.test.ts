import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { persona } from '../harness/told-people.ts';
import { readParts, unfold, untilRead } from './read-screen.ts';
import { section, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';

const { url, dataFolder } = inject('system');
const level2 = readDemo(dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json');
const { records } = persona('level2');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** The dialog, opened from a lock. */
async function openDialog({ page, labels }: Visit, lock: Locator): Promise<Locator> {
  await lock.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: labels.passcodeTitle });
  await dialog.waitFor();
  return dialog;
}

describe('sensitive details', () => {
  it('are not in the page before the passcode, and are there after it', async () => {
    const visitor = await visit(browser, url);
    const { page, labels, main } = visitor;
    const sensitive = [
      records.population?.religion,
      records.healthInsurance?.code15,
      records.healthInsurance?.medicalVisits[0]?.reason,
      records.socialInsurance?.contributionPeriods[0]?.employer,
      records.drivingLicences[0]?.restrictions[0]?.text,
      '10 trên 12 điểm',
    ].map((word) => word ?? expect.unreachable('in the cast'));
    await signInAs(visitor, level2, { passcode: false });
    await unfold(main);
    const locked = await page.content();
    expect(sensitive.filter((word) => locked.includes(word))).toEqual([]);
    await keepPicture(page, 'passcode', 'locked');
    const lock = section(visitor, 'Thông tin cá nhân').getByRole('button', { name: /: Tôn giáo$/ });
    const dialog = await openDialog(visitor, lock);
    const field = dialog.getByLabel(labels.passcode, { exact: true });
    expect(await field.getAttribute('type')).toBe('password');
    await field.fill(level2.passcode);
    await keepPicture(page, 'passcode', 'dialog');
    await dialog.getByRole('button', { name: labels.unlock }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/^Thông tin nhạy cảm đang mở, tự khóa sau [45]:\d\d$/).waitFor();
    await untilRead(main);
    const said = (await readParts(page)).flatMap(({ lines }) => lines).join('\n');
    expect(sensitive.filter((word) => !said.includes(word))).toEqual([]);
    expect(await page.getByRole('button', { name: labels.openPasscode }).count()).toBe(0);
    // The lock that was pressed is gone; whoever moves by keyboard must not be thrown to the top of the page.
    const focused = page.locator(':focus');
    expect(await main.locator(':focus').count(), await focused.allInnerTexts().then(String)).toBe(1);
  });
});

describe('the dialog', () => {
  it('takes the focus, closes by Escape and by its button, and gives the focus back', async () => {
    const visitor = await visit(browser, url);
    const { page, labels } = visitor;
    await signInAs(visitor, level2, { passcode: false });
    const lock = section(visitor, 'Bảo hiểm').getByRole('button', { name: /: Mức hưởng$/ });
    for (const leave of ['Escape', 'Hủy']) {
      const dialog = await openDialog(visitor, lock);
      await expect
        .poll(() => dialog.getByLabel(labels.passcode, { exact: true }).evaluate(isFocused))
        .toBe(true);
      for (let step = 0; step < 5; step += 1) await page.keyboard.press('Tab');
      expect(await main(visitor).locator(':focus').count()).toBe(0);
      if (leave === 'Escape') await page.keyboard.press(leave);
      else await dialog.getByRole('button', { name: leave }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await lock.evaluate(isFocused)).toBe(true);
    }
  });

  it('tells a wrong passcode plainly, and one of another form before it is sent', async () => {
    const visitor = await visit(browser, url);
    const { page, labels } = visitor;
    await signInAs(visitor, level2, { passcode: false });
    const dialog = await openDialog(
      visitor,
      page.getByRole('button', { name: labels.openPasscode, exact: true }).first(),
    );
    const field = dialog.getByLabel(labels.passcode, { exact: true });
    const alert = dialog.getByRole('alert');
    await field.fill('123');
    await page.keyboard.press('Enter');
    await alert.getByText('Mã bảo mật gồm 6 chữ số.').waitFor();
    await field.fill(level2.passcode === '000000' ? '111111' : '000000');
    await page.keyboard.press('Enter');
    await alert.getByText('Mã bảo mật không đúng. Hãy nhập lại.').waitFor();
    expect(await field.inputValue()).toBe('');
    await keepPicture(page, 'passcode', 'wrong');
    await field.fill(level2.passcode);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  });
});

function main({ page }: Visit): Locator {
  return page.getByRole('main');
}

/** Whether an element has the focus. Runs in the page. */
function isFocused(element: unknown): boolean {
  return (
    (globalThis as unknown as { document: { activeElement: unknown } }).document.activeElement === element
  );
}
