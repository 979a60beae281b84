/** The profile: its sections, the terms in them, and how a section says what is missing. */
export const profile = {
  title: 'Hồ sơ của tôi',
  titleOf: (name: string): string => `Hồ sơ của ${name}`,
  greeting: (name: string): string => `Xin chào, ${name}`,
  intro:
    'Đây là những gì các cơ sở dữ liệu nhà nước đang ghi về bạn. Mỗi phần ghi rõ nguồn và thời điểm đọc.',
  sections: 'Các phần của hồ sơ',
  identity: 'Thông tin cá nhân',
  residence: 'Cư trú',
  family: 'Gia đình và hộ gia đình',
  papers: 'Giấy tờ tùy thân',
  driving: 'Giấy phép lái xe',
  vehicles: 'Phương tiện',
  insurance: 'Bảo hiểm',
  travel: 'Thị thực và xuất nhập cảnh',
};

/** How a section tells where its data come from, and why some are not there. */
export const source = {
  line: (database: string, agency: string): string => `${database}, ${agency}`,
  label: 'Nguồn',
  fetched: 'Đọc lúc',
  verified: 'Cơ quan xác minh lần cuối',
  assurance: 'Mức tin cậy',
  missing: (agency: string): string => `Chưa lấy được dữ liệu từ ${agency}`,
  missingAll: 'Chưa lấy được dữ liệu',
  missingNext: 'Các phần khác của hồ sơ không bị ảnh hưởng.',
  missingValue: 'Chưa lấy được',
  none: 'Không có trong hồ sơ',
  noneTitle: (what: string): string => `Không có ${what} trong cơ sở dữ liệu`,
  noneNext: (agency: string): string =>
    `Nếu bạn cho là thiếu, hãy liên hệ ${agency}: chỉ nơi này bổ sung hoặc đính chính được.`,
  refusedValue: 'Không được xem',
  level: 'Mức độ 2',
  levelSome: 'Chỗ ghi “Mức độ 2” mở khi tài khoản đạt mức độ 2.',
  levelAll: 'Phần này mở khi tài khoản đạt mức độ 2.',
  levelTitle: 'Tài khoản của bạn ở mức độ 1',
  levelBody:
    'Mức độ 2 mở: ảnh chân dung, quê quán, gia đình, giấy phép lái xe, phương tiện, bảo hiểm, ví giấy tờ. Cách nâng mức: đến Công an cấp xã hoặc nơi làm thẻ căn cước với thẻ của bạn; cán bộ đối chiếu khuôn mặt và vân tay. Thường xong trong 3 ngày làm việc. Người nước ngoài đến cơ quan quản lý xuất nhập cảnh.',
  mismatchTitle: 'Hai cơ quan ghi khác nhau',
  mismatchName: 'Họ và tên',
  mismatchBirth: 'Ngày sinh',
  mismatchPopulation: 'Cơ sở dữ liệu quốc gia về dân cư',
  mismatchNext: (agency: string): string => `Nơi đính chính: ${agency}. Hãy mang theo thẻ căn cước.`,
  foreignHome: 'Cơ sở dữ liệu quốc gia về xuất nhập cảnh',
  synthetic: 'Bản ghi giả lập',
};

/** The agencies behind the services: where data come from and who corrects them. */
export const agencies = {
  population: 'Cơ sở dữ liệu quốc gia về dân cư (Công an cấp xã)',
  immigration: 'Cơ sở dữ liệu quốc gia về xuất nhập cảnh (Cục Quản lý xuất nhập cảnh)',
  'driving-licences': 'Cơ sở dữ liệu giấy phép lái xe (Cục Cảnh sát giao thông)',
  vehicles: 'Cơ sở dữ liệu đăng ký xe (Cục Cảnh sát giao thông)',
  'social-insurance': 'Cơ sở dữ liệu bảo hiểm (Bảo hiểm xã hội Việt Nam)',
  accounts: 'Hệ thống định danh và xác thực điện tử',
  gateway: 'cổng định danh',
  'access-log': 'Nhật ký truy cập',
};

