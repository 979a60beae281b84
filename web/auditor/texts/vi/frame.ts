/** What stands around every screen of the console. */
export const frame = {
  tagline: 'Kiểm tra nhật ký truy cập',
  menu: 'Mục của trang kiểm tra',
  notAuditorTitle: 'Trang của kiểm tra viên',
  notAuditor: 'Tài khoản này không phải tài khoản kiểm tra viên, nên không mở được nhật ký truy cập.',
  notAuditorNext: 'Hãy đăng xuất rồi đăng nhập bằng tài khoản kiểm tra viên, hoặc về hồ sơ của bạn.',
  toProfile: 'Về hồ sơ của tôi',
  readAt: (time: string): string => `Số liệu đọc lúc ${time}`,
  readAgain: 'Đọc lại',
  failed: 'Chưa đọc được nhật ký',
  retryIn: (time: string): string => `Thử lại sau ${time}`,
  copy: 'Chép',
  copied: 'Đã chép',
  copyWhat: (what: string): string => `Chép ${what}`,
  asking: 'Đang lấy dữ liệu',
  askingSlow: 'Nhật ký lớn nên cần thêm thời gian. Bạn có thể chờ ở đây.',
  notFound: 'Không có trang này',
  toOverview: 'Về tổng quan',
};

/** Signing in as a member of staff. */
export const signIn = {
  title: 'Đăng nhập kiểm tra viên',
  intro: 'Dùng tài khoản cán bộ của bạn. Bước tiếp theo: nêu mã vụ việc.',
  username: 'Tên tài khoản cán bộ',
  wrong: 'Tên tài khoản hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại.',
  empty: 'Hãy nhập tên tài khoản và mật khẩu.',
  passcodeAsked: 'Hệ thống yêu cầu mã bảo mật của tài khoản này.',
};

/** The case reference, without which nothing is read. */
export const cases = {
  title: 'Mã vụ việc',
  changeTitle: 'Đổi mã vụ việc',
  intro: 'Không ai xem nhật ký mà không có lý do. Mã này đi kèm mọi lượt xem của bạn.',
  field: 'Mã vụ việc hoặc số quyết định kiểm tra',
  hint: 'Ví dụ: KT-2026/0417. Từ 3 đến 64 ký tự: chữ không dấu, chữ số, dấu chấm, gạch và /',
  formFault: 'Mã gồm 3 đến 64 ký tự: chữ không dấu, chữ số và . _ / -, bắt đầu bằng chữ hoặc số.',
  numberFault: 'Mã không được chứa chín chữ số liền nhau: nó có thể là số của một người.',
  refused: 'Hệ thống chưa nhận mã vụ việc này. Hãy nêu lại.',
  watched: 'Mỗi lượt xem của bạn cũng được ghi vào nhật ký; người được tra cứu sẽ thấy điều đó.',
  next: 'Tiếp theo bạn sẽ thấy tổng quan các lượt đọc.',
  start: 'Bắt đầu kiểm tra',
  change: 'Đổi',
  changeLabel: 'Đổi mã vụ việc',
  current: 'Vụ việc',
  changeNext: 'Khi đổi mã, kết quả đang hiển thị được xóa khỏi trang và đọc lại dưới mã mới.',
};

/** Alerts. */
export const alerts = {
  title: 'Cảnh báo',
  intro: 'Những điều chính nhật ký tự phát hiện, mới nhất trước.',
  none: 'Không có cảnh báo nào.',
  noneNext:
    'Nhật ký được đối soát liên tục với dữ liệu các cơ quan đã cung cấp. Khi có điều bất thường, nó hiện ở đây.',
  toEntry: (index: string): string => `Mở bản ghi ${index}`,
  toRequest: 'Tìm theo mã yêu cầu',
  toLog: 'Xem trạng thái nhật ký',
  count: (count: string): string => `${count} lần`,
  people: (count: string): string => `${count} người`,
  service: 'Dịch vụ',
  more: 'Xem cảnh báo cũ hơn',
  end: 'Hết danh sách.',
  severe: 'Nghiêm trọng',
  watch: 'Cần xem',
};

/** Words for the codes of the log. */
export const codes = {
  actor: {
    PERSON: 'Chính chủ',
    REPRESENTATIVE: 'Người đại diện',
    RELYING_PARTY: 'Bên tin cậy',
    OFFICER: 'Cán bộ',
    AUDITOR: 'Kiểm tra viên',
    APPLICANT: 'Người đăng ký',
    AUTHORITY: 'Cơ quan có thẩm quyền',
    SYSTEM: 'Hệ thống',
  },
  event: {
    READ: 'Cung cấp dữ liệu',
    DENIED: 'Từ chối',
    ABORTED: 'Không gửi được',
    AUDIT_READ: 'Tra cứu nhật ký',
    CONSENT_CHANGE: 'Thay đổi đồng ý',
  },
  outcome: {
    RELEASED: 'Đã cung cấp',
    REFUSED: 'Đã từ chối',
    UNDELIVERED: 'Chuẩn bị nhưng chưa gửi được',
    RECORDED: 'Đã ghi nhận',
  },
  reason: {
    COMPLAINT: 'Khiếu nại của chủ thể',
    INSPECTION: 'Kiểm tra theo kế hoạch',
    INCIDENT: 'Sự cố',
    COURT_ORDER: 'Yêu cầu của cơ quan tố tụng',
  },
  alert: {
    SERVED_NOT_LOGGED: 'Nguồn đã cung cấp dữ liệu nhưng nhật ký không có bản ghi',
    RECONCILIATION_LATE: 'Quá lâu chưa đối soát được với nguồn',
    WITNESS_AWAY: 'Quá lâu không có nhân chứng ký',
    WITNESS_REFUSED: 'Nhân chứng từ chối ký: nhật ký có thể đã bị viết lại',
    LOG_INCONSISTENT: 'Bản ghi, cây băm và chữ ký không khớp nhau',
    ENTRY_ALTERED: 'Một bản ghi, hoặc thông tin để tra cứu nó, đã bị sửa',
    LOG_REWOUND: 'Cơ sở dữ liệu mất bản ghi đã xác nhận',
    WRITER_FENCED: 'Hai tiến trình cùng ghi nhật ký',
    NIGHT_READING: 'Một bên đọc nhiều hồ sơ vào ban đêm',
    MANY_PEOPLE: 'Một bên đọc hồ sơ của nhiều người trong một ngày',
    REPORTED: 'Một người phản ánh lượt đọc hồ sơ của mình',
  },
  service: {
    population: 'Dân cư',
    immigration: 'Xuất nhập cảnh',
    'driving-licences': 'Giấy phép lái xe',
    vehicles: 'Đăng ký xe',
    'social-insurance': 'Bảo hiểm xã hội',
    accounts: 'Tài khoản định danh',
    sharing: 'Chia sẻ dữ liệu',
    'access-log': 'Nhật ký truy cập',
    gateway: 'Cổng định danh',
  },
};
