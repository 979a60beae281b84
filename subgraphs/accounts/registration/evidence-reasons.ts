import type { PasswordProblem } from '@dinhdanh/schema/check-password';
import type { ChipMend, ChipRefusalCode } from '../chip/chip-refusal.ts';
import { chipRefusals } from '../chip/chip-refusal.ts';
import type { FaceQualityCode, ImageRefusalCode } from '../face/index.ts';
import type { Words } from './policy/dated.ts';

/** What is wrong and how it is mended. */
export interface ReasonWords {
  readonly text: Words;
  readonly howToMend: Words;
}

const mends: Readonly<Record<ChipMend, Words>> = {
  READ_AGAIN: {
    vi: 'Giữ thẻ và điện thoại sát nhau, không di chuyển cho đến khi đọc xong, rồi thử lại.',
    en: 'Hold card and phone together and still until the reading is finished, and try again.',
  },
  OTHER_CARD: { vi: 'Dùng thẻ của chính bạn, còn hiệu lực.', en: 'Use a card of your own that is in force.' },
  AT_AN_OFFICE: {
    vi: 'Mang thẻ đến công an cấp xã hoặc cơ quan quản lý căn cước để được kiểm tra.',
    en: 'Take the card to the commune police or an identity card office to have it checked.',
  },
  LATER: {
    vi: 'Lỗi không ở thẻ của bạn. Thử lại sau.',
    en: 'The fault is not your card’s. Try again later.',
  },
};

const chipTexts: Readonly<Record<ChipRefusalCode, Words>> = {
  CHIP_MALFORMED: { vi: 'Dữ liệu đọc được từ chip bị hỏng.', en: 'What was read of the chip is damaged.' },
  CHIP_INCOMPLETE: { vi: 'Chưa đọc đủ dữ liệu trên chip.', en: 'Not all of the chip was read.' },
  CHIP_TOO_LARGE: { vi: 'Dữ liệu đọc được từ chip bị hỏng.', en: 'What was read of the chip is damaged.' },
  CHIP_GROUP_REFUSED: {
    vi: 'Đầu đọc gửi phần dữ liệu không được phép đọc.',
    en: 'The reader sent data that may not be read.',
  },
  CHIP_FORGED: { vi: 'Dữ liệu trên chip đã bị sửa.', en: 'The data on the chip were changed.' },
  CHIP_SIGNATURE: {
    vi: 'Chữ ký trên chip không phải của cơ quan cấp thẻ.',
    en: 'The chip was not signed by its issuer.',
  },
  CHIP_UNTRUSTED: {
    vi: 'Chip không do cơ quan cấp căn cước ký.',
    en: 'No authority for identity cards signed the chip.',
  },
  CHIP_EXPIRED: {
    vi: 'Chip được ký khi chứng thư ký thẻ không còn hiệu lực.',
    en: 'The chip was signed after its signer’s time.',
  },
  CHIP_REVOKED: { vi: 'Chứng thư ký thẻ đã bị thu hồi.', en: 'The signer of the chip was revoked.' },
  CHIP_REVOCATION_UNKNOWN: {
    vi: 'Hiện chưa kiểm tra được chip.',
    en: 'The chip cannot be checked at present.',
  },
  CHIP_CLONED: { vi: 'Chip là bản sao của một thẻ khác.', en: 'The chip is a copy of another card.' },
  CHIP_INCONSISTENT: {
    vi: 'Dữ liệu trên chip tự mâu thuẫn.',
    en: 'The data on the chip contradict one another.',
  },
  CHIP_DOCUMENT_EXPIRED: { vi: 'Thẻ đã hết hạn.', en: 'The card is past its last day.' },
  CHIP_WRONG_PERSON: { vi: 'Thẻ là của người khác.', en: 'The card is somebody else’s.' },
};

const ONE_FILE: Words = {
  vi: 'Chọn ảnh khác, dạng JPEG hoặc PNG.',
  en: 'Choose another picture, JPEG or PNG.',
};
const AGAIN_LATER: Words = { vi: 'Thử lại sau ít phút.', en: 'Try again in a few minutes.' };

function words(vi: string, en: string, howToMend: Words): ReasonWords {
  return { text: { vi, en }, howToMend };
}

