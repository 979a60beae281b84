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
  prove: 'Chứng minh lại danh tính để mở khóa:',
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

/** Changes that somebody who says they are the owner has asked for. */
export const askedChanges = {
  title: 'Có yêu cầu thay đổi tài khoản của bạn',
  asked: (at: string): string => `Yêu cầu bắt đầu lúc ${at}.`,
  effective: (at: string): string =>
    `Người yêu cầu đã chứng minh danh tính. Có hiệu lực lúc ${at}, trừ khi bạn từ chối.`,
  open: 'Người yêu cầu đang làm các bước chứng minh. Chưa có gì thay đổi.',
  notYou: 'Không phải bạn thì từ chối ngay. Nếu nghi người khác có thẻ của bạn, hãy khóa cả tài khoản.',
  refuse: 'Không phải tôi: từ chối',
  refusing: {
    title: 'Từ chối yêu cầu này?',
    intro: 'Nhập mã bảo mật. Yêu cầu dừng hẳn và không có gì thay đổi.',
    submit: 'Từ chối',
  },
  refused: 'Đã từ chối. Không có gì thay đổi.',
  confirm: 'Đúng là tôi: cho có hiệu lực ngay',
  confirming: {
    title: 'Cho có hiệu lực ngay?',
    intro: 'Nhập mã bảo mật nếu chính bạn yêu cầu. Đổi máy: hoàn tất trên máy mới, rồi máy này bị đăng xuất.',
    submit: 'Đúng là tôi',
  },
  confirmed: 'Đã xác nhận, không phải chờ nữa.',
  busy: 'Đang thực hiện',
  refusals: {
    CHANGE_OVER: 'Yêu cầu này đã kết thúc.',
    CHANGE_NOT_APPROVED: 'Người yêu cầu chưa chứng minh xong danh tính.',
  },
};

/** How an owner changes password, device and phone number. */
export const ownChanges = {
  title: 'Mật khẩu, thiết bị, số điện thoại',
  phone: {
    title: 'Số điện thoại',
    note: 'Nhập mã bảo mật, rồi mã gửi đến số cũ và số mới. Có hiệu lực ngay.',
    go: 'Đổi số điện thoại',
  },
  password: {
    title: 'Mật khẩu',
    note: 'Chứng minh lại danh tính bằng thẻ và khuôn mặt. Có hiệu lực ngay; mọi thiết bị, cả thiết bị này, bị đăng xuất.',
    go: 'Đặt lại mật khẩu',
  },
  device: {
    title: 'Thiết bị',
    note: 'Làm trên máy mới: mở trang đăng nhập, chọn “Máy mới hoặc mất máy”. Máy này sẽ được hỏi, và xác nhận ở đây thì không phải chờ.',
    go: 'Chuyển tài khoản sang máy này',
  },
  phoneLead: 'Bạn còn dùng số cũ: mã được gửi đến cả hai số.',
  noOldPhone: 'Không nhận được tin nhắn ở số cũ?',
  confirmPhone: {
    title: 'Xác nhận đổi số điện thoại',
    intro: 'Nhập mã bảo mật để bắt đầu đổi số điện thoại.',
    submit: 'Tiếp tục',
  },
};
