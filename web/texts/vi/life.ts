/** Where the account is signed in. */
export const sessions = {
  title: 'Nơi đang đăng nhập',
  intro: 'Mỗi dòng là một thiết bị đang đăng nhập tài khoản này. Thấy thiết bị lạ thì kết thúc phiên đó.',
  unnamed: 'Thiết bị không rõ tên',
  current: 'Thiết bị này',
  lastUsed: (at: string): string => `Dùng gần nhất ${at}`,
  since: (at: string): string => `Đăng nhập ${at}`,
  until: (at: string): string => `Tự kết thúc ${at}`,
  sameNetwork: 'Cùng mạng với bạn',
  otherNetwork: 'Mạng khác',
  end: 'Kết thúc',
  endOf: (device: string): string => `Kết thúc phiên trên ${device}`,
  ended: (device: string): string => `Đã kết thúc phiên trên ${device}.`,
  endOthers: (count: number): string => `Đăng xuất ${count} thiết bị khác`,
  endOthersNote: 'Chỉ giữ lại thiết bị này. Nơi khác phải đăng nhập lại.',
  othersEnded: (count: number): string => `Đã đăng xuất ${count} thiết bị khác.`,
};

/** Who signed in or tried to. */
export const signIns = {
  title: 'Lịch sử đăng nhập',
  intro: 'Mỗi lần có người nhập số định danh của bạn cùng một mật khẩu, đúng hoặc sai. Giữ 5 năm.',
  unknown:
    'Có lần đăng nhập không phải của bạn: kết thúc phiên lạ ở trên, đặt lại mật khẩu, hoặc khóa tài khoản ở cuối trang.',
  outcomes: {
    SIGNED_IN: 'Đã đăng nhập',
    PASSWORD_WRONG: 'Sai mật khẩu',
    PASSCODE_WRONG: 'Đúng mật khẩu, sai mã bảo mật',
    NOT_IN_USE: 'Đúng mật khẩu, tài khoản không hoạt động',
  },
  at: 'Lúc',
  device: 'Thiết bị',
  newDevice: (device: string): string => `${device} (lần đầu thấy)`,
  network: 'Mạng',
  unknownNetwork: 'Không rõ',
};

/** What a level opens. */
export const levels = {
  title: (level: number): string => `Mức độ ${level} mở những gì`,
  opens: (level: number): string => `Xem những gì mức độ ${level} đang mở`,
  highest: 'Đây là mức cao nhất.',
  next: 'Mức độ 2 mở thêm',
  how: 'Nơi nâng mức:',
  toRules: 'Thời hạn, giấy tờ và căn cứ',
};

/** The causes of a lock: who gave each, how long it holds, what ends it. */
export const locks = {
  title: (count: number): string => (count === 1 ? 'Lý do khóa' : `${count} lý do khóa`),
  all: 'Tài khoản mở lại khi lý do cuối cùng chấm dứt.',
  who: 'Ai khóa',
  until: 'Đến khi nào',
  next: 'Cách mở lại',
  causes: {
    OWNER_REQUEST: {
      who: 'Chính bạn',
      until: 'Đến khi bạn mở lại',
      next: 'Bấm nút bên dưới và nhập mã bảo mật.',
    },
    LOST_DEVICE: {
      who: 'Chính bạn',
      until: 'Đến khi bạn chứng minh lại danh tính',
      next: 'Đọc chip trên thẻ và chụp khuôn mặt, hoặc đến Công an cấp xã. Người giữ máy của bạn có thể biết mã bảo mật, nên mã không đủ.',
    },
    SUSPECTED_MISUSE: {
      who: 'Chính bạn',
      until: 'Đến khi bạn chứng minh lại danh tính',
      next: 'Đọc chip trên thẻ và chụp khuôn mặt, hoặc đến Công an cấp xã. Người khác có thể biết mã bảo mật, nên mã không đủ.',
    },
    TERMS_BREACH: {
      who: 'Cơ quan quản lý định danh và xác thực điện tử',
      until: 'Đến khi cơ quan đó chấm dứt việc khóa',
      next: 'Hỏi Công an cấp xã về căn cứ. Không đồng ý thì khiếu nại tại đó.',
    },
    DOCUMENT_EXPIRED: {
      who: 'Tự động, vì thẻ, hộ chiếu hoặc thời hạn cư trú đã hết',
      until: 'Đến khi có giấy tờ mới',
      next: 'Làm thủ tục cấp đổi giấy tờ. Tài khoản tự mở lại.',
    },
    CARD_WITHDRAWN: {
      who: 'Tự động, vì thẻ bị thu hồi hoặc tạm giữ',
      until: 'Đến khi thẻ được trả lại hoặc cấp lại',
      next: 'Hỏi cơ quan đã thu hồi hoặc giữ thẻ. Tài khoản tự mở lại.',
    },
    DEATH: {
      who: 'Tự động, theo Cơ sở dữ liệu quốc gia về dân cư',
      until: 'Không mở lại',
      next: 'Nếu ghi sai, đến Công an cấp xã để đính chính.',
    },
    AUTHORITY_REQUEST: {
      who: 'Cơ quan có thẩm quyền yêu cầu',
      until: 'Đến khi cơ quan đó chấm dứt yêu cầu',
      next: 'Hỏi Công an cấp xã cơ quan nào yêu cầu và căn cứ. Không đồng ý thì khiếu nại với cơ quan đó.',
    },
  },
  unlock: 'Mở khóa bằng mã bảo mật',
  unlockTitle: 'Mở khóa tài khoản?',
  unlockIntro: 'Nhập mã bảo mật. Tài khoản dùng lại được ngay, và bạn nhận được tin nhắn báo.',
  unlockYes: 'Mở khóa tài khoản',
  unlocking: 'Đang mở khóa',
  stillLocked: 'Đã bỏ lý do của bạn. Tài khoản vẫn khóa vì lý do khác ở trên.',
  refusals: {
    UNLOCK_NEEDS_IDENTITY: 'Lý do này cần chứng minh lại danh tính.',
    UNLOCK_NOT_OWNERS: 'Lý do này không do bạn đặt ra, nên bạn không tự mở được.',
  },
};
