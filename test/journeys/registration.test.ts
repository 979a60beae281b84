import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { alone } from '../harness/alone.ts';
import { keepPicture, takeSeat } from '../harness/browser.ts';
import { openLobby, takeCameraSeat } from './lobby.ts';
import type { Lobby } from './lobby.ts';
import {
  at,
  choosePassword,
  codeSentTo,
  compare,
  layCard,
  newcomers,
  press,
  readChip,
  scanCard,
  showAnotherCode,
  takePortrait,
} from './register-as.ts';
import { lookBothWays } from './look-at.ts';
import type { ProvingSeat } from './register-as.ts';

const system = inject('system');
const { url } = system;
const password = 'Xanh#Bien7Sau';
const passcode = '739146';

let lobby: Lobby;
let phones = 0;
const waiting = newcomers();
beforeAll(async () => {
  lobby = await openLobby(system);
});
afterAll(() => lobby.close());

/** Somebody who registers, before the first screen. */
interface Applicant extends ProvingSeat {
  readonly phone: string;
}

async function arrive(): Promise<Applicant> {
  const newcomer = waiting.shift() ?? expect.unreachable('somebody without an account');
  phones += 1;
  const page = await (await takeCameraSeat(lobby)).newPage();
  await page.goto(url);
  await page.getByRole('link', { name: 'Đăng ký', exact: true }).click();
  await at(page, 'Đăng ký tài khoản định danh điện tử');
  const seat = { ...lobby, page, newcomer };
  return { ...seat, phone: `09880000${String(phones).padStart(2, '0')}` };
}

async function begin({ page, newcomer, phone }: Applicant): Promise<void> {
  await page.getByLabel('Số định danh cá nhân').fill(newcomer.population.personalNumber);
  await page.getByLabel('Số điện thoại').fill(phone);
  await press(page, 'Đăng ký');
  await at(page, 'Thông tin cá nhân');
}

async function scan(applicant: Applicant): Promise<void> {
  await scanCard(applicant);
  await at(applicant.page, 'Điều khoản');
}

async function agree({ page }: Applicant): Promise<void> {
  await page.getByLabel('Tôi đồng ý với điều khoản sử dụng và dịch vụ').check();
  await press(page, 'Đăng ký');
  await at(page, 'Mã xác nhận');
}

async function confirmPhone({ page, phone }: Applicant): Promise<void> {
  await press(page, 'Gửi mã');
  const code = await codeSentTo(lobby.outbox, `+84${phone.slice(1)}`);
  await page.getByLabel('Mã xác nhận').fill(code);
  await press(page, 'Xác nhận');
  await at(page, 'Mật khẩu');
}

async function setPassword(applicant: Applicant): Promise<void> {
  await choosePassword(applicant, password);
  await at(applicant.page, 'Đối chiếu dữ liệu');
}

/** Until the chip is to be read: what every applicant does. */
async function untilChip(applicant: Applicant): Promise<void> {
  await begin(applicant);
  await scan(applicant);
  await agree(applicant);
  await confirmPhone(applicant);
  await setPassword(applicant);
  await compare(applicant);
}

describe('registering for level 1', () => {
  it('R18 R60 R63 R76 R77 R81 R83: goes from a phone number to an account, with card, chip and camera', async () => {
    const applicant = await arrive();
    const { page, newcomer } = applicant;
    await lookBothWays(page, 'registration', 'contact');
    await begin(applicant);
    await lookBothWays(page, 'registration', 'identity');
    await scan(applicant);
    await expect.poll(() => page.getByRole('main').innerText()).toContain(newcomer.population.fullName);
    expect(await page.getByLabel('Tôi đồng ý với điều khoản sử dụng và dịch vụ').isChecked()).toBe(false);
    await lookBothWays(page, 'registration', 'review');
    await agree(applicant);
    await lookBothWays(page, 'registration', 'code');
    await confirmPhone(applicant);
    await lookBothWays(page, 'registration', 'password');
    await setPassword(applicant);
    await compare(applicant);
    await lookBothWays(page, 'registration', 'chip-guide');
    await readChip(applicant);
    await takePortrait(applicant, () => keepPicture(page, 'registration', 'portrait'));
    await at(page, 'Gửi hồ sơ');
    await lookBothWays(page, 'registration', 'submit');
    await press(page, 'Gửi hồ sơ');
    await page.getByRole('heading', { name: 'Đã phê duyệt' }).waitFor();
    await lookBothWays(page, 'registration', 'approved');
    await page.getByLabel('Số định danh cá nhân').fill(newcomer.population.personalNumber);
    await page.getByLabel('Mật khẩu đã đặt khi đăng ký').fill(password);
    await page.getByLabel('Mã bảo mật mới').fill(passcode);
    await page.getByLabel('Nhập lại mã bảo mật').fill(passcode);
    await press(page, 'Kích hoạt');
    await page.getByRole('button', { name: 'Đăng xuất' }).waitFor();
    await expect.poll(() => page.getByRole('main').innerText()).toContain(newcomer.population.fullName);
    await page.context().close();
  });
});

