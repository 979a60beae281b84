import type { Persona } from '@dinhdanh/people';
import { fact, identityCard, joined, passport, residenceCard, sourceLine } from './expected-documents.ts';
import { agencies, day, grouped, wordFor } from './words.ts';

type Records = Persona['records'];
type Population = NonNullable<Records['population']>;
type Residence = NonNullable<Population['permanentResidence']>;

/** What a section of the profile must say. */
export interface ExpectedPart {
  readonly title: string;
  readonly lines: readonly string[];
  /** Each source line in its order; where the answer may begin with any of several records, the line of each of them. */
  readonly sources: readonly (readonly string[])[];
}

/** A register that holds nothing of what it is asked for, and whom to tell. */
export function nobody(what: string, service: keyof typeof agencies): string[] {
  const advice = 'chỉ nơi này bổ sung hoặc đính chính được.';
  return [
    `Không có ${what} trong cơ sở dữ liệu`,
    `Nếu bạn cho là thiếu, hãy liên hệ ${agencies[service]}: ${advice}`,
  ];
}

function hidden(number: string | null): string | null {
  return number === null ? null : joined(grouped(number), '[Ẩn số]');
}

/** Who the person is. */
export function identity({ population, immigration }: Records): ExpectedPart {
  const title = 'Thông tin cá nhân';
  const person = population ?? immigration;
  if (person === undefined) throw new TypeError('a person is in one registry of identity');
  const basic = (numberTerm: string): string[] => [
    fact('Họ và tên', person.fullName),
    fact(numberTerm, hidden(person.personalNumber)),
    fact('Ngày sinh', day(person.dateOfBirth)),
    fact('Giới tính', wordFor('sex', person.sex)),
    fact('Quốc tịch', person.nationality.map((code) => wordFor('country', code)).join(', ')),
  ];
  if (population === undefined) {
    const lines = basic('Số định danh của người nước ngoài');
    return { title, lines, sources: [[sourceLine('immigration', person)]] };
  }
  const { status, level } = population.eIdentity;
  const portrait = population.identityCard === null ? 'Chưa có ảnh' : '(Ảnh chân dung (hình vẽ giả lập))';
  const lines = [
    portrait,
    ...basic('Số định danh cá nhân'),
    fact('Dân tộc', population.ethnicity),
    fact('Tôn giáo', population.religion),
    fact('Nhóm máu', population.bloodGroup === null ? null : wordFor('blood', population.bloodGroup)),
    fact('Nơi sinh', population.placeOfBirth?.text),
    fact('Nơi đăng ký khai sinh', population.birthRegistrationPlace?.text),
    fact('Quê quán', population.placeOfOrigin?.text),
    fact('Số điện thoại', population.phone),
    fact('Thư điện tử', population.email),
    fact('Nghề nghiệp', population.occupation),
    fact('Tên gọi khác', population.otherName),
    fact('Số chứng minh nhân dân cũ', hidden(population.oldIdNumber)),
    fact('Số định danh đã hủy', population.previousNumbers.join(', ')),
    fact('Tình trạng hồ sơ', wordFor('recordStatus', population.status)),
    fact(
      'Căn cước điện tử',
      `${wordFor('electronicIdentity', status)}${level === null ? '' : `, mức độ ${level}`}`,
    ),
  ];
  return { title, lines, sources: [[sourceLine('population', population)]] };
}

/** Identity card or residence card, and passports. */
export function papers({ population, immigration }: Records): ExpectedPart {
  const citizen = population;
  const card = citizen?.identityCard ?? null;
  const stay = immigration?.residenceCard ?? null;
  const passports = immigration?.passports ?? [];
  return {
    title: 'Giấy tờ tùy thân',
    lines: [
      ...disagreement(
        population,
        'immigration',
        immigration === undefined || passports.length === 0 ? [] : [immigration],
      ),
      ...(citizen !== undefined && card !== null ? identityCard(card, citizen) : []),
      ...(immigration !== undefined && stay !== null ? residenceCard(stay, immigration) : []),
      ...passports.flatMap((one) => (immigration === undefined ? [] : passport(one, immigration))),
      ...(citizen !== undefined && card === null ? nobody('thẻ căn cước', 'population') : []),
      ...(passports.length === 0 ? nobody('hộ chiếu', 'immigration') : []),
    ],
    sources: [
      ...(citizen !== undefined && card !== null ? [[sourceLine('identityCards', citizen)]] : []),
      ...(immigration !== undefined && (stay !== null || passports.length > 0)
        ? [[sourceLine('immigration', immigration)]]
        : []),
    ],
  };
}

