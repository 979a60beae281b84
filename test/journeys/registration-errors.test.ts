import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSql } from '@dinhdanh/kit/testing';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { alone } from '../harness/alone.ts';
import { keepPicture, openBrowser, takeSeat } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { ageCodes } from './age-codes.ts';
import { bringPast } from './applicant.ts';
import { lookBothWays } from './look-at.ts';
import type { Applicant, Declared, PlainStep } from './applicant.ts';
import {
  at,
  type badPictures,
  codeSentTo,
  layCard,
  newcomers,
  press,
  showBlurredCard,
  showCard,
  showFace,
  showFaces,
} from './register-as.ts';
import type { Newcomer } from './register-as.ts';
import { borrowAccount } from './spare-account.ts';
import { goTo, signInAs, visit } from './visit.ts';

const system = inject('system');
const { url } = system;
const demo = readDemo(system.dataFolder);
const reader = demo.reader ?? expect.unreachable('the reader runs');
const outbox = demo.outbox ?? expect.unreachable('the screen of messages runs');
const accounts = system.databaseUrls.accounts ?? expect.unreachable('a database each');
const declared: Declared = { outbox, password: 'Xanh#Bien7Sau' };

let browser: Browser;
let folder: string;
let camera: string;
let phones = 0;
// Other journeys register the first of them.
const waiting = newcomers().toReversed();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registering-'));
  camera = join(folder, 'camera.mjpeg');
  await writeFile(camera, '');
  browser = await openBrowser({ camera });
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** Whoever it is: each test has somebody of its own, whichever others run. */
const newcomerAt = (place: number): Newcomer =>
  waiting[place] ?? expect.unreachable('somebody without an account');

/** Somebody who has done the steps up to one, before the screen of the next. */
async function applicantPast(
  last: PlainStep,
  newcomer: Newcomer,
  { typed }: Pick<Declared, 'typed'> = {},
): Promise<Applicant> {
  phones += 1;
  const context = await openContext();
  const page = await openRegister(context);
  const phone = `09870000${String(phones).padStart(2, '0')}`;
  const applicant = { page, context, newcomer, phone };
  await bringPast(applicant, last, { ...declared, ...(typed === undefined ? {} : { typed }) });
  return applicant;
}

async function openContext(): Promise<BrowserContext> {
  const context = await takeSeat(browser);
  onTestFinished(() => context.close());
  await context.grantPermissions(['camera'], { origin: url });
  return context;
}

async function openRegister(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/#/register`);
  return page;
}

/** What is said to be wrong, once it is said. */
const told = (page: Page, text: string): Promise<void> =>
  page.getByRole('alert').getByText(text).first().waitFor();

/** A field that is at fault says so, has the focus, and leads to the words for it. */
async function expectAtFault(field: Locator, words: string): Promise<void> {
  await expect.poll(() => field.and(field.page().locator(':focus')).count()).toBe(1);
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const said = await Promise.all(ids.map((id) => field.page().locator(`[id="${id}"]`).innerText()));
  expect(said.join(' ')).toContain(words);
}

/** Reads a card on the reader, and does what follows while nobody else lays one there. */
async function atReader(applicant: Applicant, work: (desk: Page) => Promise<void>): Promise<void> {
  await alone(system, 'reader', async () => {
    const desk = await applicant.context.newPage();
    try {
      await work(desk);
    } finally {
      await desk.close();
    }
  });
}

async function readOwnCard(applicant: Applicant): Promise<void> {
  const { page, newcomer } = applicant;
  await atReader(applicant, async (desk) => {
    await layCard(desk, reader, newcomer);
    await press(page, 'Tôi đã hiểu');
    await press(page, 'Bắt đầu đọc');
    await at(page, 'Ảnh chân dung');
  });
}

/** Takes a picture of whatever the camera sees, and sends it. */
async function shoot(page: Page): Promise<void> {
  await press(page, 'Mở máy ảnh');
  await press(page, 'Chụp ảnh');
  // Nobody uses a picture they cannot see.
  const width = (image: unknown): number => (image as { naturalWidth: number }).naturalWidth;
  await expect.poll(() => page.getByAltText('Ảnh vừa chụp').evaluate(width)).toBeGreaterThan(0);
  await press(page, 'Dùng ảnh này');
}

