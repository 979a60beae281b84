import type { LockReason } from '../account.ts';
import type { OtpPurpose, RejectReason } from './message.ts';
import { dayInWords, timeInWords } from './time-in-words.ts';
import type { MessageTexts } from './message-text.ts';

const purposes: Readonly<Record<OtpPurpose, string>> = {
  REGISTRATION: 'đăng ký',
  PHONE_CHANGE: 'đổi số máy',
  EMAIL_CONFIRMATION: 'xác nhận e-mail',
  PASSWORD_RESET: 'đặt lại mật khẩu',
  PASSCODE_RESET: 'đổi mã bảo mật',
  DEVICE_CHANGE: 'đổi thiết bị',
};

const rejections: Readonly<Record<RejectReason, string>> = {
  DATA_MISMATCH:
    'thông tin khai không khớp dữ liệu dân cư. Hãy sửa mục được báo trong ứng dụng, hoặc báo sai dữ liệu cho công an xã',
  PHOTO_QUALITY: 'ảnh chân dung chưa rõ. Hãy chụp lại nơi đủ sáng, không đeo kính, khẩu trang',
  FACE_MISMATCH: 'ảnh chân dung không khớp với thẻ. Hãy chụp lại, hoặc đến công an xã',
  CHIP_INVALID: 'chip trên thẻ không xác thực được. Hãy quét lại thẻ, hoặc đến nơi cấp thẻ',
  DOCUMENT_EXPIRED: 'thẻ đã hết hạn. Hãy đổi thẻ rồi đăng ký lại',
  NOT_ELIGIBLE: 'chưa đủ điều kiện. Ứng dụng cho biết điều kiện và nơi đăng ký',
  SUSPECTED_FRAUD: 'cần kiểm tra trực tiếp. Hãy mang thẻ đến công an xã',
};

const locks: Readonly<Record<LockReason, string>> = {
  OWNER_REQUEST: 'theo yêu cầu của bạn',
  LOST_DEVICE: 'vì bạn báo mất thiết bị',
  SUSPECTED_MISUSE: 'vì bạn báo nghi bị lợi dụng',
  TERMS_BREACH: 'do vi phạm điều khoản sử dụng',
  DOCUMENT_EXPIRED: 'vì giấy tờ đã hết hạn',
  CARD_WITHDRAWN: 'vì thẻ căn cước bị thu hồi',
  DEATH: 'vì có thông tin chủ tài khoản đã mất',
  AUTHORITY_REQUEST: 'theo yêu cầu của cơ quan có thẩm quyền',
};

const NOT_YOU = 'Không phải bạn? Hãy khóa tài khoản ngay trong ứng dụng hoặc báo công an xã.';

