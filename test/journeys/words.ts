/**
 * What a Vietnamese screen calls the values of the registries, written by hand beside the catalogue of the screens, so
 * that a word under the wrong value is seen. A value of the cast that stands in no table fails the comparison.
 */
export const words = {
  sex: { MALE: 'Nam', FEMALE: 'Nữ' },
  country: { VNM: 'Việt Nam', KOR: 'Hàn Quốc' },
  marital: {
    SINGLE: 'Chưa kết hôn',
    MARRIED: 'Đang có vợ hoặc chồng',
    DIVORCED: 'Đã ly hôn',
    WIDOWED: 'Góa',
  },
  blood: {
    A_POSITIVE: 'A+',
    A_NEGATIVE: 'A−',
    B_POSITIVE: 'B+',
    B_NEGATIVE: 'B−',
    AB_POSITIVE: 'AB+',
    AB_NEGATIVE: 'AB−',
    O_POSITIVE: 'O+',
    O_NEGATIVE: 'O−',
  },
  recordStatus: { ACTIVE: 'Đang sử dụng', UNDER_CORRECTION: 'Đang điều chỉnh' },
  electronicIdentity: { NONE: 'Chưa cấp', ACTIVE: 'Đang hoạt động', LOCKED: 'Đã khóa' },
  relation: {
    FATHER: 'Cha',
    MOTHER: 'Mẹ',
    SPOUSE: 'Vợ hoặc chồng',
    CHILD: 'Con',
    GUARDIAN: 'Người giám hộ',
    WARD: 'Người được giám hộ',
    LEGAL_REPRESENTATIVE: 'Người đại diện hợp pháp',
    REPRESENTED: 'Người được đại diện',
  },
  household: {
    HEAD: 'Chủ hộ',
    SPOUSE: 'Vợ hoặc chồng',
    CHILD: 'Con',
    PARENT: 'Cha hoặc mẹ',
    SIBLING: 'Anh, chị, em',
    GRANDPARENT: 'Ông, bà',
    GRANDCHILD: 'Cháu',
    OTHER: 'Khác',
  },
  card: { CCCD_BARCODE: 'Căn cước công dân', CCCD_CHIP: 'Căn cước công dân', CAN_CUOC: 'Căn cước' },
  standing: {
    VALID: 'Còn hiệu lực',
    EXPIRED: 'Hết hạn',
    LOST: 'Đã báo mất',
    NOT_VALID: 'Không còn hiệu lực',
  },
  check: { PASSED: 'Đạt', FAILED: 'Không đạt', NOT_DONE: 'Chưa thực hiện' },
  passport: { ORDINARY: 'Phổ thông', OFFICIAL: 'Công vụ', DIPLOMATIC: 'Ngoại giao' },
  visaEntries: { SINGLE: 'Một lần', MULTIPLE: 'Nhiều lần' },
  residenceCard: { TEMPORARY: 'Thẻ tạm trú', PERMANENT: 'Thẻ thường trú' },
  scheme: { PRE_2025: 'Hạng cấp trước ngày 01/01/2025', LAW_2024: 'Hạng theo Luật 36/2024/QH15' },
  PRE_2025: {
    A1: 'Mô tô từ 50 đến dưới 175 cm³',
    A2: 'Mô tô từ 175 cm³',
    B1: 'Ô tô đến 9 chỗ, không hành nghề',
    B2: 'Ô tô đến 9 chỗ, tải dưới 3,5 tấn',
    C: 'Ô tô tải từ 3,5 tấn',
    D: 'Ô tô chở 10 đến 30 người',
    E: 'Ô tô chở trên 30 người',
    FC: 'Hạng C kéo rơ moóc',
  },
  LAW_2024: {
    A1: 'Mô tô đến 125 cm³ hoặc 11 kW',
    A: 'Mô tô trên 125 cm³',
    B: 'Ô tô đến 8 chỗ, tải đến 3,5 tấn',
    C: 'Ô tô tải trên 7,5 tấn',
    C1: 'Ô tô tải 3,5 đến 7,5 tấn',
    CE: 'Hạng C kéo rơ moóc',
    D2: 'Ô tô chở 17 đến 29 người',
    D: 'Ô tô chở trên 29 người, giường nằm',
  },
  vehicleGroup: { MOTORCYCLE: 'Xe mô tô', CAR: 'Xe ô tô' },
  hold: {
    SUSPENDED: 'Bị tước quyền sử dụng',
    TEMP_HELD: 'Bị tạm giữ',
    REVOKED: 'Bị thu hồi',
    ZERO_POINTS: 'Hết điểm',
  },
  plate: { IDENTITY: 'Biển số định danh', AUCTION: 'Biển số trúng đấu giá', LEGACY: 'Biển số cũ' },
  plateColour: { WHITE: 'nền trắng', YELLOW: 'nền vàng', BLUE: 'nền xanh', RED: 'nền đỏ' },
  vehicle: {
    CAR: 'Xe ô tô con',
    BUS: 'Xe ô tô khách',
    TRUCK: 'Xe ô tô tải',
    TRAILER: 'Rơ moóc',
    MOTORCYCLE: 'Xe mô tô',
    MOPED: 'Xe gắn máy',
  },
  fuel: {
    PETROL: 'Xăng',
    DIESEL: 'Dầu diesel',
    ELECTRIC: 'Điện',
    HYBRID: 'Lai điện',
    GAS: 'Khí',
    OTHER: 'Khác',
  },
  owner: { PERSON: 'Cá nhân', ORGANISATION: 'Tổ chức', TRANSPORT: 'Kinh doanh vận tải' },
  membership: {
    CONTRIBUTING: 'Đang đóng',
    RESERVED: 'Bảo lưu thời gian đóng',
    RECEIVING: 'Đang hưởng chế độ',
  },
  participation: { COMPULSORY: 'Bắt buộc', VOLUNTARY: 'Tự nguyện' },
  benefit: { SICKNESS: 'Ốm đau', MATERNITY: 'Thai sản', RETIREMENT: 'Hưu trí', UNEMPLOYMENT: 'Thất nghiệp' },
  assurance: {
    DECLARED: 'người dân tự khai, chưa đối chiếu',
    MATCHED: 'đã đối khớp với cơ sở dữ liệu khác',
    DOCUMENT: 'đã đối chiếu bản gốc',
    CHIP: 'đã đọc và xác thực chip',
    BIOMETRIC: 'đã xác thực sinh trắc học',
  },
  documentKind: {
    IDENTITY_CARD: 'Thẻ căn cước',
    PASSPORT: 'Hộ chiếu',
    RESIDENCE_CARD: 'Thẻ tạm trú, thẻ thường trú',
    DRIVING_LICENCE: 'Giấy phép lái xe',
    VEHICLE: 'Đăng ký xe',
    SOCIAL_INSURANCE: 'Bảo hiểm xã hội',
    HEALTH_INSURANCE: 'Bảo hiểm y tế',
  },
  linkStatus: { PENDING: 'Chờ xác minh', LINKED: 'Đã tích hợp' },
  linkEvidence: { DATABASE_MATCH: 'Khớp dữ liệu của cơ quan cấp', ORIGINAL_SEEN: 'Đã đối chiếu bản gốc' },
  accountStatus: { ACTIVE: 'Đang hoạt động', LOCKED: 'Đã khóa' },
  lockReason: {
    OWNER_REQUEST: 'Theo yêu cầu của chủ tài khoản',
    LOST_DEVICE: 'Mất thiết bị hoặc thẻ',
    SUSPECTED_MISUSE: 'Nghi bị người khác sử dụng',
  },
} satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The word for a value. @throws TypeError for a value without one */
export function wordFor(table: keyof typeof words, value: string): string {
  const word = (words[table] as Readonly<Record<string, string>>)[value];
  if (word === undefined) throw new TypeError(`no word for ${table} ${value}`);
  return word;
}

