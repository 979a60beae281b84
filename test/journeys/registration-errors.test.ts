import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture } from '../harness/browser.ts';
import { ageCodes } from './age-codes.ts';
import type { Applicant } from './applicant.ts';
import { applicantPast, atReader, expectAtFault, newcomerAt, shoot, told } from './hindered-applicant.ts';
import { openLobby } from './lobby.ts';
import type { Lobby } from './lobby.ts';
import { lookBothWays } from './look-at.ts';
import {
  at,
  type badPictures,
  codeSentTo,
  layCard,
  press,
  showBlurredCard,
  showFace,
  showFaces,
} from './register-as.ts';

const system = inject('system');
const accounts = system.databaseUrls.accounts ?? expect.unreachable('a database each');

let lobby: Lobby;
beforeAll(async () => {
  lobby = await openLobby(system);
});
afterAll(() => lobby.close());

describe('the card and the camera', () => {
  it('R64 R97 R100: a code out of focus and a camera that is refused are told, and typing leads on', async () => {
    const { page, newcomer } = await applicantPast(lobby, 'CONTACT', newcomerAt(1));
    await at(page, 'Thông tin cá nhân');
    await page.clock.install();
    await showBlurredCard(lobby.browser, lobby.camera, newcomer.population);
    await press(page, 'Quét mã QR trên thẻ');
    await page.getByText('Đưa mã QR vào giữa khung hình').waitFor();
    await page.clock.fastForward(15_000);
    await told(page, 'Chưa đọc được mã. Lau ống kính');
    await keepPicture(page, 'registration-errors', 'qr');
    await press(page, 'Dừng quét');
    await refuseCamera(page);
    await press(page, 'Quét mã QR trên thẻ');
    await told(page, 'Ứng dụng chưa được dùng máy ảnh.');
    const { fullName, sex, dateOfBirth } = newcomer.population;
    await page.getByLabel('Họ và tên').fill(fullName);
    const born = page.getByLabel('Ngày sinh');
    await born.fill('32/01/1999');
    await press(page, 'Xem lại thông tin');
    await expectAtFault(born, 'Ngày sinh viết dạng 31/01/1999');
    await lookBothWays(page, 'registration-errors', 'typed');
    // What stands there follows the language.
    await press(page, 'English');
    await told(page, 'Write the date as 31/01/1999');
    await press(page, 'Tiếng Việt');
    await born.fill(dateOfBirth.split('-').toReversed().join('/'));
    await page.getByLabel(sex === 'FEMALE' ? 'Nữ' : 'Nam', { exact: true }).check();
    await press(page, 'Xem lại thông tin');
    await at(page, 'Điều khoản');
  });

  it('R76 R81 R97 R99: a reader that is away, contact lost, a card past its day, a forged one; then bad portraits: each is told and mended, and an officer looks', async () => {
    const applicant = await applicantPast(lobby, 'MATCH', newcomerAt(0));
    const { page, newcomer } = applicant;
    await at(page, 'Đọc chip trên thẻ');
    await press(page, 'Tôi đã hiểu');
    await page.route('**/reader', (route) => route.abort());
    await press(page, 'Bắt đầu đọc');
    await told(page, 'Không thấy chương trình đọc thẻ.');
    await page.unroute('**/reader');
    await atReader(lobby, applicant, async (desk) => {
      await layCard(desk, lobby.reader, newcomer, 'CARD_EXPIRED');
      await press(page, 'Đọc lại');
      await told(page, 'Thẻ đã hết hạn.');
      await told(page, 'Dùng thẻ của chính bạn, còn hiệu lực.');
      await layCard(desk, lobby.reader, newcomer, 'FORGED');
      await press(page, 'Bắt đầu đọc');
      await told(page, 'Dữ liệu trên chip đã bị sửa.');
      await told(page, 'Mang thẻ đến công an cấp xã');
      await lookBothWays(page, 'registration-errors', 'forged');
      await layCard(desk, lobby.reader, newcomer);
      await desk.locator('select[name="file"]').selectOption('DG2');
      await desk.getByRole('button', { name: 'Đặt', exact: true }).click();
      await press(page, 'Bắt đầu đọc');
      await told(page, 'Mất liên lạc với thẻ.');
      await press(page, 'Đọc lại');
      await at(page, 'Ảnh chân dung');
    });
    await mendPortrait(applicant);
    await press(page, 'Gửi hồ sơ');
    // A chip that somebody made is a sign that nobody overlooks, whatever was shown afterwards.
    await page.getByRole('heading', { name: 'Đang xét duyệt' }).waitFor();
    await told(page, 'Hồ sơ cần cán bộ kiểm tra thêm.');
    await page.getByText('Có kết quả chậm nhất').waitFor();
  });
});

