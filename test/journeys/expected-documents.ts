import type { Persona } from '@dinhdanh/people';
import { databases, day, grouped, instant, today, wordFor } from './words.ts';

type Records = Persona['records'];
type Licence = Records['drivingLicences'][number];
type VehicleRecord = Records['vehicles'][number];
type Population = NonNullable<Records['population']>;
type Immigration = NonNullable<Records['immigration']>;

/** How a record was verified; one found by an old number and name is matched, however well it was seen then. */
export interface Verified {
  readonly verifiedAt: string;
  readonly assurance: string;
  readonly holder?: { readonly personalNumber: string | null };
}

const nothing = 'Không có trong hồ sơ';
const synthetic = 'Giả lập';

/** A term and its value; what is not on record says so. */
export function fact(term: string, value: string | number | null | undefined, none = nothing): string {
  return `${term}: ${value === null || value === undefined || value === '' ? none : value}`;
}

/** The pieces of a line that stand. */
export function joined(...pieces: readonly (string | null)[]): string {
  return pieces.filter((piece) => piece !== null && piece !== '').join(' · ');
}

function assuranceOf({ assurance, holder }: Verified): string {
  return wordFor('assurance', holder?.personalNumber === null ? 'MATCHED' : assurance);
}

/** The line that names a source, without the time it was read. */
export function sourceLine(database: keyof typeof databases, record: Verified): string {
  return joined(
    'Nguồn:',
    databases[database],
    'Cơ quan xác minh lần cuối',
    instant(record.verifiedAt),
    `Mức tin cậy: ${assuranceOf(record)}`,
  );
}

function verifiedLine(record: Verified): string {
  return `Xác minh ${instant(record.verifiedAt).slice(-10)}: ${assuranceOf(record)}`;
}

/** The standing of a document that its last day decides. */
function standingBy(until: string | null): string | null {
  if (until === null) return null;
  return until < today() ? 'Đã hết hạn' : 'Còn hiệu lực';
}

function validUntil(until: string | null): string {
  if (until === null) return 'Không thời hạn';
  return joined(day(until), until < today() ? '(Đã hết hạn)' : null);
}

function head(kicker: string | null, heading: string, standing: string | null): string[] {
  return [...(kicker === null ? [] : [kicker]), `# ${heading}`, joined(standing, synthetic)];
}

/** The identity card; in the wallet it stands without the person, whom other screens show. */
export function identityCard(
  card: NonNullable<Population['identityCard']>,
  holder: Population,
  inWallet = false,
): string[] {
  const { chipVerification: chip } = card;
  const taken = [
    ...(card.fingerprintEnrolled ? ['Vân tay'] : []),
    ...(card.irisEnrolled ? ['Mống mắt'] : []),
  ];
  const checked = (result: string): string => wordFor('check', result);
  return [
    ...head(
      'Cộng hòa xã hội chủ nghĩa Việt Nam',
      wordFor('card', card.documentType),
      wordFor('standing', card.cardStatus),
    ),
    '(Ảnh chân dung (hình vẽ giả lập))',
    fact('Số', grouped(card.cardNumber)),
    ...(inWallet ? [] : holderOf(holder)),
    fact('Ngày cấp', day(card.issueDate)),
    fact('Có giá trị đến', validUntil(card.expiryDate)),
    fact('Nơi cấp', card.issuePlace),
    'Chi tiết',
    fact('Đặc điểm nhận dạng', card.identifyingFeatures),
    fact('Sinh trắc học đã thu nhận', taken.join(', '), 'Không có'),
    ...(chip === null || chip.checkedAt === null
      ? []
      : [
          fact(
            'Kiểm tra chip',
            joined(
              `Chữ ký dữ liệu: ${checked(chip.passiveAuthentication)}`,
              `Chip không bị sao chép: ${checked(chip.chipAuthentication)}`,
              `Khuôn mặt: ${checked(chip.faceMatch)}`,
              `Kiểm tra lúc ${instant(chip.checkedAt)}`,
            ),
          ),
        ]),
    'Vân tay và mống mắt không bao giờ được đưa ra khỏi cơ sở dữ liệu.',
    verifiedLine(holder),
  ];
}

