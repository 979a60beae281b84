import type { FailureCode } from '../../api/error-codes.ts';

/** What is said to a person for each code: what happened, and what they can do. */
export const errors: Readonly<Record<FailureCode, string>> = {
  UNAUTHENTICATED: 'Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại.',
  NOT_PERMITTED: 'Tài khoản này không được xem thông tin này.',
  LEVEL_REQUIRED: 'Thông tin này cần tài khoản định danh mức độ 2.',
  PASSCODE_REQUIRED: 'Hãy nhập mã bảo mật để xem thông tin này.',
  GUARDIAN_REQUIRED: 'Cần cha, mẹ hoặc người giám hộ xác nhận trước khi bạn dùng tài khoản này.',
  CONSENT_REQUIRED: 'Chủ thể dữ liệu chưa đồng ý cho xem thông tin này.',
  CONSENT_EXPIRED: 'Sự đồng ý cho xem thông tin này đã hết hạn.',
  CONSENT_WITHDRAWN: 'Sự đồng ý cho xem thông tin này đã được rút lại.',
  ACCOUNT_LOCKED: 'Tài khoản đang bị khóa nên không thể xem thông tin này.',
  SOURCE_UNAVAILABLE:
    'Cơ quan lưu giữ chưa trả lời. Điều này không có nghĩa là bạn không có hồ sơ ở đó. Hãy thử lại sau ít phút.',
  SOURCE_INVALID:
    'Câu trả lời của cơ quan lưu giữ không đúng nên không được hiển thị. Sự cố đã được báo cho người vận hành.',
  NOT_FOUND: 'Không tìm thấy thông tin này.',
  ACCESS_LOG_UNAVAILABLE:
    'Chưa ghi được nhật ký truy cập, nên hệ thống không đưa dữ liệu ra. Hãy thử lại sau ít phút.',
  RATE_LIMITED: 'Có quá nhiều yêu cầu trong thời gian ngắn. Hãy chờ một chút rồi thử lại.',
  QUERY_TOO_COSTLY: 'Yêu cầu quá lớn nên không được thực hiện. Hãy báo cho bộ phận hỗ trợ.',
  TIMEOUT: 'Hệ thống trả lời quá chậm. Hãy thử lại.',
  BAD_USER_INPUT: 'Thông tin đã nhập không đúng dạng. Hãy kiểm tra lại.',
  UNREACHABLE: 'Không kết nối được với hệ thống. Hãy kiểm tra mạng rồi thử lại.',
};
