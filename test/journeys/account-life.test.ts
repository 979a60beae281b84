import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { findViolations } from '../harness/check-accessibility.ts';
import { untilRead } from './read-screen.ts';
import { borrowAccount } from './spare-account.ts';
import type { SpareAccount } from './spare-account.ts';
import { goTo, section, sendSignIn, signInAs, visit } from './visit.ts';
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

async function signedIn(): Promise<Visit> {
  const visitor = await visit(browser, system.url);
  await signInAs(visitor, spare.person);
  return visitor;
}

const at = (visitor: Visit, title: string): Promise<void> =>
  visitor.page.getByRole('heading', { level: 1, name: title }).waitFor();

describe('where an account is signed in', () => {
  it('is listed with its device, and a session that is ended there is at its end at once', async () => {
    const here = await signedIn();
    const elsewhere = await signedIn();
    await signedIn();
    await goTo(here, 'account');
    const places = section(here, 'Nơi đang đăng nhập');
    const items = places.getByRole('listitem');
    expect(await items.count()).toBe(3);
    expect(await items.filter({ hasText: 'Thiết bị này' }).count()).toBe(1);
    await keepPicture(here.page, 'life', 'sessions');
    const ends = places.getByRole('button', { name: /^Kết thúc phiên trên/ });
    expect(await ends.count()).toBe(2);
    await ends.first().click();
    await places.getByText(/^Đã kết thúc phiên trên/).waitFor();
    await places.getByRole('button', { name: 'Đăng xuất 1 thiết bị khác' }).click();
    await places.getByText('Đã đăng xuất 1 thiết bị khác.').waitFor();
    await untilRead(here.main);
    expect(await items.count()).toBe(1);
    await elsewhere.page.getByRole('link', { name: elsewhere.labels.wallet, exact: true }).click();
    await at(elsewhere, 'Đăng nhập');
    await elsewhere.page.getByText(/^Phiên đăng nhập đã kết thúc/).waitFor();
  });

  it('is told from every try, right or wrong, page by page', async () => {
    const stranger = await visit(browser, system.url);
    await sendSignIn(stranger, { username: spare.person.username, password: 'Sai#MatKhau1' });
    await stranger.page.getByText('Số định danh hoặc mật khẩu không đúng.').waitFor();
    const owner = await signedIn();
    await goTo(owner, 'account');
    const history = section(owner, 'Lịch sử đăng nhập');
    await history.getByRole('button', { name: 'Xem lịch sử đăng nhập' }).click();
    const lines = history.getByRole('listitem');
    await lines.nth(1).waitFor();
    expect(await lines.nth(0).innerText()).toContain('Đã đăng nhập');
    expect(await lines.nth(1).innerText()).toContain('Sai mật khẩu');
    await keepPicture(owner.page, 'life', 'sign-ins');
    expect(await findViolations(owner.page)).toEqual([]);
  });
});

describe('an account that its owner locked', () => {
  it('without suspicion is unlocked by the owner’s passcode, and everything is there again', async () => {
    const owner = await signedIn();
    const { page, main } = owner;
    await goTo(owner, 'account');
    await main.getByRole('radio', { name: 'Theo yêu cầu của chủ tài khoản' }).check();
    await main.getByRole('button', { name: 'Khóa tài khoản của tôi' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Khóa ngay' }).click();
    await at(owner, 'Tài khoản đang bị khóa');
    await main.getByText('Đến khi bạn mở lại').waitFor();
    await keepPicture(page, 'life', 'locked');
    expect(await findViolations(page)).toEqual([]);
    await main.getByRole('button', { name: 'Mở khóa bằng mã bảo mật' }).click();
    const dialog = page.getByRole('dialog', { name: 'Mở khóa tài khoản?' });
    await dialog.getByLabel('Mã bảo mật').fill(spare.person.passcode);
    await dialog.getByRole('button', { name: 'Mở khóa tài khoản' }).click();
    await at(owner, 'Tài khoản của tôi');
  });
});
