import type { JsonWebKey } from 'node:crypto';

/** A text in the two languages of the screens. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/** Languages of the desk. */
export type Language = keyof Bilingual;

/** A line of the answer as the desk shows it. */
export interface ShownField {
  /** Keys from the root of the answer: `person.permanentResidence.text`. */
  readonly path: string;
  readonly label: Bilingual;
}

/** A business behind the desk: what it is called, what it asks for and why. Synthetic. */
export interface DeskParty {
  /** In addresses of the desk: `hotel`. */
  readonly key: string;
  readonly name: Bilingual;
  readonly task: Bilingual;
  /** The selection it asks for: a consent is a query. */
  readonly query: string;
  /** Paths of the query that a person may leave out. */
  readonly voluntary: readonly string[];
  readonly purpose: { readonly code: string; readonly text: Bilingual };
  readonly retentionDays: number;
  /** A consent that stands for so many days, with how often it is used; null asks once. */
  readonly standing: {
    readonly days: number;
    readonly frequency: { readonly times: number; readonly per: string };
  } | null;
  readonly fields: readonly ShownField[];
}

/** What a desk knows of itself as an OAuth client. */
export interface DeskCredentials {
  readonly clientId: string;
  /** EC P-256 key as a JSON Web Key with its private part (RFC 7517). */
  readonly privateJwk: JsonWebKey & { readonly kid: string };
}

const common: readonly ShownField[] = [
  { path: 'person.fullName', label: { vi: 'Họ và tên', en: 'Full name' } },
  { path: 'person.dateOfBirth', label: { vi: 'Ngày sinh', en: 'Date of birth' } },
  { path: 'person.nationality', label: { vi: 'Quốc tịch', en: 'Nationality' } },
  { path: 'person.personalNumber', label: { vi: 'Số định danh', en: 'Personal number' } },
  { path: 'person.permanentResidence.text', label: { vi: 'Nơi thường trú', en: 'Permanent residence' } },
];

/** The reception of a hotel: guests are registered on arrival (Law 68/2020, art. 30). */
const hotel: DeskParty = {
  key: 'hotel',
  name: { vi: 'Lễ tân khách sạn Sen Vàng', en: 'Sen Vang Hotel reception' },
  task: { vi: 'Nhận phòng', en: 'Check-in' },
  query: `{
    person { fullName dateOfBirth nationality personalNumber permanentResidence { text } ageOver(years: 18) }
  }`,
  voluntary: ['person.permanentResidence.text'],
  purpose: {
    code: 'hotel_check_in',
    text: {
      vi: 'Khai báo lưu trú cho khách nhận phòng hôm nay',
      en: 'To register your stay when you check in today',
    },
  },
  retentionDays: 30,
  standing: null,
  fields: [...common, { path: 'person.ageOver', label: { vi: 'Đủ 18 tuổi', en: 'Aged 18 or older' } }],
};

/** The counter of a bank: an account is opened, and the customer's record is kept true while it stands. */
const bank: DeskParty = {
  key: 'bank',
  name: { vi: 'Ngân hàng Bến Xanh, quầy giao dịch', en: 'Ben Xanh Bank counter' },
  task: { vi: 'Mở tài khoản', en: 'Open an account' },
  query: `{
    person {
      fullName dateOfBirth sex nationality personalNumber permanentResidence { text }
      identityCard { cardNumber issueDate expiryDate }
    }
  }`,
  voluntary: [],
  purpose: {
    code: 'bank_account_opening',
    text: {
      vi: 'Mở tài khoản thanh toán và giữ thông tin khách hàng luôn đúng',
      en: 'To open a payment account and keep your customer record true',
    },
  },
  retentionDays: 1825,
  standing: { days: 180, frequency: { times: 4, per: 'P30D' } },
  fields: [
    ...common,
    { path: 'person.sex', label: { vi: 'Giới tính', en: 'Sex' } },
    { path: 'person.identityCard.cardNumber', label: { vi: 'Số thẻ căn cước', en: 'Card number' } },
    { path: 'person.identityCard.issueDate', label: { vi: 'Ngày cấp', en: 'Issued' } },
    { path: 'person.identityCard.expiryDate', label: { vi: 'Có giá trị đến', en: 'Valid until' } },
  ],
};

/** The businesses that share the desk. */
export const deskParties: readonly DeskParty[] = [hotel, bank];
