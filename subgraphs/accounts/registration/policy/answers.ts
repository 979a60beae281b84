import { article, decision34, decree59, decree69 } from './dated.ts';
import type { Dated, Words } from './dated.ts';

/** A question that everybody asks, answered as of its day. */
export interface AnswerRow extends Dated {
  readonly code: string;
  readonly value: boolean | null;
  readonly text: Words;
}

/** What an account costs. */
export interface PriceRow extends Dated {
  readonly amount: number;
  readonly currency: 'VND';
}

/** What a level opens; the next level has it too. */
export interface OpeningRow extends Dated {
  readonly level: 1 | 2;
  readonly code: string;
  readonly text: Words;
}

const ALL: Dated = { ...decision34, validTo: null };

/** Whether one must have an account. */
export const compulsoryRows: readonly AnswerRow[] = [
  {
    ...article({ ...decision34, validTo: '2024-07-01' }, 'Điều 6'),
    code: 'COMPULSORY',
    value: false,
    text: {
      vi: 'Không bắt buộc. Việc đăng ký được khuyến khích vì các tiện ích của tài khoản.',
      en: 'No. Registering is encouraged for what the account opens.',
    },
  },
  {
    ...article(decree69, 'Điều 40'),
    code: 'COMPULSORY',
    value: false,
    text: {
      vi: 'Không bắt buộc, nhưng từ ngày 01/7/2024 cá nhân chỉ đăng nhập Cổng Dịch vụ công quốc gia bằng tài khoản này.',
      en: 'No, but since 1 July 2024 it is the only way for a person to sign in to the National Public Service Portal.',
    },
  },
];

/** Whether there is a fine for having none. */
export const fineRows: readonly AnswerRow[] = [
  {
    ...ALL,
    code: 'FINE',
    value: false,
    text: { vi: 'Không bị phạt khi chưa có tài khoản.', en: 'There is no fine for having no account.' },
  },
];

/** What it costs, from registering to using. */
export const priceRows: readonly PriceRow[] = [
  { ...decision34, amount: 0, currency: 'VND' },
  { ...article(decree59, 'Điều 31'), amount: 0, currency: 'VND' },
  { ...decree69, amount: 0, currency: 'VND' },
];

/** Where one can register. Which offices there are changes with the state’s own order, so each is a row. */
export const placeRows: readonly AnswerRow[] = [
  {
    ...ALL,
    code: 'APP',
    value: null,
    text: { vi: 'Ứng dụng VNeID', en: 'The VNeID app' },
  },
  {
    ...ALL,
    code: 'COMMUNE_POLICE',
    value: null,
    text: { vi: 'Công an cấp xã', en: 'The commune police' },
  },
  {
    law: '34/2021/QĐ-TTg; Công an cấp huyện kết thúc hoạt động năm 2025 (to be confirmed)',
    validFrom: decision34.validFrom,
    validTo: '2025-03-01',
    code: 'DISTRICT_POLICE',
    value: null,
    text: { vi: 'Công an cấp huyện', en: 'The district police' },
  },
  {
    ...ALL,
    code: 'PROVINCE_POLICE',
    value: null,
    text: {
      vi: 'Cơ quan quản lý căn cước của Công an cấp tỉnh',
      en: 'The identity card office of the province police',
    },
  },
  {
    ...ALL,
    code: 'IMMIGRATION_OFFICE',
    value: null,
    text: {
      vi: 'Cơ quan quản lý xuất nhập cảnh, đối với người nước ngoài',
      en: 'The immigration authority, for foreigners',
    },
  },
];

function opens(level: 1 | 2, code: string, vi: string, en: string): OpeningRow {
  return { ...ALL, level, code, text: { vi, en } };
}

/** What the levels open. */
export const openingRows: readonly OpeningRow[] = [
  opens(
    1,
    'DISEASE_PREVENTION',
    'Cập nhật thông tin phòng chống dịch bệnh',
    'Disease prevention information',
  ),
  opens(
    1,
    'POPULATION_DATA',
    'Tích hợp thông tin cá nhân từ Cơ sở dữ liệu quốc gia về dân cư',
    'One’s own data from the national population database',
  ),
  opens(
    1,
    'PUBLIC_SERVICE_SIGN_IN',
    'Đăng nhập Cổng Dịch vụ công quốc gia',
    'Signing in to the National Public Service Portal',
  ),
  opens(1, 'NEWS', 'Tin tức, thông tin mới nhất từ Bộ Công an', 'News of the Ministry of Public Security'),
  opens(1, 'BILLS', 'Thanh toán hóa đơn', 'Paying bills'),
  opens(
    2,
    'CARD_DATA',
    'Tích hợp thông tin thẻ căn cước từ hệ thống căn cước quốc gia',
    'The card’s data from the national identity card system',
  ),
  opens(
    2,
    'DOCUMENTS',
    'Tích hợp giấy tờ cá nhân, người phụ thuộc và các nhóm thông tin của bộ, ngành',
    'Personal documents, dependants and what ministries hold',
  ),
  opens(2, 'SOCIAL_SECURITY', 'Dịch vụ an sinh xã hội', 'Social security services'),
  opens(
    2,
    'SHARING',
    'Chia sẻ thông tin đã được định danh điện tử',
    'Sharing information that has been identified electronically',
  ),
];

/** What a device needs at least. */
export interface DeviceRow {
  readonly platform: string;
  readonly minimum: string;
  readonly requires: string | null;
  readonly store: string;
}

/** The app's devices as its stores listed them; they change with its versions. */
export const deviceRows: readonly DeviceRow[] = [
  { platform: 'iPhone', minimum: 'iOS 13.0', requires: null, store: 'App Store' },
  { platform: 'iPad', minimum: 'iPadOS 13.0', requires: null, store: 'App Store' },
  { platform: 'iPod touch', minimum: 'iOS 13.0', requires: null, store: 'App Store' },
  { platform: 'Mac', minimum: 'macOS 11.0', requires: 'Apple M1', store: 'App Store' },
  { platform: 'Android', minimum: 'Android 6.0', requires: null, store: 'Google Play' },
];