/** A holder as a registry wrote them on a document. */
interface Holder {
  readonly fullName: string;
  readonly dateOfBirth: string;
}

/** A name without marks and in capitals: so written it is the same name, as old records have it. */
function bare(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/đ/gi, 'd').toUpperCase();
}

/** Two sources that wrote different things about one person: both, and who corrects them. */
export function disagreement(
  population: Records['population'],
  service: keyof typeof agencies,
  holders: readonly Holder[],
): string[] {
  if (population === undefined) return [];
  const agency = agencies[service];
  const pair = (title: string, first: string, others: readonly string[]): string[] => {
    const differing = new Set(others.filter((other) => bare(other) !== bare(first)));
    if (differing.size === 0) return [];
    const own = fact('Cơ sở dữ liệu quốc gia về dân cư', first);
    return [title, own, fact(agency, [...differing].join('; '))];
  };
  const name = holders.map(({ fullName }) => fullName);
  const birth = holders.map(({ dateOfBirth }) => day(dateOfBirth));
  const found = [
    ...pair('Họ và tên', population.fullName, name),
    ...pair('Ngày sinh', day(population.dateOfBirth), birth),
  ];
  if (found.length === 0) return [];
  return ['Hai cơ quan ghi khác nhau', ...found, `Nơi đính chính: ${agency}. Hãy mang theo thẻ căn cước.`];
}

function home(term: string, place: Residence | null, until?: string): string {
  if (place === null) return fact(term, null);
  const { text, legacyText, asOf } = place;
  return fact(
    term,
    joined(
      text,
      legacyText === null || legacyText === text ? null : `Trên giấy tờ cũ: ${legacyText}`,
      asOf === null ? null : `Từ ngày ${day(asOf)}`,
      until === undefined ? null : `Đăng ký tạm trú đến ${day(until)}`,
    ),
  );
}

/** Where the person lives. */
export function residence({ population, immigration }: Records): ExpectedPart {
  const title = 'Cư trú';
  if (population === undefined) {
    const until = immigration?.temporaryStayCertifiedUntil ?? null;
    return {
      title,
      lines: [
        fact('Địa chỉ tại Việt Nam', immigration?.residenceCard?.address),
        fact('Được chứng nhận tạm trú đến', until === null ? null : day(until)),
      ],
      sources: immigration === undefined ? [] : [[sourceLine('immigration', immigration)]],
    };
  }
  const { temporaryResidence: stay, temporaryAbsence: absence } = population;
  const left =
    absence &&
    joined(
      `Từ ${day(absence.from)}${absence.to === null ? '' : ` đến ${day(absence.to)}`}`,
      absence.destination === null ? null : `Nơi đến: ${absence.destination}`,
      absence.reason === null ? null : `Lý do: ${absence.reason}`,
    );
  return {
    title,
    lines: [
      home('Nơi thường trú', population.permanentResidence),
      home('Nơi tạm trú', stay, stay?.validTo ?? undefined),
      home('Nơi ở hiện tại', population.currentResidence),
      fact('Tạm vắng', left),
      fact('Số hồ sơ cư trú', population.residenceFileNumber),
    ],
    sources: [[sourceLine('population', population)]],
  };
}

/** The family and the household. */
export function family({ population }: Records): ExpectedPart {
  const title = 'Gia đình và hộ gia đình';
  if (population === undefined) {
    const reason = 'Cơ sở dữ liệu về xuất nhập cảnh không ghi thông tin gia đình của người nước ngoài.';
    return { title, lines: [reason], sources: [] };
  }
  const { father, mother, spouse, children, legalRepresentative, represented } = population;
  const relatives = [father, mother, spouse, ...children, legalRepresentative, ...represented]
    .filter((relative) => relative !== null)
    .map(({ relation, fullName }) => fact(wordFor('relation', relation), fullName));
  const { relationToHead } = population;
  return {
    title,
    lines: [
      fact('Tình trạng hôn nhân', wordFor('marital', population.maritalStatus)),
      '# Người thân',
      ...(relatives.length === 0 ? ['Không có trong hồ sơ'] : relatives),
      '# Hộ gia đình',
      fact('Quan hệ với chủ hộ', relationToHead === null ? null : wordFor('household', relationToHead)),
      ...population.householdMembers.map((member) =>
        fact(wordFor('household', member.relationToHead), member.fullName),
      ),
    ],
    sources: [[sourceLine('population', population)]],
  };
}
