import type { Persona } from '@dinhdanh/people';
import {
  drivingLicence,
  fact,
  healthInsurance,
  joined,
  socialInsurance,
  sourceLine,
  vehicle,
  visa,
} from './expected-documents.ts';
import { disagreement, family, identity, nobody, papers, residence } from './expected-identity.ts';
import type { ExpectedPart } from './expected-identity.ts';
import { day, money, wordFor } from './words.ts';

type Records = Persona['records'];

/** The whole profile as a Vietnamese screen must show it, unfolded, from what `cast.json` states of the records. */
export function expectedProfile(records: Records): readonly ExpectedPart[] {
  return [
    identity(records),
    papers(records),
    residence(records),
    family(records),
    driving(records),
    vehicles(records),
    insurance(records),
    travel(records),
  ];
}

/** A history, opened: its entries and its end, or that there is nothing. */
function opened(what: string, entries: readonly (readonly string[])[]): string[] {
  if (entries.length === 0) return [`[Ẩn ${what}] · Không có mục nào trong hồ sơ.`];
  return [`[Ẩn ${what}]`, ...entries.flat(), 'Đã hết danh sách.'];
}

function driving({ population, drivingLicences: licences }: Records): ExpectedPart {
  const title = 'Giấy phép lái xe';
  if (licences.length === 0) {
    return { title, lines: nobody('giấy phép lái xe', 'driving-licences'), sources: [] };
  }
  const entries = licences[0]?.deductions.map(({ date, points, group, article, decisionNo }) => [
    day(date),
    fact('Số điểm', points),
    fact('Nhóm xe', wordFor('vehicleGroup', group)),
    fact('Điều khoản', article),
    fact('Quyết định', decisionNo),
  ]);
  return {
    title,
    lines: [
      ...disagreement(
        population,
        'driving-licences',
        licences.map(({ holder }) => holder),
      ),
      ...licences.flatMap(drivingLicence),
      ...opened('lịch sử trừ điểm', entries ?? []),
    ],
    sources: [licences.slice(0, 1).map((licence) => sourceLine('drivingLicences', licence))],
  };
}

function vehicles({ population, vehicles: owned, retainedPlates: plates }: Records): ExpectedPart {
  const kept = plates.map(({ plate, kind, colour, retainedUntil }) =>
    joined(
      `Biển số ${plate}, ${wordFor('plateColour', colour)}`,
      wordFor('plate', kind),
      `Giữ được đến ${day(retainedUntil)}`,
    ),
  );
  const note = 'Biển số thuộc về chủ xe. Sau 5 năm không gắn xe, biển số trở về kho.';
  const first = owned.length > 0 ? owned : plates.slice(0, 1);
  return {
    title: 'Phương tiện',
    lines: [
      ...disagreement(
        population,
        'vehicles',
        owned.map(({ holder }) => holder),
      ),
      ...(owned.length === 0 ? nobody('phương tiện đăng ký', 'vehicles') : [`${owned.length} phương tiện`]),
      ...owned.flatMap(vehicle),
      ...(kept.length === 0 ? [] : ['# Biển số đang giữ lại', ...kept, note]),
    ],
    sources: first.length === 0 ? [] : [first.map((record) => sourceLine('vehicles', record))],
  };
}

function insurance({ population, socialInsurance: social, healthInsurance: health }: Records): ExpectedPart {
  const time = (from: string, to: string | null): string =>
    `${day(from)} đến ${to === null ? 'nay' : day(to)}`;
  const paid = social?.contributionPeriods
    .toReversed()
    .map(({ from, to, employer, workplace, salaryBase }) => [
      time(from, to),
      fact('Đơn vị', employer),
      fact('Nơi làm việc', workplace),
      fact('Mức lương đóng', money(salaryBase)),
    ]);
  const received = social?.benefitsReceived.map(({ kind, from, to, amount }) => [
    wordFor('benefit', kind),
    fact('Thời gian', time(from, to)),
    fact('Số tiền', money(amount)),
  ]);
  const visits = health?.medicalVisits.map(({ admittedOn, dischargedOn, facility, reason, amountPaid }) => [
    dischargedOn === null || dischargedOn === admittedOn ? day(admittedOn) : time(admittedOn, dischargedOn),
    fact('Cơ sở', facility),
    fact('Lý do khám', reason),
    fact('Bảo hiểm chi trả', money(amountPaid)),
  ]);
  const first = social ?? health;
  return {
    title: 'Bảo hiểm',
    lines: [
      ...disagreement(
        population,
        'social-insurance',
        [social, health].flatMap((record) => (record === undefined ? [] : [record.holder])),
      ),
      ...(health === undefined ? [] : healthInsurance(health)),
      ...(social === undefined ? [] : socialInsurance(social)),
      ...(health === undefined ? nobody('thẻ bảo hiểm y tế', 'social-insurance') : []),
      ...(social === undefined ? nobody('bảo hiểm xã hội', 'social-insurance') : []),
      ...(social === undefined
        ? []
        : [...opened('quá trình đóng', paid ?? []), ...opened('chế độ đã hưởng', received ?? [])]),
      ...(health === undefined ? [] : opened('lịch sử khám chữa bệnh', visits ?? [])),
    ],
    sources: first === undefined ? [] : [[sourceLine('socialInsurance', first)]],
  };
}

function travel({ population, immigration }: Records): ExpectedPart {
  const visas = immigration?.visas ?? [];
  const crossed = (crossings: readonly { readonly date: string; readonly gate: string }[] = []): string[][] =>
    crossings.map(({ date, gate }) => [day(date), fact('Cửa khẩu', gate)]);
  return {
    title: 'Thị thực và xuất nhập cảnh',
    lines: [
      ...(visas.length === 0 && population !== undefined ? ['Công dân Việt Nam không cần thị thực.'] : []),
      ...(visas.length === 0 && population === undefined ? nobody('thị thực', 'immigration') : []),
      ...visas.flatMap((one) => (immigration === undefined ? [] : visa(one, immigration))),
      ...opened('lịch sử nhập cảnh', crossed(immigration?.entries)),
      ...opened('lịch sử xuất cảnh', crossed(immigration?.exits)),
    ],
    sources:
      immigration === undefined || visas.length === 0 ? [] : [[sourceLine('immigration', immigration)]],
  };
}
