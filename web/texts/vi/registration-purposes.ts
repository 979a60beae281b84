const REVIEWED = 'Một cán bộ đang xem. Bạn không cần làm gì thêm; kết quả được gửi bằng tin nhắn.';
const RETRIED =
  'Chưa thực hiện được vì lý do dưới đây. Chưa có gì thay đổi. Khắc phục xong bạn làm lại được ngay.';

/** How a change stands, where all changes say the same. */
const changeStanding = {
  SUBMITTED: REVIEWED,
  IN_REVIEW: REVIEWED,
  REJECTED: RETRIED,
  WITHDRAWN: 'Bạn đã rút yêu cầu này. Không có gì thay đổi.',
  REFUSED: 'Chủ tài khoản đã từ chối hoặc đã khóa tài khoản, nên không có gì thay đổi.',
  EXPIRED: 'Yêu cầu không được gửi trong thời hạn nên đã đóng. Bạn có thể bắt đầu lại.',
  LAPSED: 'Yêu cầu không được hoàn tất trong thời hạn. Không có gì thay đổi; bạn có thể bắt đầu lại.',
};

/** What registering says according to what it is for. */
export const purposes = {
  ACCOUNT: {
    title: 'Đăng ký tài khoản định danh điện tử',
    lead: 'Tài khoản mức độ 1 làm ngay trên ứng dụng, không mất phí. Bạn có thể dừng và làm tiếp bất cứ lúc nào.',
    begin: 'Đăng ký',
    password: 'Mật khẩu để đăng nhập sau này.',
    sendIntro: 'Hồ sơ đã đủ. Gửi xong, thời hạn giải quyết bắt đầu tính.',
    sendNext: [
      'Bạn nhận kết quả bằng tin nhắn.',
      'Được duyệt: kích hoạt trong 7 ngày, đặt mã bảo mật.',
      'Không được duyệt: lý do và cách khắc phục có ngay ở đây.',
    ],
    send: 'Gửi hồ sơ',
    sending: 'Đang gửi hồ sơ',
    withdraw: 'Những gì đã khai sẽ không dùng nữa. Bạn có thể đăng ký lại từ đầu bất cứ lúc nào.',
    newOne: 'Đăng ký hồ sơ mới',
    states: { APPROVED: 'Đã phê duyệt', ACTIVATED: 'Đã kích hoạt' },
    waiting: 'Hồ sơ được duyệt, chờ đến giờ có hiệu lực.',
    meanwhile: ['Quay lại đây sau giờ trên.'],
    standing: {
      SUBMITTED: REVIEWED,
      IN_REVIEW: REVIEWED,
      APPROVED: 'Hồ sơ được duyệt. Kích hoạt để bắt đầu dùng.',
      ACTIVATED: 'Tài khoản đã được kích hoạt. Hãy đăng nhập.',
      REJECTED: 'Hồ sơ không được duyệt vì lý do dưới đây. Khắc phục xong bạn đăng ký lại được ngay.',
      WITHDRAWN: 'Bạn đã rút hồ sơ này.',
      REFUSED: 'Hồ sơ đã bị từ chối.',
      EXPIRED: 'Hồ sơ không được gửi trong thời hạn nên đã đóng. Bạn có thể đăng ký lại.',
      LAPSED: 'Đã quá hạn kích hoạt. Gọi tổng đài định danh điện tử, hoặc đăng ký hồ sơ mới.',
    },
  },
  PASSWORD: {
    title: 'Đặt lại mật khẩu',
    lead: 'Bạn chứng minh lại danh tính rồi đặt mật khẩu mới. Chỉ có tin nhắn thì không đủ, để không ai giữ điện thoại của bạn mà chiếm được tài khoản.',
    begin: 'Bắt đầu',
    password: 'Mật khẩu mới, dùng từ khi đổi xong.',
    sendIntro: 'Mọi bước đã xong. Mật khẩu mới có hiệu lực ngay khi bạn bấm nút.',
    sendNext: [
      'Mọi thiết bị đang đăng nhập tài khoản bị đăng xuất.',
      'Tin nhắn báo mật khẩu đã đổi.',
      'Khóa mà bạn tự đặt vì mất thiết bị hoặc nghi bị lợi dụng được gỡ. Khóa của cơ quan vẫn giữ.',
    ],
    send: 'Đổi mật khẩu',
    sending: 'Đang đổi mật khẩu',
    withdraw: 'Mật khẩu cũ vẫn dùng được. Bạn có thể bắt đầu lại bất cứ lúc nào.',
    newOne: 'Làm lại từ đầu',
    states: { APPROVED: 'Đã phê duyệt', ACTIVATED: 'Đã đổi mật khẩu' },
    waiting: 'Danh tính đã được xác nhận. Mật khẩu mới dùng được từ giờ ghi dưới đây.',
    meanwhile: ['Quay lại đây sau giờ trên.'],
    standing: {
      ...changeStanding,
      APPROVED: 'Danh tính đã được xác nhận. Mật khẩu đang được đổi.',
      ACTIVATED: 'Mọi thiết bị đã bị đăng xuất. Hãy đăng nhập bằng mật khẩu mới.',
    },
  },
  DEVICE: {
    title: 'Chuyển sang máy mới',
    lead: 'Dùng khi bạn có máy mới hoặc mất máy cũ. Bạn chứng minh danh tính bằng thẻ và khuôn mặt; không cần mã từ máy cũ.',
    begin: 'Bắt đầu',
    password: 'Mật khẩu mới, dùng từ khi chuyển xong. Nhớ mật khẩu này để hoàn tất.',
    sendIntro: 'Mọi bước đã xong. Gửi yêu cầu để chuyển tài khoản sang máy này.',
    sendNext: [
      'Chủ tài khoản được báo ngay bằng tin nhắn và trên máy đang đăng nhập, kèm cách từ chối.',
      'Có thời gian chờ trước khi máy này dùng được. Xác nhận trên máy cũ thì không phải chờ.',
      'Sau đó bạn đặt mã bảo mật mới ở đây. Máy cũ bị đăng xuất, khóa truy cập trên máy cũ không dùng được nữa.',
    ],
    send: 'Gửi yêu cầu',
    sending: 'Đang gửi yêu cầu',
    withdraw: 'Máy cũ vẫn dùng được như trước. Bạn có thể bắt đầu lại bất cứ lúc nào.',
    newOne: 'Làm lại từ đầu',
    states: { APPROVED: 'Đã xác nhận danh tính', ACTIVATED: 'Đã chuyển sang máy mới' },
    waiting: 'Máy này dùng được từ giờ ghi dưới đây, trừ khi chủ tài khoản từ chối.',
    meanwhile: [
      'Còn máy cũ: trên máy đó mở mục Tài khoản, chọn “Đúng là tôi” và nhập mã bảo mật. Xong thì bấm nút dưới đây, không phải chờ.',
      'Không còn máy cũ: quay lại đây sau giờ trên. Trên trình duyệt khác, mở lại bằng mã hồ sơ và mật khẩu vừa đặt.',
      'Cần gấp: mang thẻ đến Công an cấp xã.',
    ],
    standing: {
      ...changeStanding,
      APPROVED: 'Đã đến lúc. Đặt mã bảo mật mới để dùng tài khoản trên máy này.',
      ACTIVATED: 'Tài khoản đã chuyển sang máy mới. Hãy đăng nhập.',
    },
  },
  PHONE: {
    title: 'Đổi số điện thoại',
    lead: 'Dùng khi bạn không còn số cũ. Còn số cũ thì đăng nhập rồi đổi trong mục Tài khoản: không phải chờ.',
    begin: 'Bắt đầu',
    password: 'Mật khẩu không đổi.',
    sendIntro: 'Mọi bước đã xong. Gửi yêu cầu để dùng số mới.',
    sendNext: [
      'Số cũ và số mới đều nhận được tin nhắn báo.',
      'Đã xác nhận bằng cả hai số: có hiệu lực ngay.',
      'Đã chứng minh bằng thẻ và khuôn mặt: có thời gian chờ, để chủ tài khoản từ chối được nếu không phải họ.',
    ],
    send: 'Gửi yêu cầu',
    sending: 'Đang gửi yêu cầu',
    withdraw: 'Số cũ vẫn dùng như trước. Bạn có thể bắt đầu lại bất cứ lúc nào.',
    newOne: 'Làm lại từ đầu',
    states: { APPROVED: 'Đã xác nhận danh tính', ACTIVATED: 'Đã đổi số điện thoại' },
    waiting:
      'Số mới được dùng từ giờ ghi dưới đây, trừ khi chủ tài khoản từ chối. Bạn không cần làm gì thêm.',
    meanwhile: [
      'Máy đang đăng nhập được hỏi: chọn “Đúng là tôi” ở mục Tài khoản và nhập mã bảo mật thì không phải chờ.',
      'Kết quả được gửi bằng tin nhắn đến số mới.',
    ],
    standing: {
      ...changeStanding,
      APPROVED: 'Đã đến lúc. Số điện thoại đang được đổi.',
      ACTIVATED: 'Từ nay mã và thông báo được gửi đến số mới.',
    },
  },
};

/** Opening what was approved, on this device. */
export const activations = {
  ACCOUNT: {
    title: 'Kích hoạt tài khoản',
    intro: 'Đặt mã bảo mật 6 chữ số. Mã mở thông tin nhạy cảm và chấp thuận chia sẻ.',
    password: 'Mật khẩu đã đặt khi đăng ký',
    submit: 'Kích hoạt',
    busy: 'Đang kích hoạt',
  },
  DEVICE: {
    title: 'Hoàn tất trên máy này',
    intro: 'Đặt mã bảo mật mới, 6 chữ số. Mã cũ không dùng được nữa.',
    password: 'Mật khẩu vừa đặt',
    submit: 'Chuyển sang máy này',
    busy: 'Đang chuyển',
  },
};
