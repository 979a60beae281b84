import { setTimeout as sleep } from 'node:timers/promises';
import { runSql } from '@dinhdanh/kit/testing';
import type { DemoPerson } from '@dinhdanh/start';
import type { Browser } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture, openBrowser, takeSeat } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { beginAt, deskLabels, heading, openCounter, readAnswer, readRefusal } from './desk-customer.ts';
import type { DeskScreen } from './desk-customer.ts';
import { vi } from './labels.ts';
import { readPixels } from './read-pixels.ts';
import { approve, phoneLabels, shownNumber, typeNumber } from './share-phone.ts';
import { borrowAccount } from './spare-account.ts';
import type { SpareAccount } from './spare-account.ts';
import { goTo, sendSignIn, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';

const system = inject('system');
const demo = readDemo(system.dataFolder);
const deskUrl = demo.desk ?? expect.unreachable('the desk runs');
const guardian = demo.citizens['guardian'] ?? expect.unreachable('in demo.json');

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

/** The app in a browser of its own, signed in. */
async function takePhone(person: DemoPerson): Promise<Visit> {
  const phone = await visit(browser, issuer, { width: 320 });
  await signInAs(phone, person, { passcode: false });
  return phone;
}

/** The link of a desk's code. */
async function linkOf({ page }: DeskScreen): Promise<string> {
  const link = page.getByRole('link', { name: 'Mở trên điện thoại này' });
  return (await link.getAttribute('href')) ?? expect.unreachable('a link');
}

/** Gives a link to the app by hand, as who cannot scan does. */
async function paste(phone: Visit, link: string): Promise<void> {
  await goTo(phone, 'scan');
  await phone.main.getByLabel('Đường dẫn hoặc mã').fill(link);
  await phone.main.getByRole('button', { name: 'Mở yêu cầu' }).click();
}

/** Has a deadline of a request pass, as waiting for minutes would. */
const pass = (handle: string, deadline: 'claim_until' | 'decide_until'): Promise<unknown> =>
  runSql(
    system.databaseUrls.sharing ?? expect.unreachable('a database each'),
    `UPDATE share_requests SET ${deadline} = now() WHERE handle = $1`,
    [handle],
  );

describe('sharing on one phone', () => {
  it('opens the app by the link, and the way back leads to the desk with the data', async () => {
    const context = await takeSeat(browser, { width: 320 });
    const page = await context.newPage();
    const phone: Visit = {
      page,
      context,
      labels: vi,
      main: page.getByRole('main'),
      close: () => context.close(),
    };
    await beginAt(page, deskUrl, 'hotel');
    await keepPicture(page, 'one-phone', 'code');
    await page.getByRole('link', { name: 'Mở trên điện thoại này' }).click();
    await page.getByText('Bạn vừa mở một yêu cầu chia sẻ. Hãy đăng nhập').waitFor();
    await keepPicture(page, 'one-phone', 'sign-in');
    const { username, password, passcode } = citizen.person;
    await sendSignIn(phone, { username, password });
    await heading(phone, / xin dữ liệu của bạn$/).waitFor();
    expect(await phone.main.getByRole('checkbox', { checked: true }).count()).toBe(0);
    await approve(phone, { passcode });
    await keepPicture(page, 'one-phone', 'way-back');
    await phone.main.getByRole('link', { name: /^Quay lại/ }).click();
    expect(await readAnswer(phone)).toMatchObject({
      'person.fullName': citizen.fullName,
      'person.ageOver': 'Có',
      // Voluntary, and not ticked.
      'person.permanentResidence.text': 'Khách không chia sẻ',
    });
    await keepPicture(page, 'one-phone', 'answer');
    await context.close();
  });
});

describe('who declines', () => {
  it('gives nothing, and the desk is told no more than that', async () => {
    const desk = await openCounter(browser, deskUrl, 'hotel');
    const phone = await takePhone(citizen.person);
    await paste(phone, await linkOf(desk));
    await phone.main.getByRole('button', { name: phoneLabels.decline, exact: true }).click();
    await heading(phone, phoneLabels.declined).waitFor();
    await keepPicture(phone.page, 'declined', 'phone');
    await heading(desk, 'Yêu cầu đã bị từ chối').waitFor();
    await desk.page.getByRole('link', { name: /^Quay lại/ }).click();
    expect(await readRefusal(desk)).toBe('access_denied');
    expect(await desk.page.locator('body').innerText()).not.toContain(citizen.fullName);
    await keepPicture(desk.page, 'declined', 'desk');
  });
});

describe('what runs out', () => {
  it('is said on both screens: a picture of seconds ago, a code nobody took, a decision nobody made', async () => {
    const desk = await openCounter(browser, deskUrl, 'hotel');
    const phone = await takePhone(citizen.person);
    const picture = await desk.page.locator('.qr').screenshot();
    const code = decodeQR(await readPixels(desk.page, picture));
    // Three steps of two seconds: longer than any code is worth.
    await sleep(6_100);
    await paste(phone, code);
    await phone.main.getByText('Mã này đã cũ.').waitFor();
    await keepPicture(phone.page, 'expired', 'old-code');

    const before = await linkOf(desk);
    await pass(desk.handle, 'claim_until');
    await heading(desk, 'Mã đã hết hạn').waitFor();
    await paste(phone, before);
    await phone.main.getByRole('link', { name: phoneLabels.scanAgain }).waitFor();
    await desk.page.getByRole('button', { name: 'Tạo mã mới' }).click();
    await desk.page.locator('.qr').waitFor();

    await paste(phone, await linkOf(desk));
    await heading(phone, / xin dữ liệu của bạn$/).waitFor();
    await pass(desk.handle, 'decide_until');
    await phone.main.getByRole('button', { name: phoneLabels.decline, exact: true }).click();
    await heading(phone, phoneLabels.expired).waitFor();
    await keepPicture(phone.page, 'expired', 'phone');
    await heading(desk, 'Yêu cầu đã hết thời gian').waitFor();
    await keepPicture(desk.page, 'expired', 'desk');
    await desk.page.getByRole('link', { name: /^Quay lại/ }).click();
    expect(await readRefusal(desk)).toBe('access_denied');
  });
});

describe('a guardian', () => {
  it('shares for a child of eight only with the child’s own yes', async () => {
    const desk = await openCounter(browser, deskUrl, 'hotel');
    const phone = await takePhone(guardian);
    await paste(phone, await linkOf(desk));
    await phone.main.getByRole('radio', { name: 'Của Phạm Gia Bảo, tôi là người đại diện' }).check();
    await phone.main.getByRole('radio', { name: phoneLabels.started }).check();
    await phone.main.getByRole('button', { name: phoneLabels.approve }).click();
    await phone.main
      .getByRole('alert')
      .getByText('Hãy hỏi trẻ và xác nhận trẻ đồng ý, hoặc từ chối.')
      .waitFor();
    await keepPicture(phone.page, 'guardian', 'own-yes');
    await phone.main.getByRole('checkbox', { name: /Phạm Gia Bảo đồng ý/ }).check();
    await approve(phone, { passcode: guardian.passcode });
    await typeNumber(desk, await shownNumber(phone));
    expect(await readAnswer(desk)).toMatchObject({
      'person.fullName': 'Phạm Gia Bảo',
      'person.ageOver': 'Không',
    });
    await heading(phone, phoneLabels.granted).waitFor();
    await goTo(phone, 'consents');
    await phone.main.getByText('Phạm Gia Bảo').waitFor();
    await keepPicture(phone.page, 'guardian', 'consents');
  });
});

// The last, since the account that is lent stays locked.
describe('a locked account', () => {
  it('stops what was shared, and opens no new request', async () => {
    const desk = await openCounter(browser, deskUrl, 'bank');
    const phone = await takePhone(citizen.person);
    await paste(phone, await linkOf(desk));
    await approve(phone, { passcode: citizen.person.passcode });
    await typeNumber(desk, await shownNumber(phone));
    await readAnswer(desk);
    await heading(phone, phoneLabels.granted).waitFor();
    await goTo(phone, 'account');
    await phone.main.getByRole('radio', { name: 'Nghi bị người khác sử dụng' }).check();
    await phone.main.getByRole('button', { name: 'Khóa tài khoản của tôi' }).click();
    await phone.page.getByRole('button', { name: 'Khóa ngay' }).click();
    await heading(phone, 'Tài khoản đang bị khóa').waitFor();
    await desk.page.getByRole('button', { name: deskLabels.again }).click();
    expect(await readRefusal(desk)).toMatch(/^(ACCOUNT_LOCKED|CONSENT_REQUIRED|invalid_grant)$/);
    await keepPicture(desk.page, 'locked', 'desk');

    const another = await openCounter(browser, deskUrl, 'hotel');
    await phone.page.goto(await linkOf(another));
    await phone.page.getByText('Khi tài khoản bị khóa, không chia sẻ được gì.').waitFor();
    await keepPicture(phone.page, 'locked', 'phone');
    await heading(another, 'Quét mã bằng ứng dụng Định danh').waitFor();
  });
});
