/** One thing wrong with a registration: where, which, and what to do. */
export interface PartyProblem {
  /** Field of the input: `redirectUris[0]`, `jwks.keys[1].kid`, `purposes[0].claims`. */
  readonly field: string;
  readonly code: ProblemCode;
  readonly hint: { readonly vi: string; readonly en: string };
}

/** What to do about each problem, by its stable code. */
const hints = {
  TEXT_LENGTH: {
    vi: 'Nhập từ 2 đến 80 ký tự, không có ký tự điều khiển.',
    en: 'Give 2 to 80 characters, none of them control characters.',
  },
  DOMAIN_INVALID: {
    vi: 'Nhập tên miền như khach-san.example, không có https:// và đường dẫn.',
    en: 'Give a domain such as hotel.example, without https:// and without a path.',
  },
  CONTACT_INVALID: {
    vi: 'Nhập địa chỉ thư điện tử hoặc địa chỉ https của người phụ trách dữ liệu cá nhân.',
    en: 'Give an e-mail address or an https address of whoever answers data questions.',
  },
  REDIRECTS_COUNT: {
    vi: 'Nêu từ 1 đến 10 địa chỉ nhận kết quả.',
    en: 'Give 1 to 10 redirect addresses.',
  },
  REDIRECT_INVALID: {
    vi: 'Địa chỉ phải đầy đủ, dùng https, không có phần #, tên đăng nhập hay dấu *.',
    en: 'The address must be absolute and https, without a fragment, a user name or a wildcard.',
  },
  REDIRECT_FOREIGN: {
    vi: 'Địa chỉ phải thuộc tên miền đã đăng ký.',
    en: 'The address must belong to the registered domain.',
  },
  KEYS_MISSING: {
    vi: 'Gửi khóa công khai bằng jwks, hoặc nơi công bố bằng jwksUri; không gửi cả hai.',
    en: 'Give public keys as jwks, or where they are published as jwksUri; not both.',
  },
  KEYS_NOT_JSON: {
    vi: 'Đây không phải bộ khóa JSON Web Key Set: {"keys":[…]}, từ 1 đến 10 khóa.',
    en: 'This is no JSON Web Key Set: {"keys":[…]} with 1 to 10 keys (RFC 7517).',
  },
  KEYS_UNREACHABLE: {
    vi: 'Không đọc được khóa ở địa chỉ này: cần https công khai, trả lời 200 trong 3 giây, không chuyển hướng.',
    en: 'No keys could be read there: it takes a public https address that answers 200 within 3 seconds, without redirects.',
  },
  KEY_PRIVATE: {
    vi: 'Khóa này có phần bí mật. Hãy tạo khóa mới: khóa đã gửi đi không còn bí mật.',
    en: 'This key has its private part in it. Make a new one: what was sent is no secret any more.',
  },
  KEY_ID_MISSING: {
    vi: 'Mỗi khóa cần kid riêng; không có kid thì máy chủ không biết dùng khóa nào.',
    en: 'Every key needs a kid of its own, or the server cannot tell which to use.',
  },
  KEY_ID_TWICE: { vi: 'Hai khóa có cùng kid.', en: 'Two keys have the same kid.' },
  KEY_UNSUITED: {
    vi: 'Dùng khóa EC P-256 (ES256), Ed25519 (EdDSA) hoặc RSA từ 2048 bit (PS256), để ký.',
    en: 'Use a signing key of EC P-256 (ES256), Ed25519 (EdDSA) or RSA of 2048 bits or more (PS256).',
  },
  KEY_ALGORITHM: {
    vi: 'alg không khớp với loại khóa: ES256, EdDSA hoặc PS256.',
    en: 'alg does not fit the key: ES256, EdDSA or PS256.',
  },
  KEY_BROKEN: { vi: 'Khóa bị hỏng: không đọc được.', en: 'The key is damaged: it cannot be read.' },
  PURPOSES_COUNT: {
    vi: 'Nêu từ 1 đến 5 mục đích, mỗi mục đích một lần.',
    en: 'Give 1 to 5 purposes, each once.',
  },
  PURPOSE_UNKNOWN: { vi: 'Mục đích này không có trong danh mục.', en: 'The catalogue has no such purpose.' },
  CLAIMS_MISSING: { vi: 'Nêu ít nhất một nhóm thông tin.', en: 'Name at least one claim.' },
  CLAIM_BEYOND_PURPOSE: {
    vi: 'Nhóm thông tin này vượt quá mục đích. Bỏ nó hoặc chọn mục đích khác.',
    en: 'This claim is beyond the purpose. Leave it out or choose another purpose.',
  },
  RETENTION_TOO_LONG: {
    vi: 'Thời gian lưu giữ vượt quá giới hạn của mục đích.',
    en: 'Kept longer than the purpose allows.',
  },
  STANDING_NOT_ALLOWED: {
    vi: 'Mục đích này chỉ cho phép chia sẻ một lần.',
    en: 'This purpose takes a consent for once alone.',
  },
} as const;

/** Stable code of a problem. */
export type ProblemCode = keyof typeof hints;

/** A problem with what to do about it. */
export function problem(field: string, code: ProblemCode): PartyProblem {
  return { field, code, hint: hints[code] };
}
