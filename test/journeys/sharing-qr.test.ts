import { join } from 'node:path';
import { runSql } from '@dinhdanh/kit/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { TemporaryFolders } from '../harness/temporary-folders.ts';
import { deskLabels, heading, openCounter, readAnswer, readRefusal } from './desk-customer.ts';
import { readReadings } from './read-access.ts';
import {
  approve,
  enrolPasskey,
  giveAuthenticator,
  phoneLabels,
  scan,
  shownNumber,
  typeNumber,
  visitWithCamera,
} from './share-phone.ts';
import { borrowAccount } from './spare-account.ts';
import type { SpareAccount } from './spare-account.ts';
import { goTo, signInAs } from './visit.ts';
import { day } from './words.ts';

const system = inject('system');
const deskUrl = readDemo(system.dataFolder).desk ?? expect.unreachable('the desk runs');
const bank = 'Ngân hàng TMCP Bến Xanh (giả lập)';

const folders = new TemporaryFolders();
let pictureFile: string;
let deskBrowser: Browser;
let phoneBrowser: Browser;
let issuer: string;
let citizen: SpareAccount;
beforeAll(async () => {
  pictureFile = join(await folders.make(), 'camera.mjpeg');
  deskBrowser = await openBrowser();
  phoneBrowser = await openBrowser({ camera: pictureFile });
  const discovery = await fetch(`${system.url}/.well-known/openid-configuration`);
  ({ issuer } = (await discovery.json()) as { issuer: string });
  citizen = await borrowAccount(system);
});
afterAll(async () => {
  await deskBrowser.close();
  await phoneBrowser.close();
  await citizen.giveBack();
  await folders.remove();
});

describe('sharing by the camera', () => {
  it('R43 R88: goes from the code to verified data, stands in the history, and ends when it is withdrawn', async () => {
    const phone = await visitWithCamera(phoneBrowser, issuer, { width: 320 });
    await giveAuthenticator(phone);
    await signInAs(phone, citizen.person, { passcode: false });
    await enrolPasskey(phone, citizen.person.passcode);
    await keepPicture(phone.page, 'sharing', 'passkeys');

    const desk = await openCounter(deskBrowser, deskUrl, 'bank');
    await keepPicture(desk.page, 'sharing', 'code');
    await scan(phone, pictureFile, desk);
    await heading(phone, `${bank} xin dữ liệu của bạn`).waitFor();
    await keepPicture(phone.page, 'sharing', 'request');
    await heading(desk, 'Tiếp tục trên điện thoại').waitFor();
    await approve(phone, 'passkey');
    await keepPicture(phone.page, 'sharing', 'number');
    await heading(desk, 'Nhập số đang hiện trên điện thoại').waitFor();
    // Whoever only looked at the desk's screen learnt nothing of the person.
    const said = await desk.page.locator('body').innerText();
    for (const word of [citizen.fullName, citizen.person.username]) expect(said).not.toContain(word);
    await keepPicture(desk.page, 'sharing', 'number-asked');
    await typeNumber(desk, await shownNumber(phone));

    expect(await readAnswer(desk)).toMatchObject(await expectedAnswer());
    await keepPicture(desk.page, 'sharing', 'answer');
    await heading(phone, phoneLabels.granted).waitFor();

    await goTo(phone, 'history');
    await keepPicture(phone.page, 'sharing', 'history');
    const reading = (await readReadings(phone.page)).find(({ actor }) => actor.includes(bank));
    expect(reading?.facts).toMatchObject({
      'Đã xem': [
        'Họ tên, ngày sinh, giới tính, quốc tịch',
        'Số định danh cá nhân',
        'Nơi cư trú',
        'Thẻ căn cước',
      ],
      'Mục đích': ['Mở tài khoản ngân hàng'],
      'Kết quả': ['Đã cung cấp'],
    });

    await goTo(phone, 'consents');
    await keepPicture(phone.page, 'sharing', 'consents');
    // The newest stands first; whoever was lent this account before may have shared too.
    await phone.main
      .getByRole('link', { name: `Xem chi tiết: ${bank}` })
      .first()
      .click();
    await phone.main.getByText('Khóa truy cập', { exact: true }).waitFor();
    await keepPicture(phone.page, 'sharing', 'consent');
    await desk.page.getByRole('button', { name: deskLabels.again }).click();
    expect(await readAnswer(desk)).toMatchObject({ 'person.fullName': citizen.fullName });
    await phone.main.getByRole('button', { name: 'Rút lại', exact: true }).click();
    await phone.page.getByRole('button', { name: 'Rút lại ngay' }).click();
    await phone.main.getByText('Đã rút lại.').waitFor();
    await keepPicture(phone.page, 'sharing', 'withdrawn');

    await desk.page.getByRole('button', { name: deskLabels.again }).click();
    expect(await readRefusal(desk)).toBe('CONSENT_WITHDRAWN');
    await keepPicture(desk.page, 'sharing', 'refused');
    for (const word of [citizen.fullName, citizen.person.username])
      expect(await desk.page.locator('body').innerText()).not.toContain(word);
  });
});

/** What the registry says of the citizen, as the desk should show it. */
async function expectedAnswer(): Promise<Record<string, string>> {
  const [row] = await runSql<{ date_of_birth: string }>(
    system.databaseUrls.population ?? expect.unreachable('a database each'),
    `SELECT date_of_birth FROM citizens WHERE personal_number = '${citizen.person.username}'`,
  );
  return {
    'person.fullName': citizen.fullName,
    'person.personalNumber': citizen.person.username,
    'person.dateOfBirth': day(row?.date_of_birth ?? expect.unreachable('a birth date')),
    'person.nationality': 'Việt Nam',
  };
}