/** Terms of identity, residence and family. */
export const person = {
  fullName: 'Họ và tên',
  otherName: 'Tên gọi khác',
  number: 'Số định danh cá nhân',
  foreignNumber: 'Số định danh của người nước ngoài',
  showNumber: 'Hiện số',
  hideNumber: 'Ẩn số',
  numberHidden: (end: string): string => `Số đang ẩn, ba số cuối là ${end}`,
  birth: 'Ngày sinh',
  birthPartial: { year: 'chỉ biết năm sinh', month: 'chỉ biết tháng và năm sinh', day: '' },
  birthPartialNext: 'Công an cấp xã bổ sung ngày sinh đầy đủ khi làm thẻ.',
  sex: 'Giới tính',
  nationality: 'Quốc tịch',
  previousNumbers: 'Số định danh đã hủy',
  oldIdNumber: 'Số chứng minh nhân dân cũ',
  placeOfBirth: 'Nơi sinh',
  birthRegistration: 'Nơi đăng ký khai sinh',
  origin: 'Quê quán',
  ethnicity: 'Dân tộc',
  religion: 'Tôn giáo',
  blood: 'Nhóm máu',
  phone: 'Số điện thoại',
  email: 'Thư điện tử',
  occupation: 'Nghề nghiệp',
  status: 'Tình trạng hồ sơ',
  eid: 'Căn cước điện tử',
  eidValue: (status: string, level: number | null): string =>
    level === null ? status : `${status}, mức độ ${level}`,
  portrait: 'Ảnh chân dung (hình vẽ giả lập)',
  portraitMissing: 'Chưa có ảnh',
  permanent: 'Nơi thường trú',
  temporary: 'Nơi tạm trú',
  temporaryUntil: (date: string): string => `Đăng ký tạm trú đến ${date}`,
  current: 'Nơi ở hiện tại',
  absence: 'Tạm vắng',
  absenceValue: (from: string, to: string | null): string =>
    to === null ? `Từ ${from}` : `Từ ${from} đến ${to}`,
  absenceTo: (place: string): string => `Nơi đến: ${place}`,
  absenceReason: (reason: string): string => `Lý do: ${reason}`,
  residenceFile: 'Số hồ sơ cư trú',
  legacy: (address: string): string => `Trên giấy tờ cũ: ${address}`,
  since: (date: string): string => `Từ ngày ${date}`,
  foreignAddress: 'Địa chỉ tại Việt Nam',
  stayUntil: 'Được chứng nhận tạm trú đến',
  marital: 'Tình trạng hôn nhân',
  relatives: 'Người thân',
  household: 'Hộ gia đình',
  head: 'Chủ hộ',
  relationToHead: 'Quan hệ với chủ hộ',
  members: 'Thành viên',
  noFamily: 'thông tin gia đình',
  foreignFamily: 'Cơ sở dữ liệu về xuất nhập cảnh không ghi thông tin gia đình của người nước ngoài.',
};

/** The dependants and the wallet. */
export const dependants = {
  title: 'Người phụ thuộc',
  intro: 'Những người mà bạn được pháp luật cho phép thay mặt. Chọn một người để xem hồ sơ của họ.',
  none: 'Chưa có người phụ thuộc nào gắn với tài khoản này.',
  noneNext:
    'Khi khai sinh hoặc quyết định giám hộ được ghi nhận trong cơ sở dữ liệu dân cư, người đó sẽ tự hiện ở đây.',
  open: (name: string): string => `Xem hồ sơ của ${name}`,
  unnamed: 'Chưa lấy được tên',
  endsOn: (date: string): string => `Bạn thay mặt đến hết ngày trước ${date}`,
  endless: 'Không ghi ngày chấm dứt',
  actingFor: (name: string): string => `Bạn đang xem thay cho ${name}. Mỗi lần xem đều gắn với tên bạn.`,
  back: 'Về danh sách người phụ thuộc',
  gone: 'Không còn người phụ thuộc này. Quan hệ có thể đã chấm dứt.',
};

/** The wallet of linked documents. */
export const wallet = {
  title: 'Ví giấy tờ',
  intro: 'Giấy tờ đã tích hợp vào tài khoản. Nội dung luôn đọc mới từ cơ quan cấp, không phải bản chụp.',
  none: 'Ví chưa có giấy tờ nào.',
  linkedAt: (date: string): string => `Tích hợp lúc ${date}`,
  pending: 'Cơ quan cấp đang xác minh. Khi xong, giấy tờ tự hiện ở đây.',
  rejected: 'Cơ quan cấp không xác nhận được giấy tờ này. Hãy liên hệ nơi cấp để đối chiếu.',
  removed: 'Giấy tờ đã được gỡ khỏi ví. Bản gốc không bị ảnh hưởng.',
  documentGone: 'Cơ quan cấp không còn giấy tờ này trong cơ sở dữ liệu.',
};