/** What the camera's screen says of each bad picture while it is held, and the server once it is sent. */
const saidOfPictures = {
  dark: ['Ảnh quá tối. Hãy ra nơi sáng hơn.', 'Ảnh quá tối.'],
  blurred: ['Ảnh bị mờ. Giữ yên máy.', 'Ảnh bị mờ.'],
  far: ['Lại gần, hoặc vào giữa khung.', 'Khuôn mặt ở quá xa.'],
} as const satisfies Record<keyof typeof badPictures, readonly [string, string]>;

/** Sits badly in every way, is told each time, and at last sits well. */
async function mendPortrait({ page, newcomer: { population } }: Applicant): Promise<void> {
  for (const bad of ['dark', 'blurred', 'far'] as const) {
    const [held, sent] = saidOfPictures[bad];
    await showFace(lobby.browser, lobby.camera, population, bad);
    await press(page, 'Mở máy ảnh');
    await page.getByText(held).waitFor();
    await press(page, 'Chụp ảnh');
    await press(page, 'Dùng ảnh này');
    await told(page, sent);
    await press(page, 'Chụp lại');
  }
  const { population: another } = newcomerAt(2);
  await showFaces(lobby.browser, lobby.camera, [population, another]);
  await shoot(page);
  await told(page, 'Trong ảnh có nhiều người.');
  await lookBothWays(page, 'registration-errors', 'portrait');
  await press(page, 'Chụp lại');
  await showFace(lobby.browser, lobby.camera, another);
  await shoot(page);
  await told(page, 'Ảnh chân dung không giống ảnh trong chip.');
  await press(page, 'Chụp lại');
  await showFace(lobby.browser, lobby.camera, population);
  await shoot(page);
  await at(page, 'Gửi hồ sơ');
}

/** What a browser answers where the person has not let the page use the camera; ours has nobody to ask and lets it. */
async function refuseCamera(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { mediaDevices } = navigator as unknown as { mediaDevices: { getUserMedia: () => Promise<never> } };
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
}

describe('the code', () => {
  it('R62 R67 R68: a wrong one, one tried too often, one too old and too many of them are told, and the right one leads on', async () => {
    const { page, phone } = await applicantPast(lobby, 'TERMS', newcomerAt(2));
    const field = page.getByLabel('Mã xác nhận');
    const send = async (label: string, old?: string): Promise<string> => {
      await press(page, label);
      await page.getByText(/^Mã còn hiệu lực/).waitFor();
      return codeSentTo(lobby.outbox, `+84${phone.slice(1)}`, old);
    };
    const enter = async (code: string): Promise<void> => {
      await field.fill(code);
      await press(page, 'Xác nhận');
    };
    const later = async (seconds: number): Promise<void> => {
      await ageCodes(accounts, phone, seconds);
      await page.reload();
      await at(page, 'Mã xác nhận');
    };
    await at(page, 'Mã xác nhận');
    const first = await send('Gửi mã');
    const wrong = first === '000000' ? '111111' : '000000';
    for (let tries = 1; tries < 5; tries += 1) {
      await enter(wrong);
      await told(page, 'Mã xác nhận không đúng.');
      await expectAtFault(field, 'Nhập lại mã trong tin nhắn mới nhất.');
    }
    await enter(wrong);
    await told(page, 'Mã xác nhận đã hết hạn hoặc đã dùng.');
    await enter(first);
    await expectAtFault(field, 'Yêu cầu mã mới.');
    await lookBothWays(page, 'registration-errors', 'code');
    await later(61);
    const second = await send('Gửi mã khác', first);
    await later(181);
    await page.getByText('Mã đã hết hạn. Hãy gửi mã khác.').waitFor();
    await enter(second);
    await told(page, 'Mã xác nhận đã hết hạn hoặc đã dùng.');
    let newest = second;
    for (let sent = 2; sent < 5; sent += 1) {
      newest = await send('Gửi mã khác', newest);
      await later(61);
    }
    await press(page, 'Gửi mã khác');
    await told(page, 'Đã gửi quá nhiều mã trong một giờ.');
    await lookBothWays(page, 'registration-errors', 'too-many-codes');
    await page.getByRole('button', { name: /^Gửi mã khác sau \d\d:\d\d$/ }).waitFor();
    await enter(newest);
    await at(page, 'Mật khẩu');
  });
});
