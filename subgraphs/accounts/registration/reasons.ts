import { evidenceReasons } from './evidence-reasons.ts';
import type { ReasonWords } from './evidence-reasons.ts';
import type { Words } from './policy/dated.ts';
import type { MatchDatabase, ReasonRow, RegistrationStep } from './registration.ts';

const AT_AN_OFFICE: Words = {
  vi: 'Mang thẻ đến công an cấp xã hoặc cơ quan quản lý căn cước để được kiểm tra.',
  en: 'Take the card to the commune police or an identity card office to have it checked.',
};
const PHOTO: Words = {
  vi: 'Chụp lại ở nơi đủ sáng, nhìn thẳng, không đeo khẩu trang, kính râm.',
  en: 'Take it again in good light, facing the camera, without mask or dark glasses.',
};

function words(vi: string, en: string, howToMend: Words): ReasonWords {
  return { text: { vi, en }, howToMend };
}

function mend(vi: string, en: string): Words {
  return { vi, en };
}

/** Why a registration is refused or looked at, and why a step failed: each with how to mend it. See also {@link evidenceReasons}. */
export const reasonWords = {
  DATA_MISMATCH: words(
    'Thông tin khai báo không khớp với cơ sở dữ liệu.',
    'What was declared does not agree with the database.',
    mend(
      'Sửa thông tin theo đúng giấy tờ và gửi lại. Nếu dữ liệu của cơ quan sai, đề nghị cơ quan đó đính chính.',
      'Correct it after your papers and send it in again. Where the database is wrong, ask its agency to correct it.',
    ),
  ),
  PHOTO_QUALITY: words('Ảnh chân dung không đạt.', 'The portrait is not good enough.', PHOTO),
  FACE_MISMATCH: words(
    'Ảnh chân dung không giống ảnh trong chip.',
    'The portrait is not the face on the chip.',
    mend(
      'Tự chụp ảnh của chính bạn và thử lại, hoặc đăng ký trực tiếp tại công an.',
      'Take a portrait of yourself and try again, or register in person.',
    ),
  ),
  CHIP_INVALID: words('Không xác thực được chip của thẻ.', 'The chip could not be verified.', AT_AN_OFFICE),
  CHIP_LATER: words(
    'Hiện chưa kiểm tra được chip.',
    'The chip cannot be checked at present.',
    mend('Thử lại sau.', 'Try again later.'),
  ),
  CHIP_CHALLENGE_ENDED: words(
    'Đã quá thời gian đọc chip.',
    'Reading the chip took too long.',
    mend('Bắt đầu đọc lại.', 'Begin to read it again.'),
  ),
  NOT_ELIGIBLE: words(
    'Không thuộc đối tượng được cấp theo hình thức này.',
    'No account is given to this person in this way.',
    mend(
      'Từ 14 tuổi: tự đăng ký. Dưới 14 tuổi: cha, mẹ hoặc người giám hộ đăng ký từ tài khoản của họ.',
      'From 14 on people register by themselves. For those under 14 father, mother or guardian register from their own account.',
    ),
  ),
  NOT_REPRESENTATIVE: words(
    'Dữ liệu không thể hiện bạn là cha, mẹ, người giám hộ hoặc người đại diện.',
    'The data do not show you as parent, guardian or representative.',
    mend(
      'Cán bộ sẽ kiểm tra giấy tờ chứng minh quan hệ; hoặc đề nghị cơ quan quản lý dữ liệu đính chính.',
      'An officer will look at the papers; or ask the agency of the database to correct it.',
    ),
  ),
  ACCOUNT_EXISTS: words(
    'Người này đã có tài khoản định danh điện tử.',
    'This person has an account already.',
    mend('Đăng nhập, hoặc đặt lại mật khẩu.', 'Sign in, or reset the password.'),
  ),
  NO_ACCOUNT: words(
    'Người này chưa có tài khoản định danh điện tử.',
    'This person has no account.',
    mend('Đăng ký tài khoản, miễn phí.', 'Register for one, free of charge.'),
  ),
  REFUSED_BY_OWNER: words(
    'Chủ tài khoản đã từ chối thay đổi này.',
    'The owner of the account has refused this change.',
    AT_AN_OFFICE,
  ),
  PHONE_IN_USE: words(
    'Số điện thoại đã gắn với tài khoản của người khác.',
    'The phone number belongs to another person’s account.',
    mend('Đăng ký bằng số điện thoại chính chủ của bạn.', 'Register with a phone number of your own.'),
  ),
  SUSPECTED_FRAUD: words(
    'Hồ sơ cần cán bộ kiểm tra thêm.',
    'An officer has to look at this registration.',
    mend('Đăng ký trực tiếp tại công an cấp xã.', 'Register in person at the commune police.'),
  ),
  FACE_UNSURE: words(
    'Cán bộ sẽ so sánh ảnh chân dung.',
    'An officer will compare the portrait.',
    mend('Không cần làm gì thêm.', 'Nothing more is to be done.'),
  ),
  NO_REFERENCE_FACE: words(
    'Cán bộ sẽ đối chiếu ảnh chân dung với cơ sở dữ liệu.',
    'An officer will compare the portrait with the database.',
    mend('Không cần làm gì thêm.', 'Nothing more is to be done.'),
  ),
  ORGANISATION_REVIEW: words(
    'Cán bộ sẽ kiểm tra thông tin tổ chức.',
    'An officer will check the organisation.',
    mend('Không cần làm gì thêm.', 'Nothing more is to be done.'),
  ),
  CODE_WRONG: words(
    'Mã xác nhận không đúng.',
    'The code is wrong.',
    mend('Nhập lại mã trong tin nhắn mới nhất.', 'Enter the code of the latest message.'),
  ),
  CODE_OVER: words(
    'Mã xác nhận đã hết hạn hoặc đã dùng.',
    'The code has ended or was used.',
    mend('Yêu cầu mã mới.', 'Ask for a new code.'),
  ),
  PASSWORD_UNSUITABLE: words(
    'Mật khẩu chưa đạt yêu cầu.',
    'The password may not be used.',
    mend(
      'Dùng 8 đến 20 ký tự gồm chữ số, chữ hoa, chữ thường và ký tự đặc biệt; không dùng thông tin cá nhân.',
      'Take 8 to 20 characters with a digit, an upper-case, a lower-case and a special one; nothing of your own data.',
    ),
  ),
} as const satisfies Record<string, ReasonWords>;

