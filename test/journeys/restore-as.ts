import { expect } from 'vitest';
import type { SharedSystem } from '../harness/global-setup.ts';
import { takeCameraSeat } from './lobby.ts';
import type { Lobby } from './lobby.ts';
import {
  at,
  choosePassword,
  compare,
  press,
  readChip,
  scanCard,
  settled,
  takePortrait,
} from './register-as.ts';
import type { ProvingSeat, Settled } from './register-as.ts';
import { borrowAccount } from './spare-account.ts';
import type { SpareAccount } from './spare-account.ts';

/** An account that is lent, whose owner's card and face can be shown. */
export interface LentAccount {
  readonly spare: SpareAccount;
  readonly owner: Settled;
}

/** Lends the account of somebody whose card and face can be shown. */
export async function borrowSettled(system: SharedSystem): Promise<LentAccount> {
  const people = settled();
  const numberOf = ({ population }: Settled): string => population.personalNumber;
  const spare = await borrowAccount(system, people.map(numberOf));
  const owner = people.find((one) => numberOf(one) === spare.person.username);
  return { spare, owner: owner ?? expect.unreachable('one of them') };
}

/** Comes to the sign-in as a stranger and takes a way back into the account. */
export async function begin(lobby: Lobby, { owner }: LentAccount, way: string): Promise<ProvingSeat> {
  const page = await (await takeCameraSeat(lobby)).newPage();
  await page.goto(lobby.system.url);
  await page.getByRole('link', { name: way, exact: true }).click();
  await page.getByText('Làm trực tiếp').waitFor();
  return { ...lobby, page, newcomer: owner };
}

/** Names the account, and the new number where that is what is lost. */
export async function sayWho(
  { page, newcomer }: ProvingSeat,
  { phone }: { readonly phone?: string } = {},
): Promise<void> {
  await page.getByLabel('Số định danh cá nhân').fill(newcomer.population.personalNumber);
  if (phone !== undefined) await page.getByLabel('Số điện thoại mới').fill(phone);
  await press(page, 'Bắt đầu');
  await at(page, 'Thông tin cá nhân');
}

/** Shows who one is: data, chip and face, from the step of the data to the one after the portrait. */
export async function proveIdentity(seat: ProvingSeat): Promise<void> {
  await at(seat.page, 'Đối chiếu dữ liệu');
  await compare(seat);
  await readChip(seat);
  await takePortrait(seat);
}

/** From the card to the request that waits, on a device that the account is not bound to. */
export async function askForDevice(
  lobby: Lobby,
  lent: LentAccount,
  newPassword: string,
): Promise<ProvingSeat> {
  const seat = await begin(lobby, lent, 'Máy mới hoặc mất máy');
  const { page } = seat;
  await at(page, 'Chuyển sang máy mới');
  await sayWho(seat);
  await scanCard(seat);
  await proveIdentity(seat);
  await at(page, 'Mật khẩu');
  await choosePassword(seat, newPassword);
  await at(page, 'Gửi yêu cầu');
  await press(page, 'Gửi yêu cầu');
  await page.getByText('Máy này dùng được từ giờ ghi dưới đây, trừ khi chủ tài khoản từ chối.').waitFor();
  return seat;
}

/** What the owner of a device that may be used now types. */
export interface NewSecrets {
  readonly password: string;
  readonly passcode: string;
}

/** Binds the device of a request whose time has come, and comes in. */
export async function completeDevice(
  { page, newcomer }: ProvingSeat,
  { password, passcode }: NewSecrets,
): Promise<void> {
  await page.getByLabel('Số định danh cá nhân').fill(newcomer.population.personalNumber);
  await page.getByLabel('Mật khẩu vừa đặt').fill(password);
  await page.getByLabel('Mã bảo mật mới').fill(passcode);
  await page.getByLabel('Nhập lại mã bảo mật').fill(passcode);
  await press(page, 'Chuyển sang máy này');
  await page.getByRole('button', { name: 'Đăng xuất' }).waitFor();
}
