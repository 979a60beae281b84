import type { Browser, CDPSession } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Seat } from '../harness/browser.ts';
import { heading, pointCamera } from './desk-customer.ts';
import type { DeskScreen } from './desk-customer.ts';
import { goTo, section, visit } from './visit.ts';
import type { Visit } from './visit.ts';

/** What the citizen's app says on the way, written by hand. */
export const phoneLabels = {
  cameraOn: 'Bật máy ảnh',
  scanAgain: 'Quét mã khác',
  started: 'Có, tôi tự bắt đầu',
  approve: 'Đồng ý chia sẻ',
  decline: 'Từ chối',
  confirmTitle: 'Xác nhận chia sẻ',
  usePasskey: 'Dùng khóa truy cập',
  numberTitle: 'Gần xong: nhập số này',
  granted: 'Đã chia sẻ',
  declined: 'Đã từ chối',
  expired: 'Yêu cầu đã hết hạn',
} as const;

/** A phone as a person holds it: the app in a browser that may use its camera. */
export async function visitWithCamera(browser: Browser, issuer: string, seat: Seat = {}): Promise<Visit> {
  const visitor = await visit(browser, issuer, seat);
  await visitor.context.grantPermissions(['camera'], { origin: issuer });
  return visitor;
}

/**
 * Scans the code of a desk with the camera until the request is open. A code is worth a few seconds, and on a busy
 * machine a picture of it may be older: then one does what a person does, and scans again.
 */
export async function scan(visitor: Visit, pictureFile: string, desk: DeskScreen): Promise<void> {
  const { page, main } = visitor;
  await goTo(visitor, 'scan');
  const opened = heading(visitor, / xin dữ liệu của bạn$/);
  const tooOld = main.getByText('Mã này đã cũ.');
  for (let tries = 20; ; tries -= 1) {
    await pointCamera(pictureFile, desk);
    await main.getByRole('button', { name: phoneLabels.cameraOn }).click();
    await opened.or(tooOld).first().waitFor();
    if ((await opened.count()) > 0) break;
    if (tries === 1) throw new Error('no code was young enough');
    await page.getByRole('link', { name: phoneLabels.scanAgain }).click();
  }
  await main.getByRole('button', { name: phoneLabels.approve }).waitFor();
}

/** Gives a link to the app by hand, as who cannot scan does. */
export async function paste(phone: Visit, link: string): Promise<void> {
  await goTo(phone, 'scan');
  await phone.main.getByLabel('Đường dẫn hoặc mã').fill(link);
  await phone.main.getByRole('button', { name: 'Mở yêu cầu' }).click();
}

/** Gives a browser a device that makes passkeys and always finds its owner before it. */
export async function giveAuthenticator({ page }: Visit): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  onTestFinished(() => session.detach().catch(() => undefined));
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return session;
}

/** Enrols a passkey on the screen of the account. */
export async function enrolPasskey(visitor: Visit, passcode: string): Promise<void> {
  await goTo(visitor, 'account');
  const passkeys = section(visitor, 'Khóa truy cập');
  await passkeys.getByLabel('Tên khóa').fill('Điện thoại');
  await passkeys.getByRole('button', { name: 'Đăng ký khóa truy cập' }).click();
  await enterPasscode(visitor, 'Xác nhận đăng ký khóa', passcode);
  await passkeys.getByText('Đã đăng ký “Điện thoại”.').waitFor();
}

/** Fills the dialog that asks for the passcode and sends it. */
export async function enterPasscode({ page, labels }: Visit, title: string, passcode: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByLabel(labels.passcode, { exact: true }).fill(passcode);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

/** Agrees to what is asked: by the passkey of this browser, or by the passcode that is given. */
export async function approve(visitor: Visit, by: 'passkey' | { readonly passcode: string }): Promise<void> {
  const { page, main } = visitor;
  await main.getByRole('radio', { name: phoneLabels.started }).check();
  await main.getByRole('button', { name: phoneLabels.approve }).click();
  if (by === 'passkey') {
    const dialog = page.getByRole('dialog', { name: phoneLabels.confirmTitle });
    await dialog.getByRole('button', { name: phoneLabels.usePasskey }).click();
  } else await enterPasscode(visitor, phoneLabels.confirmTitle, by.passcode);
  await heading(visitor, phoneLabels.numberTitle).waitFor();
}

/** The number that the phone shows. */
export function shownNumber({ main }: Visit): Promise<string> {
  return main.locator('.big-number span[aria-hidden="true"]').innerText();
}

/** Types the number on the page of the request, which then goes back to the desk. */
export async function typeNumber({ page }: Visit, number: string): Promise<void> {
  await page.getByLabel('Số gồm 3 chữ số').fill(number);
  await page.getByRole('button', { name: 'Xác nhận' }).click();
}
