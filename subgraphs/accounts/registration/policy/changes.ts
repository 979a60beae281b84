import type { RegistrationPurpose } from '../registration.ts';
import { validOn } from './dated.ts';
import type { Dated, Words } from './dated.ts';

/** How an account is got back into, or changed. The law leaves it to the service, but for the identity (Decree 69/2024). */
export interface ChangeRow extends Dated {
  readonly purpose: Exclude<RegistrationPurpose, 'ACCOUNT'>;
  /** By what the account still has, the old number and the passcode, instead of card and face. */
  readonly byOldNumber: boolean;
  /** From the approval to the effect, in which the owner is told and can refuse it. */
  readonly delayHours: number;
  readonly text: Words;
  /** Where the app cannot be used. */
  readonly inPerson: Words;
}

const OURS: Dated = { law: 'own policy', validFrom: '2021-11-08', validTo: null };

const IN_PERSON: Words = {
  vi: 'Mang thẻ căn cước đến công an cấp xã hoặc cơ quan quản lý căn cước bất kỳ; người nước ngoài đến cơ quan quản lý xuất nhập cảnh.',
  en: 'Take the identity card to the commune police or any identity card office; foreigners to the immigration authority.',
};

/** The changes: nobody is locked out by a lost device, and nobody takes an account over without its owner hearing of it. */
export const changeRows: readonly ChangeRow[] = [
  {
    ...OURS,
    purpose: 'PASSWORD',
    byOldNumber: false,
    delayHours: 0,
    text: {
      vi: 'Quên mật khẩu: nhập mã gửi đến số điện thoại của tài khoản, đối chiếu lại danh tính bằng thẻ và khuôn mặt, rồi đặt mật khẩu mới. Có hiệu lực ngay; mọi phiên đăng nhập kết thúc.',
      en: 'A forgotten password: the code sent to the number of the account, a new match of the identity by card and face, then a new password. It takes effect at once and ends every session.',
    },
    inPerson: IN_PERSON,
  },
  {
    ...OURS,
    purpose: 'DEVICE',
    byOldNumber: false,
    delayHours: 24,
    text: {
      vi: 'Máy mới hoặc mất máy: chứng minh bằng thẻ và khuôn mặt. Chủ tài khoản được báo ngay và có thể từ chối trong thời gian chờ; xác nhận bằng mã bảo mật trên máy đang đăng nhập thì không phải chờ.',
      en: 'A new or lost device: card and face. The owner is told at once and can refuse while it waits; confirmed by passcode on a device that is signed in it does not wait.',
    },
    inPerson: IN_PERSON,
  },
  {
    ...OURS,
    purpose: 'PHONE',
    byOldNumber: true,
    delayHours: 0,
    text: {
      vi: 'Còn dùng số cũ: đăng nhập, mở bằng mã bảo mật, nhập mã gửi đến cả hai số. Có hiệu lực ngay.',
      en: 'While the old number is in use: signed in, the passcode, and the codes sent to both numbers. It takes effect at once.',
    },
    inPerson: IN_PERSON,
  },
  {
    ...OURS,
    purpose: 'PHONE',
    byOldNumber: false,
    delayHours: 24,
    text: {
      vi: 'Không còn số cũ: nhập mã gửi đến số mới, chứng minh bằng thẻ và khuôn mặt. Chủ tài khoản được báo và có thể từ chối trong thời gian chờ.',
      en: 'Without the old number: the code sent to the new one, card and face. The owner is told and can refuse while it waits.',
    },
    inPerson: IN_PERSON,
  },
];

/** The rule of a change on a legal day; null where there was none. */
export function changeRuleOn(
  { purpose, openedBy }: { readonly purpose: RegistrationPurpose; readonly openedBy: string | null },
  day: string,
): ChangeRow | null {
  const byOldNumber = openedBy !== null;
  return (
    validOn(changeRows, day).find((row) => row.purpose === purpose && row.byOldNumber === byOldNumber) ?? null
  );
}