function holderOf(holder: Population): string[] {
  return [
    fact('Họ và tên', holder.fullName),
    fact('Ngày sinh', day(holder.dateOfBirth)),
    fact('Giới tính', wordFor('sex', holder.sex)),
    fact('Quốc tịch', holder.nationality.map((code) => wordFor('country', code)).join(', ')),
  ];
}

/** A passport. */
export function passport(record: Immigration['passports'][number], holder: Immigration): string[] {
  return [
    ...head(wordFor('country', record.issuer), 'Hộ chiếu', standingBy(record.expiryDate)),
    fact('Số', record.number),
    fact('Họ và tên', holder.fullName),
    fact('Loại', wordFor('passport', record.type)),
    fact('Ngày cấp', day(record.issueDate)),
    fact('Có giá trị đến', validUntil(record.expiryDate)),
    fact('Nơi cấp', record.placeOfIssue),
    fact('Chip', record.chip ? 'Có chip điện tử' : 'Không có chip'),
    verifiedLine(holder),
  ];
}

/** A residence card of a foreigner. */
export function residenceCard(
  card: NonNullable<Immigration['residenceCard']>,
  holder: Immigration,
): string[] {
  return [
    ...head(
      'Cộng hòa xã hội chủ nghĩa Việt Nam',
      wordFor('residenceCard', card.kind),
      standingBy(card.expiryDate),
    ),
    fact('Số', card.number),
    ...(card.symbol === null ? [] : [fact('Ký hiệu', card.symbol)]),
    fact('Ngày cấp', day(card.issueDate)),
    fact('Có giá trị đến', card.expiryDate === null ? null : validUntil(card.expiryDate)),
    fact('Địa chỉ tại Việt Nam', card.address),
    verifiedLine(holder),
  ];
}

/** A visa. */
export function visa(record: Immigration['visas'][number], holder: Immigration): string[] {
  return [
    ...head('Việt Nam', `Thị thực ${record.code}`, standingBy(record.validTo)),
    fact('Số', record.number),
    fact('Số lần nhập cảnh', wordFor('visaEntries', record.entries)),
    fact('Thời hạn', `${day(record.validFrom)} đến ${day(record.validTo)}`),
    fact('Bên mời, bảo lãnh', record.sponsor),
    verifiedLine(holder),
  ];
}

/** A driving licence. */
export function drivingLicence(licence: Licence): string[] {
  const hold = licence.heldOrSuspended;
  const points = licence.points
    .toSorted((one, other) => one.group.localeCompare(other.group))
    .map(({ group, value, lastDeductionAt, restoreAt }) =>
      joined(
        wordFor('vehicleGroup', group),
        `${value} trên 12 điểm`,
        lastDeductionAt === null ? null : `Bị trừ gần nhất ngày ${day(lastDeductionAt)}`,
        restoreAt === null ? null : `Phục hồi đủ 12 điểm ngày ${day(restoreAt)} nếu không bị trừ thêm`,
      ),
    );
  const until = hold?.until == null ? '' : ` đến ${day(hold.until)}`;
  return [
    ...head('Cộng hòa xã hội chủ nghĩa Việt Nam', 'Giấy phép lái xe', wordFor('standing', licence.status)),
    fact('Số', licence.number),
    fact('Họ và tên', licence.holder.fullName),
    fact('Ngày cấp', day(licence.issueDate)),
    fact('Cơ quan cấp', licence.issuingAuthority),
    ...(['LAW_2024', 'PRE_2025'] as const).flatMap((scheme) => classesOf(licence, scheme)),
    'Cùng một chữ có nghĩa khác nhau trước và sau ngày 01/01/2025.',
    fact('Điểm còn lại', joined(...points)),
    fact(
      'Điều kiện hạn chế',
      joined(...licence.restrictions.map(({ code, text }) => `${code} ${text}`)),
      'Không có',
    ),
    fact(
      'Tạm giữ, tước, thu hồi',
      hold &&
        joined(
          `${wordFor('hold', hold.kind)} từ ${day(hold.from)}${until}`,
          `${hold.authority}, quyết định ${hold.decisionNo}`,
        ),
      'Không có',
    ),
    verifiedLine(licence),
  ];
}

