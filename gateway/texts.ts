import type { ErrorCode } from '@dinhdanh/kit';
import type { RefusalSentence } from './engine/index.ts';
import type { Language } from './exchange.ts';

/** A sentence in both languages. */
export type Text = Readonly<Record<Language, string>>;

/** The sentence of each code; `{source}` stands for the agency that could not answer. */
export const errorTexts: Readonly<Record<ErrorCode, Text>> = {
  UNAUTHENTICATED: { vi: 'Bạn cần đăng nhập.', en: 'Please sign in.' },
  NOT_PERMITTED: { vi: 'Bạn không có quyền xem thông tin này.', en: 'You may not see this.' },
  LEVEL_REQUIRED: { vi: 'Cần tài khoản định danh mức độ 2.', en: 'This needs a level 2 account.' },
  PASSCODE_REQUIRED: {
    vi: 'Hãy nhập mã bảo mật để xem thông tin này.',
    en: 'Enter your passcode to see this.',
  },
  GUARDIAN_REQUIRED: { vi: 'Cần người giám hộ xác nhận.', en: 'A guardian has to confirm this.' },
  CONSENT_REQUIRED: { vi: 'Cần sự đồng ý của chủ thể dữ liệu.', en: 'The person has not agreed to this.' },
  CONSENT_EXPIRED: { vi: 'Sự đồng ý đã hết hạn.', en: 'The consent has expired.' },
  CONSENT_WITHDRAWN: { vi: 'Sự đồng ý đã được rút lại.', en: 'The consent has been withdrawn.' },
  ACCOUNT_LOCKED: { vi: 'Tài khoản đang bị khóa.', en: 'The account is locked.' },
  SOURCE_UNAVAILABLE: {
    vi: 'Chưa lấy được dữ liệu từ {source}. Hãy thử lại sau.',
    en: '{source} did not answer. Please try again later.',
  },
  SOURCE_INVALID: {
    vi: 'Dữ liệu từ {source} không hợp lệ nên không được hiển thị.',
    en: 'What {source} answered is not valid and is not shown.',
  },
  NOT_FOUND: { vi: 'Không tìm thấy.', en: 'Not found.' },
  ACCESS_LOG_UNAVAILABLE: {
    vi: 'Chưa thể ghi nhật ký truy cập nên không cung cấp dữ liệu.',
    en: 'The access could not be put on record, so nothing is shown.',
  },
  RATE_LIMITED: {
    vi: 'Quá nhiều yêu cầu. Hãy thử lại sau.',
    en: 'Too many requests. Please try again later.',
  },
  QUERY_TOO_COSTLY: { vi: 'Truy vấn quá lớn.', en: 'The query is too large.' },
  TIMEOUT: { vi: 'Quá thời gian xử lý.', en: 'This took too long.' },
  BAD_USER_INPUT: { vi: 'Yêu cầu không hợp lệ.', en: 'The request is not valid.' },
};

/** What is wrong with an operation, beside its code. */
export const refusalTexts: Readonly<Record<RefusalSentence, Text>> = {
  syntax: { vi: 'Truy vấn sai cú pháp.', en: 'The query has a syntax error.' },
  invalid: { vi: 'Truy vấn không đúng với lược đồ.', en: 'The query does not fit the schema.' },
  'nested-too-deep': { vi: 'Truy vấn lồng nhau quá sâu.', en: 'The query is nested too deeply.' },
  'too-many-tokens': { vi: 'Truy vấn quá dài.', en: 'The query is too long.' },
  'too-many-selections': { vi: 'Truy vấn chọn quá nhiều trường.', en: 'The query selects too many fields.' },
  'too-many-aliases': { vi: 'Truy vấn dùng quá nhiều bí danh.', en: 'The query uses too many aliases.' },
  'too-many-directives': {
    vi: 'Truy vấn dùng quá nhiều chỉ thị.',
    en: 'The query uses too many directives.',
  },
  'too-many-root-fields': {
    vi: 'Truy vấn có quá nhiều trường gốc.',
    en: 'The query has too many root fields.',
  },
  'too-deep': { vi: 'Truy vấn quá sâu.', en: 'The query is too deep.' },
  'too-costly': { vi: 'Truy vấn tốn quá nhiều tài nguyên.', en: 'The query costs too much.' },
  'unsized-list': {
    vi: 'Cần nêu số phần tử của danh sách.',
    en: 'A list needs to be told how many.',
  },
  'no-operation': { vi: 'Không có thao tác nào.', en: 'There is no operation.' },
  'unknown-operation': { vi: 'Không có thao tác mang tên này.', en: 'There is no operation of this name.' },
  'ambiguous-operation': { vi: 'Cần nêu tên thao tác.', en: 'Several operations: name the one to run.' },
  subscription: { vi: 'Không hỗ trợ đăng ký nhận tin.', en: 'Subscriptions are not supported.' },
  variables: { vi: 'Biến không hợp lệ.', en: 'A variable is not valid.' },
  arguments: { vi: 'Đối số không hợp lệ.', en: 'An argument is not valid.' },
  protected: {
    vi: 'Truy vấn vượt quá quyền của bên gọi:',
    en: 'The query reaches beyond what the caller may read:',
  },
  unplannable: { vi: 'Không thể thực hiện truy vấn này.', en: 'This query cannot be planned.' },
};

/** The agencies behind the services, as people know them. */
const agencies: Readonly<Record<string, Text>> = {
  population: {
    vi: 'Cơ sở dữ liệu quốc gia về dân cư (Công an cấp xã)',
    en: 'the national population database (commune police)',
  },
  immigration: {
    vi: 'Cơ sở dữ liệu quốc gia về xuất nhập cảnh (Cục Quản lý xuất nhập cảnh)',
    en: 'the national immigration database (Immigration Department)',
  },
  'driving-licences': {
    vi: 'Cơ sở dữ liệu giấy phép lái xe (Cục Cảnh sát giao thông)',
    en: 'the driving licence database (Traffic Police Department)',
  },
  vehicles: {
    vi: 'Cơ sở dữ liệu đăng ký xe (Cục Cảnh sát giao thông)',
    en: 'the vehicle registration database (Traffic Police Department)',
  },
  'social-insurance': {
    vi: 'Cơ sở dữ liệu bảo hiểm (Bảo hiểm xã hội Việt Nam)',
    en: 'the insurance database (Viet Nam Social Security)',
  },
  sharing: { vi: 'dịch vụ chia sẻ dữ liệu', en: 'the data sharing service' },
  'access-log': { vi: 'Nhật ký truy cập', en: 'the access log' },
  gateway: { vi: 'cổng định danh', en: 'the identification gateway' },
  accounts: {
    vi: 'Hệ thống định danh và xác thực điện tử',
    en: 'the electronic identification system',
  },
};

/** The agency behind a service. */
export function agencyOf(service: string, language: Language): string {
  return agencies[service]?.[language] ?? service;
}

/** The sentence of a code in the caller's language. */
export function sentenceOf(code: ErrorCode, language: Language, source?: string): string {
  const agency =
    source === undefined ? { vi: 'cơ quan lưu giữ', en: 'a source' }[language] : agencyOf(source, language);
  const sentence = errorTexts[code][language].replace('{source}', agency);
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
