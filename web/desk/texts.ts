import type { Bilingual } from './desk-party.ts';

/** The words of the desk. */
export const texts = {
  title: { vi: 'Quầy giao dịch', en: 'Service desk' },
  synthetic: {
    vi: 'Bản trình diễn: doanh nghiệp, con người và giấy tờ đều là giả lập.',
    en: 'Demonstration: the businesses, the people and their papers are made up.',
  },
  choose: { vi: 'Chọn quầy', en: 'Choose a counter' },
  asks: { vi: 'Quầy này xin', en: 'This counter asks for' },
  voluntary: { vi: 'tự nguyện', en: 'voluntary' },
  why: { vi: 'Để làm gì', en: 'What for' },
  kept: { vi: 'Lưu giữ', en: 'Kept for' },
  days: { vi: 'ngày', en: 'days' },
  once: { vi: 'Một lần', en: 'Once' },
  standing: { vi: 'Nhiều lần, cho đến khi khách rút lại', en: 'Again and again, until the customer revokes' },
  begin: { vi: 'Hiện mã QR cho khách', en: 'Show the customer a QR code' },
  beginNext: {
    vi: 'Khách quét mã bằng ứng dụng định danh, xem từng mục và tự quyết định. Quầy chỉ thấy điều khách đồng ý.',
    en: 'The customer scans the code with the identity app, sees every item and decides. The desk sees what they agree to, and nothing else.',
  },
  verified: { vi: 'Đã xác minh', en: 'Verified' },
  verifiedBy: {
    vi: 'Dữ liệu vừa được đọc từ cơ sở dữ liệu quốc gia, theo sự đồng ý của khách.',
    en: 'Read just now from the national registries, by the customer’s consent.',
  },
  absent: { vi: 'Khách không chia sẻ', en: 'Not shared' },
  yes: { vi: 'Có', en: 'Yes' },
  no: { vi: 'Không', en: 'No' },
  again: { vi: 'Hỏi lại', en: 'Ask again' },
  next: { vi: 'Khách tiếp theo', en: 'Next customer' },
  back: { vi: 'Về trang đầu', en: 'Back to the start' },
  receipt: { vi: 'Biên nhận sự đồng ý (JWS đã ký)', en: 'Consent receipt (signed JWS)' },
  noReceipt: { vi: 'Máy chủ không gửi biên nhận.', en: 'The server sent no receipt.' },
  consent: { vi: 'Mã sự đồng ý', en: 'Consent id' },
  entry: { vi: 'Bản ghi trong nhật ký truy cập', en: 'Entry in the access log' },
  refused: { vi: 'Không có dữ liệu nào được trả về', en: 'No data came back' },
  code: { vi: 'Mã', en: 'Code' },
} satisfies Readonly<Record<string, Bilingual>>;

/** Codes of the registries in words; a code that stands not here is shown as it is. */
export const valueWords: Readonly<Record<string, Bilingual>> = {
  MALE: { vi: 'Nam', en: 'Male' },
  FEMALE: { vi: 'Nữ', en: 'Female' },
  VNM: { vi: 'Việt Nam', en: 'Viet Nam' },
  KOR: { vi: 'Hàn Quốc', en: 'South Korea' },
};

/** What a refusal means to whoever stands at the desk, by code. */
const refusals: Readonly<Record<string, Bilingual>> = {
  access_denied: {
    vi: 'Khách không chia sẻ lần này. Hãy phục vụ theo cách khác hoặc hiện mã mới.',
    en: 'The customer did not share this time. Serve them another way, or show a new code.',
  },
  CONSENT_WITHDRAWN: {
    vi: 'Khách đã rút lại sự đồng ý. Xóa dữ liệu đã nhận khi hết thời hạn lưu giữ.',
    en: 'The customer has withdrawn the consent. Delete what was kept when its time is over.',
  },
  CONSENT_EXPIRED: {
    vi: 'Sự đồng ý đã hết hạn. Hiện mã mới nếu vẫn cần.',
    en: 'The consent has ended. Show a new code if you still need to ask.',
  },
  CONSENT_REQUIRED: {
    vi: 'Sự đồng ý không còn cho phép đọc dữ liệu này.',
    en: 'The consent does not, or no longer, allow this reading.',
  },
  ACCOUNT_LOCKED: {
    vi: 'Tài khoản của khách đang bị khóa nên mọi chia sẻ đã dừng.',
    en: 'The customer’s account is locked, so all sharing has stopped.',
  },
  invalid_authorization_details: {
    vi: 'Quầy này xin điều mà mục đích đã đăng ký không cho phép.',
    en: 'This counter asks for what its registered purpose does not allow.',
  },
  invalid_grant: {
    vi: 'Sự đồng ý không còn hiệu lực. Hiện mã mới nếu vẫn cần.',
    en: 'The consent is no longer in force. Show a new code if you still need to ask.',
  },
};

const unknown: Bilingual = {
  vi: 'Cổng định danh không trả lời được lúc này. Thử lại sau ít phút.',
  en: 'The identity gateway cannot answer now. Try again in a few minutes.',
};

/** What to tell about a refusal. */
export function refusalText(code: string): Bilingual {
  return refusals[code] ?? unknown;
}