function classesOf({ classes }: Licence, scheme: 'LAW_2024' | 'PRE_2025'): string[] {
  const own = classes.filter((one) => one.scheme === scheme);
  if (own.length === 0) return [];
  const lines = own.map(({ class: letters, passDate, expiryDate }) =>
    joined(
      letters,
      wordFor(scheme, letters),
      passDate === null ? null : `Trúng tuyển ${day(passDate)}`,
      `${expiryDate === null ? '' : 'Có giá trị đến '}${validUntil(expiryDate)}`,
    ),
  );
  return [`# ${wordFor('scheme', scheme)}`, ...lines];
}

/** The first line of a vehicle: the list is compared as a set, cut before each of them. */
export const vehicleKicker = 'Chứng nhận đăng ký xe';

/** The registration of a vehicle with its plate. */
export function vehicle(record: VehicleRecord): string[] {
  const { inspection, mandatoryInsurance: cover, plateRecord: plate } = record;
  const overdue = inspection !== null && inspection.validTo < today();
  return [
    ...head(vehicleKicker, `${record.brand} ${record.model}`, overdue ? 'Đăng kiểm: Đã hết hạn' : null),
    joined(
      `Biển số ${record.plate}, ${wordFor('plateColour', plate.colour)}`,
      wordFor('plate', plate.kind),
      `Gắn xe từ ${day(plate.attachedFrom)}`,
    ),
    fact('Loại xe', wordFor('vehicle', record.type)),
    fact('Màu sơn', record.colour),
    fact(
      'Đăng kiểm',
      inspection &&
        joined(
          `${wordFor('check', inspection.result)}, có hiệu lực đến ${day(inspection.validTo)}`,
          `${inspection.centre}, số ${inspection.certificateNo}`,
        ),
      'Không yêu cầu hoặc chưa có',
    ),
    fact(
      'Bảo hiểm bắt buộc',
      cover && joined(`${cover.insurer}, đến ${day(cover.validTo)}`, `Số ${cover.number}`),
    ),
    'Chi tiết',
    fact('Họ và tên', record.holder.fullName),
    fact('Số đăng ký', record.registrationNumber),
    fact('Ngày đăng ký', day(record.issueDate)),
    fact('Nơi đăng ký', record.place),
    fact('Năm sản xuất', record.year),
    fact('Số chỗ', record.seats),
    fact('Nhiên liệu', wordFor('fuel', record.fuel)),
    fact('Số khung', record.chassisNumber),
    fact('Số máy', record.engineNumber),
    fact('Loại chủ xe', wordFor('owner', record.ownerKind)),
    verifiedLine(record),
  ];
}

/** The health insurance card. */
export function healthInsurance(card: NonNullable<Records['healthInsurance']>): string[] {
  const date = (text: string | null): string | null => (text === null ? null : day(text));
  return [
    '# Thẻ bảo hiểm y tế',
    joined(standingBy(card.validTo), synthetic),
    fact('Mã số thẻ', grouped(card.number)),
    fact('Họ và tên', card.holder.fullName),
    fact('Nơi đăng ký khám chữa bệnh ban đầu', card.registeredFacility.name),
    fact('Có giá trị từ', date(card.validFrom)),
    fact('Có giá trị đến', validUntil(card.validTo)),
    fact('Thời điểm đủ 5 năm liên tục', date(card.fiveYearContinuousFrom)),
    fact('Ngày cấp', date(card.issueDate)),
    fact('Nơi cấp', card.issuePlace),
    fact('Mức hưởng', `${card.ratePercent} % chi phí trong phạm vi được hưởng`),
    fact('Mã đối tượng', card.object),
    fact('Mã thẻ đầy đủ', card.code15),
    verifiedLine(card),
  ];
}

/** The social insurance book. */
export function socialInsurance(member: NonNullable<Records['socialInsurance']>): string[] {
  const [years, months] = [Math.floor(member.totalMonths / 12), member.totalMonths % 12];
  const total = [years > 0 && `${years} năm`, (months > 0 || years === 0) && `${months} tháng`].filter(
    Boolean,
  );
  return [
    '# Sổ bảo hiểm xã hội',
    synthetic,
    fact('Mã số bảo hiểm xã hội', grouped(member.number)),
    fact('Họ và tên', member.holder.fullName),
    fact('Cơ quan quản lý', member.managingAgency),
    fact('Trạng thái tham gia', wordFor('membership', member.status)),
    fact('Hình thức', wordFor('participation', member.participationType)),
    fact('Tổng thời gian đóng', total.join(' ')),
    verifiedLine(member),
  ];
}