describe('the card and the camera', () => {
  it('R64 R97 R100: a code out of focus and a camera that is refused are told, and typing leads on', async () => {
    const { page, newcomer } = await applicantPast('CONTACT', newcomerAt(0));
    await at(page, 'Thông tin cá nhân');
    await page.clock.install();
    await showBlurredCard(browser, camera, newcomer.population);
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
    const applicant = await applicantPast('MATCH', newcomerAt(1));
    const { page, newcomer } = applicant;
    await at(page, 'Đọc chip trên thẻ');
    await press(page, 'Tôi đã hiểu');
    await page.route('**/reader', (route) => route.abort());
    await press(page, 'Bắt đầu đọc');
    await told(page, 'Không thấy chương trình đọc thẻ.');
    await page.unroute('**/reader');
    await atReader(applicant, async (desk) => {
      await layCard(desk, reader, newcomer, 'CARD_EXPIRED');
      await press(page, 'Đọc lại');
      await told(page, 'Thẻ đã hết hạn.');
      await told(page, 'Dùng thẻ của chính bạn, còn hiệu lực.');
      await layCard(desk, reader, newcomer, 'FORGED');
      await press(page, 'Bắt đầu đọc');
      await told(page, 'Dữ liệu trên chip đã bị sửa.');
      await told(page, 'Mang thẻ đến công an cấp xã');
      await lookBothWays(page, 'registration-errors', 'forged');
      await layCard(desk, reader, newcomer);
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
    await showFace(browser, camera, population, bad);
    await press(page, 'Mở máy ảnh');
    await page.getByText(held).waitFor();
    await press(page, 'Chụp ảnh');
    await press(page, 'Dùng ảnh này');
    await told(page, sent);
    await press(page, 'Chụp lại');
  }
  const { population: another } = newcomerAt(2);
  await showFaces(browser, camera, [population, another]);
  await shoot(page);
  await told(page, 'Trong ảnh có nhiều người.');
  await lookBothWays(page, 'registration-errors', 'portrait');
  await press(page, 'Chụp lại');
  await showFace(browser, camera, another);
  await shoot(page);
  await told(page, 'Ảnh chân dung không giống ảnh trong chip.');
  await press(page, 'Chụp lại');
  await showFace(browser, camera, population);
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
    const { page, phone } = await applicantPast('TERMS', newcomerAt(2));
    const field = page.getByLabel('Mã xác nhận');
    const send = async (label: string, old?: string): Promise<string> => {
      await press(page, label);
      await page.getByText(/^Mã còn hiệu lực/).waitFor();
      return codeSentTo(outbox, `+84${phone.slice(1)}`, old);
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

/** All that was sent to a phone. */
async function messagesTo(phone: string): Promise<string> {
  const to = encodeURIComponent(phone.replace(/^0/, '+84'));
  return (await fetch(`${outbox}/messages.json?to=${to}`)).text();
}

describe('data that differ', () => {
  const typed = { fullName: 'Nguyễn Thị Nhầm Tên', dateOfBirth: '1999-01-31' };

  it('R97: are told once the chip is shown, with who corrects the database, and mended before sending in', async () => {
    const applicant = await applicantPast('PASSWORD', newcomerAt(3), { typed });
    const { page, newcomer } = applicant;
    await press(page, 'Đối chiếu');
    await at(page, 'Đọc chip trên thẻ');
    expect(await page.getByRole('main').innerText()).not.toContain('không khớp');
    await readOwnCard(applicant);
    await told(page, 'Họ và tên, Ngày sinh: Thông tin khai báo không khớp với cơ sở dữ liệu.');
    await told(page, 'Công an cấp xã nơi thường trú');
    await lookBothWays(page, 'registration-errors', 'mismatch');
    await page.getByRole('alert').getByRole('button', { name: 'Sửa lại: Thông tin cá nhân' }).click();
    await showCard(browser, camera, newcomer.population);
    await press(page, 'Quét mã QR trên thẻ');
    await press(page, 'Đối chiếu');
    await at(page, 'Đọc chip trên thẻ');
    await readOwnCard(applicant);
    expect(await page.getByRole('main').innerText()).not.toContain('không khớp');
    await showFace(browser, camera, newcomer.population);
    await shoot(page);
    await press(page, 'Gửi hồ sơ');
    await page.getByRole('heading', { name: 'Đã phê duyệt' }).waitFor();
    await page.getByLabel('Số định danh cá nhân').fill(newcomer.population.personalNumber);
    await page.getByLabel('Mật khẩu đã đặt khi đăng ký').fill('Sai#MatKhau1');
    for (const label of ['Mã bảo mật mới', 'Nhập lại mã bảo mật'])
      await page.getByLabel(label).fill('123456');
    await press(page, 'Kích hoạt');
    await told(page, 'Số định danh hoặc mật khẩu không đúng.');
    await page.getByLabel('Mật khẩu đã đặt khi đăng ký').fill(declared.password);
    await press(page, 'Kích hoạt');
    await told(page, 'Mã bảo mật này dễ đoán.');
    await lookBothWays(page, 'registration-errors', 'passcode');
  });

  it('R97 R102: sent in all the same they end it, with reasons here and by message, and anew one may at once', async () => {
    const applicant = await applicantPast('MATCH', newcomerAt(4), { typed });
    const { page, newcomer, phone } = applicant;
    await readOwnCard(applicant);
    await showFace(browser, camera, newcomer.population);
    await shoot(page);
    await at(page, 'Gửi hồ sơ');
    await told(page, 'Thông tin khai báo không khớp');
    await press(page, 'Gửi hồ sơ');
    await page.getByRole('heading', { name: 'Không được phê duyệt' }).waitFor();
    await told(page, 'Họ và tên, Ngày sinh: Thông tin khai báo không khớp với cơ sở dữ liệu.');
    await told(page, 'Nếu dữ liệu của cơ quan sai, báo cho: Công an cấp xã nơi thường trú');
    await lookBothWays(page, 'registration-errors', 'rejected');
    await expect.poll(() => messagesTo(phone)).toContain('không khớp dữ liệu dân cư');
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
    const applicant = await applicantPast('MATCH', posing, { typed });
    const { page } = applicant;
    await at(page, 'Đọc chip trên thẻ');
    await atReader(applicant, async (desk) => {
      await layCard(desk, reader, attacker);
      await press(page, 'Tôi đã hiểu');
      await press(page, 'Bắt đầu đọc');
      await told(page, 'Thẻ là của người khác.');
    });
    const text = await page.getByRole('main').innerText();
    expect(text).not.toContain('đã có tài khoản');
    expect(text).not.toContain('không khớp');
    const visitor = await visit(browser, url);
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
    await expect.poll(() => messagesTo(row?.phone ?? '')).toContain('có người khai số định danh của bạn');
  });
});

describe('who comes back', () => {
  it('R76: after the browser was closed goes on where they were; elsewhere by file code and password', async () => {
    const { page, context } = await applicantPast('PASSWORD', newcomerAt(6));
    await at(page, 'Đối chiếu dữ liệu');
    const code = (await page.locator('.file-foot strong').innerText()).trim();
    const kept = (await context.cookies()).filter(({ expires }) => expires > 0);
    await context.close();
    const again = await openContext();
    await again.addCookies(kept);
    await at(await openRegister(again), 'Đối chiếu dữ liệu');
    const elsewhere = await openRegister(await openContext());
    await elsewhere.getByText('Làm tiếp hồ sơ đã bắt đầu').click();
    await elsewhere.getByLabel('Mã hồ sơ').fill(code.toLowerCase());
    await elsewhere.getByLabel('Mật khẩu').fill('Sai#MatKhau1');
    await press(elsewhere, 'Mở hồ sơ');
    await told(elsewhere, 'Mã hồ sơ hoặc mật khẩu không đúng.');
    await elsewhere.getByLabel('Mật khẩu').fill(declared.password);
    await press(elsewhere, 'Mở hồ sơ');
    await at(elsewhere, 'Đối chiếu dữ liệu');
  });
});
