import { runSql } from '@dinhdanh/kit/testing';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { keepPicture } from '../harness/browser.ts';
import {
  applicantPast,
  atReader,
  chosenPassword,
  messagesTo,
  newcomerAt,
  openContext,
  openRegister,
  shoot,
  told,
} from './hindered-applicant.ts';
import { openLobby } from './lobby.ts';
import type { Lobby } from './lobby.ts';
import { lookBothWays } from './look-at.ts';
import { at, layCard, press, readChip, showCard, showFace } from './register-as.ts';
import { borrowAccount } from './spare-account.ts';
import { goTo, signInAs, visit } from './visit.ts';

const system = inject('system');
const accounts = system.databaseUrls.accounts ?? expect.unreachable('a database each');

let lobby: Lobby;
beforeAll(async () => {
  lobby = await openLobby(system);
});
afterAll(() => lobby.close());

describe('data that differ', () => {
  const typed = { fullName: 'Nguyễn Thị Nhầm Tên', dateOfBirth: '1999-01-31' };

  it('R97: are told once the chip is shown, with who corrects the database, and mended before sending in', async () => {
    const applicant = await applicantPast(lobby, 'PASSWORD', newcomerAt(3), { typed });
    const { page, newcomer } = applicant;
    await press(page, 'Đối chiếu');
    await at(page, 'Đọc chip trên thẻ');
    expect(await page.getByRole('main').innerText()).not.toContain('không khớp');
    await readChip({ ...lobby, ...applicant });
    await told(page, 'Họ và tên, Ngày sinh: Thông tin khai báo không khớp với cơ sở dữ liệu.');
    await told(page, 'Công an cấp xã nơi thường trú');
    await lookBothWays(page, 'registration-errors', 'mismatch');
    await page.getByRole('alert').getByRole('button', { name: 'Sửa lại: Thông tin cá nhân' }).click();
    await showCard(lobby.browser, lobby.camera, newcomer.population);
    await press(page, 'Quét mã QR trên thẻ');
    await press(page, 'Đối chiếu');
    await at(page, 'Đọc chip trên thẻ');
    await readChip({ ...lobby, ...applicant });
    expect(await page.getByRole('main').innerText()).not.toContain('không khớp');
    await showFace(lobby.browser, lobby.camera, newcomer.population);
    await shoot(page);
    await press(page, 'Gửi hồ sơ');
    await page.getByRole('heading', { name: 'Đã phê duyệt' }).waitFor();
    await page.getByLabel('Số định danh cá nhân').fill(newcomer.population.personalNumber);
    await page.getByLabel('Mật khẩu đã đặt khi đăng ký').fill('Sai#MatKhau1');
    for (const label of ['Mã bảo mật mới', 'Nhập lại mã bảo mật'])
      await page.getByLabel(label).fill('123456');
    await press(page, 'Kích hoạt');
    await told(page, 'Số định danh hoặc mật khẩu không đúng.');
    await page.getByLabel('Mật khẩu đã đặt khi đăng ký').fill(chosenPassword);
    await press(page, 'Kích hoạt');
    await told(page, 'Mã bảo mật này dễ đoán.');
    await lookBothWays(page, 'registration-errors', 'passcode');
  });

  it('R97 R102: sent in all the same they end it, with reasons here and by message, and anew one may at once', async () => {
    const applicant = await applicantPast(lobby, 'MATCH', newcomerAt(4), { typed });
    const { page, newcomer, phone } = applicant;
    await readChip({ ...lobby, ...applicant });
    await showFace(lobby.browser, lobby.camera, newcomer.population);
    await shoot(page);
    await at(page, 'Gửi hồ sơ');
    await told(page, 'Thông tin khai báo không khớp');
    await press(page, 'Gửi hồ sơ');
    await page.getByRole('heading', { name: 'Không được phê duyệt' }).waitFor();
    await told(page, 'Họ và tên, Ngày sinh: Thông tin khai báo không khớp với cơ sở dữ liệu.');
    await told(page, 'Nếu dữ liệu của cơ quan sai, báo cho: Công an cấp xã nơi thường trú');
    await lookBothWays(page, 'registration-errors', 'rejected');
    await expect.poll(() => messagesTo(lobby, phone)).toContain('không khớp dữ liệu dân cư');
    await press(page, 'Đăng ký hồ sơ mới');
    await page.getByLabel('Số định danh cá nhân').waitFor();
  });
});

describe('somebody else’s number', () => {
  it('R9 R99: a genuine card of one’s own does not open it; its owner is told by message and in the history', async () => {
    const owner = await borrowAccount(system);
    onTestFinished(owner.giveBack);
    const attacker = newcomerAt(5);
    const number = owner.person.username;
    const posing = { ...attacker, population: { ...attacker.population, personalNumber: number } };
    const typed = { fullName: owner.fullName, dateOfBirth: '1990-01-31' };
    const applicant = await applicantPast(lobby, 'MATCH', posing, { typed });
    const { page } = applicant;
    await at(page, 'Đọc chip trên thẻ');
    await atReader(lobby, applicant, async (desk) => {
      await layCard(desk, lobby.reader, attacker);
      await press(page, 'Tôi đã hiểu');
      await press(page, 'Bắt đầu đọc');
      await told(page, 'Thẻ là của người khác.');
    });
    const text = await page.getByRole('main').innerText();
    expect(text).not.toContain('đã có tài khoản');
    expect(text).not.toContain('không khớp');
    const visitor = await visit(lobby.browser, system.url);
    await signInAs(visitor, owner.person);
    await goTo(visitor, 'history');
    await visitor.main.getByText('Người đăng ký tài khoản').first().waitFor();
    await visitor.main
      .getByText('Có người khai số định danh của bạn để đăng ký tài khoản.')
      .first()
      .waitFor();
    await keepPicture(visitor.page, 'registration-errors', 'owner');
    const [row] = await runSql<{ phone: string }>(
      accounts,
      `SELECT phone FROM accounts WHERE personal_number = '${number}'`,
    );
    await expect
      .poll(() => messagesTo(lobby, row?.phone ?? ''))
      .toContain('có người khai số định danh của bạn');
  });
});

describe('who comes back', () => {
  it('R76: after the browser was closed goes on where they were; elsewhere by file code and password', async () => {
    const { page, context } = await applicantPast(lobby, 'PASSWORD', newcomerAt(6));
    await at(page, 'Đối chiếu dữ liệu');
    const code = (await page.locator('.file-foot strong').innerText()).trim();
    const kept = (await context.cookies()).filter(({ expires }) => expires > 0);
    await context.close();
    const again = await openContext(lobby);
    await again.addCookies(kept);
    await at(await openRegister(lobby, again), 'Đối chiếu dữ liệu');
    const elsewhere = await openRegister(lobby, await openContext(lobby));
    await elsewhere.getByText('Làm tiếp hồ sơ đã bắt đầu').click();
    await elsewhere.getByLabel('Mã hồ sơ').fill(code.toLowerCase());
    await elsewhere.getByLabel('Mật khẩu').fill('Sai#MatKhau1');
    await press(elsewhere, 'Mở hồ sơ');
    await told(elsewhere, 'Mã hồ sơ hoặc mật khẩu không đúng.');
    await elsewhere.getByLabel('Mật khẩu').fill(chosenPassword);
    await press(elsewhere, 'Mở hồ sơ');
    await at(elsewhere, 'Đối chiếu dữ liệu');
  });
});