describe('what goes wrong while registering', () => {
  it('R64 R100: a code that is none of a card, and typing instead', async () => {
    const applicant = await arrive();
    const { page, newcomer } = applicant;
    await begin(applicant);
    await showAnotherCode(lobby.browser, lobby.camera);
    await press(page, 'Quét mã QR trên thẻ');
    await page.getByText('Đây không phải mã QR trên thẻ căn cước.').waitFor();
    await press(page, 'Dừng quét');
    const { fullName, dateOfBirth, sex } = newcomer.population;
    await page.getByLabel('Họ và tên').fill(fullName);
    await page.getByLabel('Ngày sinh').fill(dateOfBirth.split('-').toReversed().join('/'));
    await page.getByLabel(sex === 'FEMALE' ? 'Nữ' : 'Nam', { exact: true }).check();
    await press(page, 'Xem lại thông tin');
    await at(page, 'Điều khoản');
    await page.context().close();
  });

  it('R66: nobody goes on without agreeing to the terms, and is told that it costs nothing', async () => {
    const applicant = await arrive();
    await begin(applicant);
    await scan(applicant);
    await press(applicant.page, 'Đăng ký');
    await applicant.page.getByText('Cần đồng ý với điều khoản để đăng ký.').waitFor();
    await applicant.page.context().close();
  });

  it('R79 R80 R82 R81: NFC off, no card, contact lost: each is told, and reading goes on where it was', async () => {
    const applicant = await arrive();
    const { page, newcomer } = applicant;
    await untilChip(applicant);
    await alone(system, 'reader', async () => {
      const desk = await page.context().newPage();
      await layCard(desk, lobby.reader, newcomer);
      await desk.getByRole('button', { name: 'Tắt NFC' }).click();
      await press(page, 'Tôi đã hiểu');
      await press(page, 'Bắt đầu đọc');
      await page.getByText('NFC đang tắt.').waitFor();
      await desk.getByRole('button', { name: 'Bật NFC' }).click();
      await desk.getByRole('button', { name: 'Lấy thẻ ra' }).click();
      await press(page, 'Đọc lại');
      await page.getByText('Chưa thấy thẻ.').waitFor();
      await layCard(desk, lobby.reader, newcomer);
      await press(page, 'Đọc lại');
      await at(page, 'Ảnh chân dung');
      await desk.close();
    });
    await page.context().close();
  });
});

describe('the questions about registering', () => {
  it('R1 R3 R6 R50 R71 R73 R74 R75 R84 R103 R110 R111 R112: are answered to everybody, with their law', async () => {
    const page = await (await takeSeat(lobby.browser)).newPage();
    await page.goto(`${url}/#/rules`);
    await at(page, 'Hỏi đáp về tài khoản định danh điện tử');
    await page.getByRole('heading', { name: 'Mất bao nhiêu tiền?' }).waitFor();
    const text = await page.getByRole('main').innerText();
    for (const said of [
      'Miễn phí',
      'Căn cứ',
      '1 ngày làm việc',
      '7 ngày',
      'Mức độ 1',
      'Mức độ 2',
      'Qua ứng dụng',
      'Trực tiếp',
    ])
      expect(text).toContain(said);
    await lookBothWays(page, 'registration', 'rules');
    await page.context().close();
  });
});
