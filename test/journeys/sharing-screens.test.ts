import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { findViolations } from '../harness/check-accessibility.ts';
import { readDemo } from '../harness/client.ts';
import { deskLabels, heading, linkOf, openCounter, readAnswer, readRefusal } from './desk-customer.ts';
import { lookAt, sticksOut } from './look-at.ts';
import { approve, paste, phoneLabels, shownNumber, typeNumber } from './share-phone.ts';
import { borrowAccount } from './spare-account.ts';
import type { SpareAccount } from './spare-account.ts';
import { goTo, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';

const system = inject('system');
const deskUrl = readDemo(system.dataFolder).desk ?? expect.unreachable('the desk runs');

let browser: Browser;
let issuer: string;
let citizen: SpareAccount;
beforeAll(async () => {
  browser = await openBrowser();
  const discovery = await fetch(`${system.url}/.well-known/openid-configuration`);
  ({ issuer } = (await discovery.json()) as { issuer: string });
  citizen = await borrowAccount(system);
});
afterAll(async () => {
  await browser.close();
  await citizen.giveBack();
});

/** Looks at a screen of the app as it stands, in both languages. */
async function lookTwice(visitor: Visit, name: string): Promise<void> {
  const { page } = visitor;
  await lookAt(visitor, name, 'vi');
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await lookAt(visitor, name, 'en');
  await page.getByRole('button', { name: 'Tiếng Việt', exact: true }).click();
}

/** Looks at a page of the desk in both languages, narrow and wide, light and dark. */
async function lookAtDesk(desk: Visit, name: string): Promise<void> {
  const { page } = desk;
  for (const language of ['vi', 'en'] as const) {
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [320, 'dark'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
      expect(await sticksOut(desk), `${name} ${language} ${width}`).toEqual([]);
      expect(await findViolations(page), `${name} ${language} ${width}`).toEqual([]);
      await keepPicture(page, 'desk', `${name}-${language}-${colorScheme}`);
    }
    await page.getByRole('link', { name: language === 'vi' ? 'English' : 'Tiếng Việt' }).click();
    await page.locator(`html[lang="${language === 'vi' ? 'en' : 'vi'}"]`).waitFor();
  }
}

describe('every screen of sharing', () => {
  it('is without a violation and no wider than its window, from the request to its end', async () => {
    const desk = await openCounter(browser, deskUrl, 'bank');
    const phone = await visit(browser, issuer);
    await signInAs(phone, citizen.person, { passcode: false });
    await paste(phone, await linkOf(desk));
    await heading(phone, / xin dữ liệu của bạn$/).waitFor();
    await lookTwice(phone, 'share-request');
    await phone.main.getByRole('button', { name: phoneLabels.approve }).click();
    await phone.main.getByRole('alert').getByText('Hãy trả lời').waitFor();
    await lookAt(phone, 'share-request-open', 'vi', { isOnlyLanguage: true });
    await approve(phone, { passcode: citizen.person.passcode });
    await lookAt(phone, 'share-approved', 'vi', { isOnlyLanguage: true });
    await typeNumber(desk, await shownNumber(phone));
    await readAnswer(desk);
    await lookAtDesk(desk, 'answer');
    await heading(phone, phoneLabels.granted).waitFor();
    await lookTwice(phone, 'share-granted');
    await goTo(phone, 'consents');
    await lookTwice(phone, 'consents');
    await phone.main
      .getByRole('link', { name: /^Xem chi tiết:/ })
      .first()
      .click();
    await phone.main.getByRole('button', { name: 'Rút lại', exact: true }).waitFor();
    for (const summary of await phone.main.locator('summary').all()) await summary.click();
    await lookTwice(phone, 'consent');
    await phone.main.getByRole('link', { name: 'Ai đã đọc theo sự đồng ý này' }).click();
    await heading(phone, 'Lượt đọc theo sự đồng ý này').waitFor();
    await lookTwice(phone, 'consent-history');
    await phone.page.goBack();
    await phone.main.getByRole('button', { name: 'Tạm dừng', exact: true }).click();
    await phone.main.getByText('Đã tạm dừng.').waitFor();
    await desk.page.getByRole('button', { name: deskLabels.again }).click();
    expect(await readRefusal(desk)).toBe('CONSENT_REQUIRED');
    await lookAtDesk(desk, 'refused');
    await phone.main.getByRole('button', { name: 'Rút lại', exact: true }).click();
    await phone.page.getByRole('dialog', { name: 'Rút lại sự đồng ý?' }).waitFor();
    await lookAt(phone, 'consent-withdraw', 'vi', { isOnlyLanguage: true });
    await phone.page.getByRole('button', { name: 'Rút lại ngay' }).click();
    await phone.main.getByText('Đã rút lại.').waitFor();
    await lookTwice(phone, 'consent-withdrawn');
  });

  it('also where nothing is shared: declined, or not there', async () => {
    const desk = await openCounter(browser, deskUrl, 'hotel');
    const phone = await visit(browser, issuer);
    await signInAs(phone, citizen.person, { passcode: false });
    await paste(phone, await linkOf(desk));
    // Voluntary: its own tick, which nobody has put there.
    await phone.main.getByRole('checkbox', { checked: false }).first().waitFor();
    await lookTwice(phone, 'share-voluntary');
    await phone.main.getByRole('button', { name: phoneLabels.decline, exact: true }).click();
    await heading(phone, phoneLabels.declined).waitFor();
    await lookTwice(phone, 'share-declined');
    await phone.page.goto(`${issuer}/#/share/${'a'.repeat(22)}`);
    await heading(phone, 'Không có yêu cầu này').waitFor();
    await lookTwice(phone, 'share-gone');
  });

  it('and before: the counters of the desk', async () => {
    const desk = await openCounter(browser, deskUrl, 'hotel');
    for (const place of ['', 'hotel', 'bank']) {
      await desk.page.goto(`${deskUrl}/${place}`);
      await lookAtDesk(desk, place === '' ? 'start' : place);
    }
  });
});
