import { runSql } from '@dinhdanh/kit/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openLobby } from './lobby.ts';
import type { Lobby } from './lobby.ts';
import { at, codeSentTo, press, scanCard } from './register-as.ts';
import { askForDevice, begin, borrowSettled, completeDevice, proveIdentity, sayWho } from './restore-as.ts';
import type { LentAccount } from './restore-as.ts';
import { goTo, sendSignIn, signInAs, visit } from './visit.ts';

const system = inject('system');
const accounts = system.databaseUrls.accounts ?? expect.unreachable('a database each');
const secrets = { password: 'Qua#Mot9Ngay', passcode: '628517' };

let lobby: Lobby;
let lent: LentAccount;
beforeAll(async () => {
  lobby = await openLobby(system);
  lent = await borrowSettled(system);
});
afterAll(async () => {
  await lobby.close();
  await lent.spare.giveBack();
});

/** The time that a change still waits, in hours. */
async function hoursLeft(): Promise<number> {
  const [row] = await runSql<{ hours: string }>(
    accounts,
    `SELECT extract(epoch FROM effective_at - now()) / 3600 AS hours FROM registrations WHERE ${waiting()}`,
  );
  return Number(row?.hours ?? expect.unreachable('a change that waits'));
}

/** Lets a day pass for all that was ever asked for the account, and for nothing else: the clock of the services goes on as it does. */
async function letTheDayPass(): Promise<void> {
  await runSql(
    accounts,
    `UPDATE registrations SET started_at = started_at - interval '1 day', received_at = received_at - interval '1 day',
       decided_at = decided_at - interval '1 day', effective_at = effective_at - interval '1 day'
     WHERE personal_number = '${lent.spare.person.username}'`,
  );
}

const waiting = (): string => `subject = '${lent.spare.person.id}' AND state = 'APPROVED'`;

/** Looks again, as the screen says one may, until it tells something. */
async function lookAgainUntil(page: Page, heading: string): Promise<void> {
  const told = page.getByRole('heading', { name: heading, exact: true });
  await expect
    .poll(
      async () => {
        const again = page.getByRole('button', { name: 'Xem lại', exact: true });
        if (await again.isEnabled({ timeout: 100 }).catch(() => false)) await again.click();
        return told.count();
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(1);
}

describe('a change that nobody refuses for a day', () => {
  it('R101: of a device is completed there with a new passcode, and the old device is signed out', async () => {
    const old = await visit(lobby.browser, system.url);
    await signInAs(old, lent.spare.person);
    const seat = await askForDevice(lobby, lent, secrets.password);
    const { page } = seat;
    expect(await hoursLeft()).toBeGreaterThan(23);
    await press(page, 'Xem lại');
    await page.getByRole('heading', { name: 'Đã xác nhận danh tính' }).waitFor();
    expect(await page.getByRole('button', { name: 'Chuyển sang máy này' }).count()).toBe(0);
    await letTheDayPass();
    await lookAgainUntil(page, 'Hoàn tất trên máy này');
    await completeDevice(seat, secrets);
    await expect.poll(() => page.getByRole('main').innerText()).toContain(lent.spare.fullName);
    await old.page.getByRole('link', { name: old.labels.wallet, exact: true }).click();
    await at(old.page, 'Đăng nhập');
    await page.context().close();
  });

  it('R101: of a phone number without the old one takes effect by itself, and codes go to the new one', async () => {
    const seat = await begin(lobby, lent, 'Không còn số điện thoại cũ');
    const { page } = seat;
    await at(page, 'Đổi số điện thoại');
    await sayWho(seat, { phone: '0988 000 277' });
    await scanCard(seat);
    await at(page, 'Mã xác nhận');
    await press(page, 'Gửi mã');
    await page.getByLabel('Mã xác nhận').fill(await codeSentTo(lobby.outbox, '+84988000277'));
    await press(page, 'Xác nhận');
    await proveIdentity(seat);
    await at(page, 'Gửi yêu cầu');
    await press(page, 'Gửi yêu cầu');
    await page.getByText('Số mới được dùng từ giờ ghi dưới đây', { exact: false }).waitFor();
    expect(await hoursLeft()).toBeGreaterThan(23);
    await letTheDayPass();
    await lookAgainUntil(page, 'Đã đổi số điện thoại');
    const owner = await visit(lobby.browser, system.url);
    await sendSignIn(owner, { username: lent.spare.person.username, password: secrets.password });
    await owner.page.getByRole('button', { name: 'Đăng xuất' }).waitFor();
    await goTo(owner, 'account');
    await owner.main.getByText('+849•••••277').waitFor();
    await page.context().close();
  });
});
