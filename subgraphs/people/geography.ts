import communeRows from './data/communes.json' with { type: 'json' };
import provinceRows from './data/provinces.json' with { type: 'json' };
import { type Stream, Weighted } from './prng.ts';

/** A commune (xã, phường, đặc khu) of the two-tier map in force since 2025-07-01. */
export interface Commune {
  readonly code: string;
  readonly name: string;
  readonly urban: boolean;
  /** One of the places it was made of, in the old three tiers: "Phường A, Quận B, Thành phố C". */
  readonly former: string;
}

/** A province of the 34, with what the recipe needs to know of it. */
export interface Province {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  readonly region: 'north' | 'central' | 'south';
  readonly population: number;
  readonly plateCodes: readonly string[];
  readonly formerProvinces: readonly string[];
  readonly minorityShare: number;
  readonly hardArea: boolean;
  readonly minorities: Weighted<string>;
  readonly communes: readonly Commune[];
  readonly draw: Weighted<Commune>;
}

/** How many people a phường has for each in a xã, so that 38.1 % of all people live in a phường. */
const URBAN_WEIGHT = 1.9153;

const STREETS =
  'Lê Lợi,Trần Hưng Đạo,Nguyễn Trãi,Hai Bà Trưng,Lý Thường Kiệt,Quang Trung,Phan Chu Trinh,Ngô Quyền,Điện Biên Phủ,Hùng Vương,Võ Thị Sáu,Nguyễn Du,Bà Triệu,Phan Đình Phùng,Hoàng Hoa Thám,Lê Hồng Phong,Nguyễn Huệ,Trường Chinh'.split(
    ',',
  );

function communesOf(code: string): Commune[] {
  const rows =
    (communeRows as unknown as Readonly<Record<string, readonly (readonly string[])[]>>)[code] ?? [];
  return rows.map(([number = '', name = '', former = '']) => ({
    code: number,
    name,
    urban: name.startsWith('Phường'),
    former,
  }));
}

function provinceOf(row: (typeof provinceRows)[number]): Province {
  const communes = communesOf(row.code);
  return {
    code: row.code,
    name: row.name,
    fullName: row.fullName,
    region: row.region as Province['region'],
    population: row.population,
    plateCodes: row.plateCodes,
    formerProvinces: row.formerProvinces,
    minorityShare: row.minorityShare,
    hardArea: row.hardArea,
    minorities: new Weighted(Object.entries(row.minorities as unknown as Record<string, number>)),
    communes,
    draw: new Weighted(communes.map((commune) => [commune, commune.urban ? URBAN_WEIGHT : 1] as const)),
  };
}

/** The 34 provinces in the order of their codes. */
export const PROVINCES: readonly Province[] = provinceRows.map(provinceOf);

/** Provinces drawn by their population. */
export const PROVINCE_DRAW = new Weighted(
  PROVINCES.map((province) => [province, province.population] as const),
);

/** House and street in a phường, hamlet in a xã. */
export function houseAddress(stream: Stream, commune: Commune): string {
  if (commune.urban) return `Số ${stream.between(1, 399)} đường ${stream.of(STREETS)}`;
  return stream.chance(0.7) ? `Thôn ${stream.between(1, 14)}` : `Tổ ${stream.between(1, 20)}`;
}

const FACILITY_KINDS = ['Trạm Y tế', 'Trung tâm Y tế', 'Bệnh viện Đa khoa'] as const;

/** The hospital a card of this province names; the names are invented. */
export function facility(stream: Stream, province: Province): { code: string; name: string } {
  const at = stream.below(province.communes.length);
  const kind = stream.below(FACILITY_KINDS.length);
  const bare = (province.communes[at] as Commune).name.replace(/^(Phường|Xã|Đặc khu) /u, '');
  const number = String(at * FACILITY_KINDS.length + kind + 1).padStart(3, '0');
  return { code: `${province.code}${number}`, name: `${FACILITY_KINDS[kind]} ${bare} (giả lập)` };
}
