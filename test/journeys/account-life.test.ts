import type { DemoPerson } from '@dinhdanh/start';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture } from '../harness/browser.ts';
import { findViolations } from '../harness/check-accessibility.ts';
import { openLobby } from './lobby.ts';
import type { Lobby } from './lobby.ts';
import { sticksOut } from './look-at.ts';
import { untilRead } from './read-screen.ts';
import { at, choosePassword, codeSentTo, press, scanCard } from './register-as.ts';
import { askForDevice, begin, borrowSettled, completeDevice, proveIdentity, sayWho } from './restore-as.ts';
import type { LentAccount } from './restore-as.ts';
import type { SpareAccount } from './spare-account.ts';
import { goTo, section, sendSignIn, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';

const system = inject('system');
const newPassword = 'Moi#Xanh9Bien';
const lastPassword = 'Khac#Lam8Nui';
const newPasscode = '739146';

let lobby: Lobby;
let lent: LentAccount;
let spare: SpareAccount;
let another: LentAccount;
beforeAll(async () => {
  lobby = await openLobby(system);
  lent = await borrowSettled(system);
  ({ spare } = lent);
  another = await borrowSettled(system);
});
afterAll(async () => {
  await lobby.close();
  await spare.giveBack();
  await another.spare.giveBack();
});

async function signedIn(person: DemoPerson = spare.person): Promise<Visit> {
  const visitor = await visit(lobby.browser, system.url);
  await signInAs(visitor, person);
  return visitor;
}

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
    await at(elsewhere.page, 'Đăng nhập');
    await elsewhere.page.getByText(/^Phiên đăng nhập đã kết thúc/).waitFor();
  });

  it('is told from every try, right or wrong, page by page', async () => {
    const stranger = await visit(lobby.browser, system.url);
    await sendSignIn(stranger, { username: spare.person.username, password: 'Sai#MatKhau1' });
    await stranger.page.getByText('Số định danh hoặc mật khẩu không đúng.').waitFor();
    const told = await signedIn();
    await goTo(told, 'account');
    const history = section(told, 'Lịch sử đăng nhập');
    await history.getByRole('button', { name: 'Xem lịch sử đăng nhập' }).click();
    const lines = history.getByRole('listitem');
    await lines.nth(1).waitFor();
    expect(await lines.nth(0).innerText()).toContain('Đã đăng nhập');
    expect(await lines.nth(1).innerText()).toContain('Sai mật khẩu');
    await keepPicture(told.page, 'life', 'sign-ins');
    expect(await findViolations(told.page)).toEqual([]);
  });
});

describe('an account that its owner locked', () => {
  it('without suspicion is unlocked by the owner’s passcode, and everything is there again', async () => {
    const locking = await signedIn();
    const { page, main } = locking;
    await goTo(locking, 'account');
    await main.getByRole('radio', { name: 'Theo yêu cầu của chủ tài khoản' }).check();
    await main.getByRole('button', { name: 'Khóa tài khoản của tôi' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Khóa ngay' }).click();
    await at(page, 'Tài khoản đang bị khóa');
    await main.getByText('Đến khi bạn mở lại').waitFor();
    await keepPicture(page, 'life', 'locked');
    expect(await findViolations(page)).toEqual([]);
    await main.getByRole('button', { name: 'Mở khóa bằng mã bảo mật' }).click();
    const dialog = page.getByRole('dialog', { name: 'Mở khóa tài khoản?' });
    await dialog.getByLabel('Mã bảo mật').fill(spare.person.passcode);
    await dialog.getByRole('button', { name: 'Mở khóa tài khoản' }).click();
    await at(page, 'Tài khoản của tôi');
  });
});

/** Answers a change as the owner, on a device that is signed in. */
async function answer({ page }: Visit, button: RegExp, dialog: string, submit: string): Promise<void> {
  const asked = page.getByRole('region', { name: 'Có yêu cầu thay đổi tài khoản của bạn' });
  await asked.getByText('Chuyển sang máy mới').waitFor();
  await asked.getByRole('button', { name: button }).click();
  const confirmation = page.getByRole('dialog', { name: dialog });
  await confirmation.getByLabel('Mã bảo mật').fill(spare.person.passcode);
  await confirmation.getByRole('button', { name: submit, exact: true }).click();
}

/** Looks at a screen as it stands on the narrowest telephone. */
async function look(page: Page, step: string): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sticksOut({ page })).toEqual([]);
  await keepPicture(page, 'life', step);
  expect(await findViolations(page)).toEqual([]);
  await page.setViewportSize(size ?? { width: 1280, height: 900 });
}

