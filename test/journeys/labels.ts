/** What a person looks for on the screens, in both languages: written by hand, as they stand there. */
export interface Labels {
  readonly product: string;
  readonly synthetic: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly number: string;
  readonly password: string;
  readonly withPasscode: string;
  readonly passcode: string;
  readonly menu: string;
  readonly profile: string;
  readonly wallet: string;
  readonly dependants: string;
  readonly scan: string;
  readonly consents: string;
  readonly history: string;
  readonly organisations: string;
  readonly account: string;
  readonly openPasscode: string;
  readonly passcodeTitle: string;
  readonly unlock: string;
  readonly sections: readonly string[];
}

/** In Vietnamese. */
export const vi: Labels = {
  product: 'Định danh',
  synthetic: 'Dữ liệu giả lập: mọi người và giấy tờ ở đây đều không có thật.',
  signIn: 'Đăng nhập',
  signOut: 'Đăng xuất',
  number: 'Số định danh cá nhân',
  password: 'Mật khẩu',
  withPasscode: 'Mở luôn thông tin nhạy cảm bằng mã bảo mật',
  passcode: 'Mã bảo mật',
  menu: 'Mục chính',
  profile: 'Hồ sơ',
  wallet: 'Ví giấy tờ',
  dependants: 'Người phụ thuộc',
  scan: 'Quét mã',
  consents: 'Chia sẻ',
  history: 'Lịch sử truy cập',
  organisations: 'Tổ chức',
  account: 'Tài khoản',
  openPasscode: 'Nhập mã để xem',
  passcodeTitle: 'Nhập mã bảo mật',
  unlock: 'Mở khóa',
  sections: [
    'Thông tin cá nhân',
    'Giấy tờ tùy thân',
    'Cư trú',
    'Gia đình và hộ gia đình',
    'Giấy phép lái xe',
    'Phương tiện',
    'Bảo hiểm',
    'Thị thực và xuất nhập cảnh',
  ],
};

/** In English. */
export const en: Labels = {
  product: 'Định danh',
  synthetic: 'Synthetic data: no person and no document here is real.',
  signIn: 'Sign in',
  signOut: 'Sign out',
  number: 'Personal identification number',
  password: 'Password',
  withPasscode: 'Open sensitive details at once with the passcode',
  passcode: 'Passcode',
  menu: 'Main menu',
  profile: 'Profile',
  wallet: 'Document wallet',
  dependants: 'Dependants',
  scan: 'Scan',
  consents: 'Sharing',
  history: 'Access history',
  organisations: 'Organisations',
  account: 'Account',
  openPasscode: 'Enter passcode',
  passcodeTitle: 'Enter your passcode',
  unlock: 'Unlock',
  sections: [
    'Personal details',
    'Identity documents',
    'Residence',
    'Family and household',
    'Driving licence',
    'Vehicles',
    'Insurance',
    'Visas, entries and exits',
  ],
};