/** The agencies as the message of a missing part and that of a correction name them. */
export const agencies = {
  population: 'Cơ sở dữ liệu quốc gia về dân cư (Công an cấp xã)',
  immigration: 'Cơ sở dữ liệu quốc gia về xuất nhập cảnh (Cục Quản lý xuất nhập cảnh)',
  'driving-licences': 'Cơ sở dữ liệu giấy phép lái xe (Cục Cảnh sát giao thông)',
  vehicles: 'Cơ sở dữ liệu đăng ký xe (Cục Cảnh sát giao thông)',
  'social-insurance': 'Cơ sở dữ liệu bảo hiểm (Bảo hiểm xã hội Việt Nam)',
} as const;

/** The databases and their keepers as the source line of a record names them. */
export const databases = {
  population:
    'Cơ sở dữ liệu quốc gia về dân cư, Cục Cảnh sát quản lý hành chính về trật tự xã hội, Bộ Công an',
  identityCards: 'Cơ sở dữ liệu căn cước, Cục Cảnh sát quản lý hành chính về trật tự xã hội, Bộ Công an',
  immigration: 'Cơ sở dữ liệu quốc gia về xuất nhập cảnh, Cục Quản lý xuất nhập cảnh, Bộ Công an',
  drivingLicences: 'Cơ sở dữ liệu giấy phép lái xe, Cục Cảnh sát giao thông, Bộ Công an',
  vehicles:
    'Cơ sở dữ liệu về đăng ký, quản lý phương tiện giao thông cơ giới đường bộ, Cục Cảnh sát giao thông, Bộ Công an',
  socialInsurance: 'Cơ sở dữ liệu quốc gia về bảo hiểm, Bảo hiểm xã hội Việt Nam, Bộ Tài chính',
} as const;

/** A Date or PartialDate as a Vietnamese screen writes it: `02/03/1950`, `03/1950`, `1950`. */
export function day(date: string): string {
  return date.split('-').toReversed().join('/');
}

/** An instant as a Vietnamese screen writes it, by the clock of Viet Nam: `10:05, 21/11/2026`. */
export function instant(text: string): string {
  const local = new Date(Date.parse(text) + 7 * 3_600_000).toISOString();
  return `${local.slice(11, 16)}, ${day(local.slice(0, 10))}`;
}

/** The day it is in Viet Nam. */
export function today(): string {
  return new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** Long numbers in groups of three, none of one digit: `097 188 000 101`, `970 000 4821`. */
export function grouped(number: string): string {
  return number.replaceAll(/(\d{3})(?=\d{3})/g, '$1 ');
}

/** An amount of đồng: `12.500.000 ₫`. */
export function money(amount: number): string {
  return `${String(amount).replaceAll(/\B(?=(\d{3})+$)/g, '.')} ₫`;
}