describe('a new device', () => {
  it('R101: waits, and is refused on the old one by its owner', async () => {
    const old = await signedIn();
    const { page } = await askForDevice(lobby, lent, newPassword);
    await look(page, 'device-waiting');
    await goTo(old, 'account');
    await look(old.page, 'device-asked');
    await answer(old, /^Không phải tôi/, 'Từ chối yêu cầu này?', 'Từ chối');
    await old.page.getByText('Đã từ chối. Không có gì thay đổi.').waitFor();
    await press(page, 'Xem lại');
    await page.getByRole('heading', { name: 'Chủ tài khoản từ chối' }).waitFor();
    await look(page, 'device-refused');
    await page.context().close();
  });

  it('R101: is used at once where its owner confirms it on the old one, which is signed out', async () => {
    const old = await signedIn();
    const seat = await askForDevice(lobby, lent, newPassword);
    const { page } = seat;
    await goTo(old, 'account');
    await answer(old, /^Đúng là tôi/, 'Cho có hiệu lực ngay?', 'Đúng là tôi');
    await old.page.getByText('Đã xác nhận, không phải chờ nữa.').waitFor();
    await press(page, 'Xem lại');
    await page.getByRole('heading', { name: 'Hoàn tất trên máy này' }).waitFor();
    await look(page, 'device-completing');
    await completeDevice(seat, { password: newPassword, passcode: newPasscode });
    await expect.poll(() => page.getByRole('main').innerText()).toContain(spare.fullName);
    await old.page.getByRole('link', { name: old.labels.wallet, exact: true }).click();
    await at(old.page, 'Đăng nhập');
    await page.context().close();
  });
});

describe('a forgotten password', () => {
  it('R101: is reset by a new match of the identity, code, card and face, and ends every session', async () => {
    const old = await signedIn({ ...spare.person, password: newPassword, passcode: newPasscode });
    const seat = await begin(lobby, lent, 'Quên mật khẩu');
    const { page } = seat;
    await at(page, 'Đặt lại mật khẩu');
    await look(page, 'password-begin');
    await sayWho(seat);
    await scanCard(seat);
    await at(page, 'Mã xác nhận');
    await press(page, 'Gửi mã');
    await look(page, 'password-code');
    await page.getByLabel('Mã xác nhận').fill(await codeSentTo(lobby.outbox, lent.owner.phone));
    await press(page, 'Xác nhận');
    await proveIdentity(seat);
    await at(page, 'Mật khẩu');
    await choosePassword(seat, lastPassword);
    await at(page, 'Đổi mật khẩu');
    await look(page, 'password-change');
    await press(page, 'Đổi mật khẩu');
    await page.getByRole('heading', { name: 'Đã đổi mật khẩu' }).waitFor();
    await look(page, 'password-changed');
    await old.page.getByRole('link', { name: old.labels.wallet, exact: true }).click();
    await at(old.page, 'Đăng nhập');
    await page.getByRole('link', { name: 'Đăng nhập', exact: true }).click();
    await at(page, 'Đăng nhập');
    await sendSignIn({ ...old, page }, { username: spare.person.username, password: lastPassword });
    await page.getByRole('button', { name: 'Đăng xuất' }).waitFor();
    await page.context().close();
  });
});

describe('a new phone number', () => {
  it('is used at once by who has the old one: the passcode, and a code at each', async () => {
    const visitor = await signedIn(another.spare.person);
    const { page, main } = visitor;
    await goTo(visitor, 'account');
    await main.getByRole('link', { name: 'Đổi số điện thoại' }).click();
    await at(page, 'Đổi số điện thoại');
    await page.getByLabel('Số điện thoại mới').fill('0988 000 199');
    await look(page, 'phone-begin');
    await press(page, 'Bắt đầu');
    const dialog = page.getByRole('dialog', { name: 'Xác nhận đổi số điện thoại' });
    await dialog.getByLabel('Mã bảo mật').fill(another.spare.person.passcode);
    await dialog.getByRole('button', { name: 'Tiếp tục' }).click();
    for (const [phone, told] of [
      ['+84988000199', /đến \+849/],
      [another.owner.phone, /số điện thoại mà tài khoản đang có/],
    ] as const) {
      await main.getByText(told).waitFor();
      await press(page, 'Gửi mã');
      await page.getByLabel('Mã xác nhận').fill(await codeSentTo(lobby.outbox, phone));
      await press(page, 'Xác nhận');
    }
    await at(page, 'Gửi yêu cầu');
    await look(page, 'phone-send');
    await press(page, 'Gửi yêu cầu');
    await page.getByRole('heading', { name: 'Đã đổi số điện thoại' }).waitFor();
    await page.getByRole('link', { name: 'Về mục Tài khoản' }).first().click();
    await at(page, 'Tài khoản của tôi');
    await main.getByText('+849•••••199').waitFor();
  });
});