/** A code of the list. */
export type ReasonCode = keyof typeof reasonWords;

const agencies: Readonly<Record<MatchDatabase, string>> = {
  population: 'Công an cấp xã nơi thường trú (Cơ sở dữ liệu quốc gia về dân cư)',
  immigration: 'Cục Quản lý xuất nhập cảnh, Bộ Công an (Cơ sở dữ liệu quốc gia về xuất nhập cảnh)',
};

/** A reason about a step, or about one field. */
export function reasonOf(
  code: ReasonCode,
  step: RegistrationStep | null = null,
  field: string | null = null,
): ReasonRow {
  return { code, step, field };
}

/** What stands in for a code that nobody has words for, such as one of another matcher. */
const wordsOfStep: Readonly<Partial<Record<RegistrationStep, ReasonCode>>> = {
  CHIP: 'CHIP_INVALID',
  PORTRAIT: 'PHOTO_QUALITY',
  PASSWORD: 'PASSWORD_UNSUITABLE',
  CODE: 'CODE_WRONG',
};

/** A reason as its applicant is told. */
export interface ToldReason extends ReasonRow {
  readonly text: Words | null;
  readonly howToMend: Words | null;
  /** Who corrects the data where they are wrong in the database. */
  readonly agency: string | null;
}

/** A reason in words, with how to mend it and, for data that differ, who corrects them. */
export function tellReason(reason: ReasonRow, database: MatchDatabase): ToldReason {
  const ofStep = reason.step === null ? undefined : wordsOfStep[reason.step];
  const known = wordsOf(reason.code) ?? (ofStep === undefined ? null : reasonWords[ofStep]);
  return {
    ...reason,
    text: known?.text ?? null,
    howToMend: known?.howToMend ?? null,
    agency: reason.code === 'DATA_MISMATCH' ? agencies[database] : null,
  };
}

function wordsOf(code: string): ReasonWords | null {
  const all: Readonly<Record<string, ReasonWords>> = { ...evidenceReasons, ...reasonWords };
  return Object.hasOwn(all, code) ? (all[code] ?? null) : null;
}