/** What people are written in Vietnamese. */
export const vietnameseTexts: MessageTexts = {
  OTP: {
    subject: 'Mã xác thực',
    text: ({ code, purpose, minutes }) =>
      `${code} là mã ${purposes[purpose]} Định danh, ${minutes} phút. Không đưa cho ai.`,
  },
  REGISTRATION_RECEIVED: {
    subject: 'Đã nhận hồ sơ đăng ký',
    text: ({ dueOn }) => `Định danh: đã nhận hồ sơ đăng ký của bạn. Kết quả chậm nhất ${dayInWords(dueOn)}.`,
  },
  REGISTRATION_APPROVED: {
    subject: 'Tài khoản đã được duyệt',
    text: ({ level, activateBy }) =>
      `Định danh: tài khoản mức độ ${level} đã được duyệt. Hãy kích hoạt trong ứng dụng trước hết ngày ${dayInWords(activateBy)}.`,
  },
  REGISTRATION_REJECTED: {
    subject: 'Hồ sơ đăng ký chưa được duyệt',
    text: ({ reason }) => `Định danh: hồ sơ chưa được duyệt: ${rejections[reason]}.`,
  },
  ACTIVATION_DEADLINE: {
    subject: 'Sắp hết hạn kích hoạt',
    text: ({ activateBy }) =>
      `Định danh: tài khoản chưa kích hoạt. Hạn cuối là ngày ${dayInWords(activateBy)}; sau đó phải đăng ký lại.`,
  },
  ACTIVATION_LAPSED: {
    subject: 'Đã quá hạn kích hoạt',
    text: () => 'Định danh: tài khoản đã quá hạn kích hoạt. Bạn có thể đăng ký lại, miễn phí.',
  },
  REGISTRATION_FOR_NUMBER: {
    subject: 'Có người đăng ký bằng số của bạn',
    text: ({ at }) =>
      `Định danh: có người khai số định danh của bạn để đăng ký tài khoản ${timeInWords(at)}. Tài khoản của bạn không thay đổi. Nếu không phải bạn, hãy báo công an xã.`,
  },
  ACCOUNT_ACTIVATED: {
    subject: 'Tài khoản đã kích hoạt',
    text: () => `Định danh: tài khoản của bạn đã được kích hoạt. ${NOT_YOU}`,
  },
  ACCOUNT_LOCKED: {
    subject: 'Tài khoản đã bị khóa',
    text: ({ reason }) =>
      `Định danh: tài khoản đã bị khóa ${locks[reason]}. Mọi chia sẻ dữ liệu đã dừng. Cách mở khóa có trong ứng dụng.`,
  },
  ACCOUNT_UNLOCKED: {
    subject: 'Tài khoản đã được mở khóa',
    text: () => `Định danh: tài khoản đã được mở khóa. ${NOT_YOU}`,
  },
  ACCOUNT_CLOSED: {
    subject: 'Tài khoản đã đóng',
    text: () => 'Định danh: tài khoản đã được đóng. Nếu có nhầm lẫn, hãy đến công an xã.',
  },
  LEVEL_CHANGED: {
    subject: 'Mức độ tài khoản thay đổi',
    text: ({ level }) => `Định danh: tài khoản của bạn nay ở mức độ ${level}. Chi tiết có trong ứng dụng.`,
  },
  NEW_DEVICE_SIGN_IN: {
    subject: 'Đăng nhập từ thiết bị mới',
    text: ({ at }) => `Định danh: có đăng nhập từ thiết bị mới lúc ${timeInWords(at)}. ${NOT_YOU}`,
  },
  DEVICE_CHANGE_ASKED: {
    subject: 'Yêu cầu đổi thiết bị',
    text: ({ effectiveAt }) =>
      `Định danh: có yêu cầu đổi thiết bị, có hiệu lực lúc ${timeInWords(effectiveAt)}. ${NOT_YOU}`,
  },
  DEVICE_CHANGE_READY: {
    subject: 'Có thể hoàn tất đổi thiết bị',
    text: ({ activateBy }) =>
      `Định danh: có thể hoàn tất đổi thiết bị trên máy mới đến hết ${dayInWords(activateBy)}. ${NOT_YOU}`,
  },
  DEVICE_CHANGED: {
    subject: 'Thiết bị đã đổi',
    text: ({ at }) => `Định danh: tài khoản đã chuyển sang thiết bị mới lúc ${timeInWords(at)}. ${NOT_YOU}`,
  },
  PHONE_CHANGE_ASKED: {
    subject: 'Yêu cầu đổi số điện thoại',
    text: ({ effectiveAt }) =>
      `Định danh: có yêu cầu đổi số điện thoại, có hiệu lực lúc ${timeInWords(effectiveAt)}. ${NOT_YOU}`,
  },
  PHONE_CHANGED: {
    subject: 'Số điện thoại đã đổi',
    text: () => `Định danh: số điện thoại của tài khoản đã đổi. ${NOT_YOU}`,
  },
  CHANGE_REJECTED: {
    subject: 'Yêu cầu thay đổi không được duyệt',
    text: ({ reason }) => `Định danh: yêu cầu thay đổi tài khoản không được duyệt: ${rejections[reason]}.`,
  },
  CHANGE_LAPSED: {
    subject: 'Thay đổi không được thực hiện',
    text: () =>
      'Định danh: yêu cầu thay đổi tài khoản không hoàn tất. Không có gì thay đổi; bạn có thể yêu cầu lại.',
  },
  EMAIL_CHANGED: {
    subject: 'Địa chỉ e-mail đã đổi',
    text: () => `Định danh: địa chỉ e-mail của tài khoản đã đổi. ${NOT_YOU}`,
  },
  PASSWORD_RESET_ASKED: {
    subject: 'Yêu cầu đặt lại mật khẩu',
    text: () => `Định danh: có yêu cầu đặt lại mật khẩu, đang đối chiếu danh tính. ${NOT_YOU}`,
  },
  PASSWORD_CHANGED: {
    subject: 'Mật khẩu đã đổi',
    text: ({ at }) => `Định danh: mật khẩu đã đổi lúc ${timeInWords(at)}. ${NOT_YOU}`,
  },
  PASSCODE_CHANGED: {
    subject: 'Mã bảo mật đã đổi',
    text: ({ at }) => `Định danh: mã bảo mật đã đổi lúc ${timeInWords(at)}. ${NOT_YOU}`,
  },
  NUMBER_REPLACED: {
    subject: 'Số định danh được xác lập lại',
    text: () =>
      'Định danh: số định danh cá nhân của bạn đã được xác lập lại; giấy tờ tích hợp đã chuyển theo. Chi tiết có trong ứng dụng.',
  },
  CONSENT_GIVEN: {
    subject: 'Bạn đã đồng ý chia sẻ dữ liệu',
    text: ({ at }) =>
      `Định danh: bạn đã đồng ý chia sẻ dữ liệu lúc ${timeInWords(at)}. Xem hoặc rút lại trong ứng dụng.`,
  },
  CONSENT_ENDED: {
    subject: 'Sự đồng ý đã chấm dứt',
    text: ({ at }) => `Định danh: một sự đồng ý chia sẻ dữ liệu đã chấm dứt lúc ${timeInWords(at)}.`,
  },
};