const faceWords: Readonly<Record<FaceQualityCode | ImageRefusalCode, ReasonWords>> = {
  NO_FACE: words('Không thấy khuôn mặt trong ảnh.', 'There is no face in the picture.', {
    vi: 'Nhìn thẳng vào máy, cả khuôn mặt trong khung, rồi chụp lại.',
    en: 'Face the camera with the whole face in the frame, and take it again.',
  }),
  MORE_THAN_ONE_FACE: words('Trong ảnh có nhiều người.', 'More than one person is in the picture.', {
    vi: 'Chụp lại khi chỉ có mình bạn trong khung.',
    en: 'Take it again with nobody else in the frame.',
  }),
  FACE_TOO_SMALL: words('Khuôn mặt ở quá xa.', 'The face is too far away.', {
    vi: 'Lại gần máy hơn rồi chụp lại.',
    en: 'Come closer and take it again.',
  }),
  FACE_CUT_OFF: words('Khuôn mặt bị cắt.', 'The face is cut off.', {
    vi: 'Lùi xa hoặc vào giữa khung rồi chụp lại.',
    en: 'Go back or to the middle, and take it again.',
  }),
  FACE_OFF_CENTRE: words('Khuôn mặt lệch khỏi giữa ảnh.', 'The face is not in the middle.', {
    vi: 'Đưa khuôn mặt vào giữa khung rồi chụp lại.',
    en: 'Bring your face into the middle and take it again.',
  }),
  FACE_TILTED: words('Đầu bị nghiêng.', 'The head is tilted.', {
    vi: 'Giữ đầu thẳng rồi chụp lại.',
    en: 'Hold your head straight and take it again.',
  }),
  TOO_DARK: words('Ảnh quá tối.', 'The picture is too dark.', {
    vi: 'Chụp lại ở nơi sáng hơn.',
    en: 'Take it again where there is more light.',
  }),
  TOO_BRIGHT: words('Ảnh quá sáng.', 'The picture is too bright.', {
    vi: 'Tránh đèn chiếu thẳng vào mặt rồi chụp lại.',
    en: 'Avoid light straight into your face, and take it again.',
  }),
  UNEVEN_LIGHT: words('Ánh sáng lệch một bên.', 'The light comes from one side.', {
    vi: 'Quay mặt về phía sáng rồi chụp lại.',
    en: 'Turn towards the light and take it again.',
  }),
  LOW_CONTRAST: words('Ảnh nhạt, không rõ nét mặt.', 'The picture is too pale.', {
    vi: 'Đổi chỗ đứng hoặc nguồn sáng rồi chụp lại.',
    en: 'Change your place or the light, and take it again.',
  }),
  BLURRED: words('Ảnh bị mờ.', 'The picture is blurred.', {
    vi: 'Lau ống kính, giữ yên máy rồi chụp lại.',
    en: 'Clean the lens, hold still, and take it again.',
  }),
  IMAGE_EMPTY: words('Tệp ảnh trống.', 'The file is empty.', ONE_FILE),
  IMAGE_TOO_LARGE: words('Ảnh quá lớn.', 'The picture is too large.', ONE_FILE),
  IMAGE_TOO_SMALL: words('Ảnh quá nhỏ.', 'The picture is too small.', ONE_FILE),
  IMAGE_FORMAT_UNKNOWN: words(
    'Tệp này không phải ảnh JPEG hoặc PNG.',
    'This is no JPEG or PNG picture.',
    ONE_FILE,
  ),
  IMAGE_DAMAGED: words('Tệp ảnh bị hỏng.', 'The file of the picture is damaged.', ONE_FILE),
  MATCHER_BUSY: words('Hiện chưa so được ảnh.', 'Pictures cannot be compared at present.', AGAIN_LATER),
  MATCHER_FAILED: words('Hiện chưa so được ảnh.', 'Pictures cannot be compared at present.', AGAIN_LATER),
};

const PASSWORD: Words = {
  vi: 'Dùng 8 đến 20 ký tự gồm chữ số, chữ hoa, chữ thường và ký tự đặc biệt; không dùng thông tin cá nhân.',
  en: 'Take 8 to 20 characters with a digit, an upper-case, a lower-case and a special one; nothing of your own data.',
};

const passwordTexts: Readonly<Record<PasswordProblem, Words>> = {
  TOO_SHORT: { vi: 'Mật khẩu quá ngắn.', en: 'The password is too short.' },
  TOO_LONG: { vi: 'Mật khẩu quá dài.', en: 'The password is too long.' },
  DIGIT_MISSING: { vi: 'Mật khẩu thiếu chữ số.', en: 'The password has no digit.' },
  SMALL_LETTER_MISSING: { vi: 'Mật khẩu thiếu chữ thường.', en: 'The password has no lower-case letter.' },
  CAPITAL_MISSING: { vi: 'Mật khẩu thiếu chữ in hoa.', en: 'The password has no upper-case letter.' },
  SPECIAL_MISSING: { vi: 'Mật khẩu thiếu ký tự đặc biệt.', en: 'The password has no special character.' },
  CHARACTER_NOT_ALLOWED: {
    vi: 'Mật khẩu có ký tự không dùng được.',
    en: 'The password has a character that cannot be used.',
  },
  COMMON: { vi: 'Mật khẩu này nhiều người dùng, dễ đoán.', en: 'This password is common and easy to guess.' },
  HAS_NAME: { vi: 'Mật khẩu có tên của bạn.', en: 'The password has your name in it.' },
  HAS_BIRTH_DATE: { vi: 'Mật khẩu có ngày sinh của bạn.', en: 'The password has your date of birth in it.' },
  HAS_NUMBER: { vi: 'Mật khẩu có số định danh của bạn.', en: 'The password has your personal number in it.' },
  HAS_PHONE: { vi: 'Mật khẩu có số điện thoại của bạn.', en: 'The password has your phone number in it.' },
};

function all<Code extends string>(
  texts: Readonly<Record<Code, Words>>,
  howToMend: (code: Code) => Words,
): Record<Code, ReasonWords> {
  const entries = Object.entries(texts) as [Code, Words][];
  const told = entries.map(([code, text]) => [code, { text, howToMend: howToMend(code) }] as const);
  return Object.fromEntries(told) as Record<Code, ReasonWords>;
}

/** What the rooms of chips, faces and passwords find wrong with what is proved or chosen: a sentence for every code of theirs. */
export const evidenceReasons: Readonly<
  Record<ChipRefusalCode | FaceQualityCode | ImageRefusalCode | PasswordProblem, ReasonWords>
> = {
  ...all(chipTexts, (code) => mends[chipRefusals[code]]),
  ...faceWords,
  ...all(passwordTexts, () => PASSWORD),
};
