import type { Persona } from '@dinhdanh/people';
import {
  drivingLicence,
  fact,
  healthInsurance,
  identityCard,
  joined,
  passport,
  socialInsurance,
  sourceLine,
  vehicle,
} from './expected-documents.ts';
import type { ExpectedPart } from './expected-identity.ts';
import { expectedProfile } from './expected-profile.ts';
import { instant, wordFor } from './words.ts';

type Link = Persona['account']['linkedDocuments'][number];

/** What a level 1 account reads of itself; the other terms say what they wait for. */
const basicTerms = new Set([
  'Họ và tên',
  'Số định danh cá nhân',
  'Ngày sinh',
  'Giới tính',
  'Quốc tịch',
  'Số điện thoại',
  'Thư điện tử',
  'Tên gọi khác',
  'Tình trạng hồ sơ',
  'Căn cước điện tử',
  'Số',
  'Ngày cấp',
  'Có giá trị đến',
  'Nơi cấp',
  'Nơi thường trú',
  'Nơi ở hiện tại',
]);

/** The profile of a level 1 account: the basic parts, and for the rest the words that it opens at level 2. */
export function expectedAtLevelOne(records: Persona['records']): readonly ExpectedPart[] {
  return expectedProfile(records).map(({ title, lines, sources }, position) => {
    if (position > 2) {
      return { title, lines: ['Phần này mở khi tài khoản đạt mức độ 2.'], sources: [] };
    }
    const open = lines.map((line) => {
      const term = /^([^:·]+): /.exec(line)?.[1];
      if (line.startsWith('(Ảnh')) return 'Mức độ 2';
      return term === undefined ||
        basicTerms.has(term) ||
        line.startsWith('Nếu') ||
        line.startsWith('Xác minh')
        ? line
        : `${term}: Mức độ 2`;
    });
    return { title, lines: ['Chỗ ghi “Mức độ 2” mở khi tài khoản đạt mức độ 2.', ...open], sources };
  });
}

/** The wallet: each linked document as its registry holds it, the first linked first, those still waiting last. */
export function expectedWallet({ account, records }: Persona): readonly ExpectedPart[] {
  const linkedAt = (link: Link): string => link.linkedAt ?? '9999';
  const inOrder = account.linkedDocuments.toSorted((one, other) =>
    linkedAt(one).localeCompare(linkedAt(other)),
  );
  return inOrder.map((link) => {
    const marks = joined(
      wordFor('linkStatus', link.status),
      link.linkedAt === null ? null : `Tích hợp lúc ${instant(link.linkedAt)}`,
      link.evidence === null ? null : wordFor('linkEvidence', link.evidence),
    );
    const title = wordFor('documentKind', link.kind);
    if (link.status !== 'LINKED') {
      return {
        title,
        lines: [marks, 'Cơ quan cấp đang xác minh. Khi xong, giấy tờ tự hiện ở đây.'],
        sources: [],
      };
    }
    const { lines, source } = linkedDocument(link, records);
    return { title, lines: [marks, ...lines], sources: [[source]] };
  });
}

interface LinkedDocument {
  readonly lines: readonly string[];
  readonly source: string;
}

function linkedDocument({ ref }: Link, records: Persona['records']): LinkedDocument {
  const { population, immigration, socialInsurance: social, healthInsurance: health } = records;
  const card = population?.identityCard;
  if (population !== undefined && card?.ref === ref) {
    return { lines: identityCard(card, population, true), source: sourceLine('identityCards', population) };
  }
  const travel = immigration?.passports.find((one) => one.ref === ref);
  if (immigration !== undefined && travel !== undefined) {
    return { lines: passport(travel, immigration), source: sourceLine('immigration', immigration) };
  }
  const licence = records.drivingLicences.find((one) => one.ref === ref);
  if (licence !== undefined) {
    return { lines: drivingLicence(licence), source: sourceLine('drivingLicences', licence) };
  }
  const owned = records.vehicles.find((one) => one.ref === ref);
  if (owned !== undefined) return { lines: vehicle(owned), source: sourceLine('vehicles', owned) };
  if (social?.ref === ref) {
    return { lines: socialInsurance(social), source: sourceLine('socialInsurance', social) };
  }
  if (health?.ref === ref) {
    return { lines: healthInsurance(health), source: sourceLine('socialInsurance', health) };
  }
  throw new TypeError(`no record for the linked document ${ref}`);
}

/** The account itself; telephone and address are shown in part. */
export function expectedAccount({ account }: Persona): readonly string[] {
  const { status, level, phone, email, boundDevice, approvedAt, activatedAt } = account;
  const time = (at: string | null): string | null => (at === null ? null : instant(at));
  return [
    fact('Trạng thái', wordFor('accountStatus', status)),
    fact('Mức độ định danh', `Mức độ ${level}`),
    fact('Điện thoại nhận thông báo', phone && `${phone.slice(0, 4)}•••••${phone.slice(-3)}`),
    fact('Thư điện tử', email && `${email.slice(0, 1)}•••${email.slice(email.indexOf('@'))}`),
    fact('Thiết bị đã liên kết', boundDevice && `${boundDevice.model}, từ ${instant(boundDevice.boundAt)}`),
    fact('Phê duyệt lúc', time(approvedAt)),
    fact('Kích hoạt lúc', time(activatedAt)),
  ];
}
