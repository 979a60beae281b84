import { hasCompleted } from '@dinhdanh/kit';
import type { ApplicantKind, RegistrationChannel } from '../registration.ts';
import { article, decision34, decree59, decree69, validOn } from './dated.ts';
import type { Dated, Words } from './dated.ts';

/** Who gets a level, where and how. */
export interface LevelRow extends Dated {
  readonly kind: ApplicantKind;
  readonly fromAge: number | null;
  readonly belowAge: number | null;
  readonly level: 1 | 2 | null;
  readonly channel: RegistrationChannel;
  readonly byRepresentative: boolean;
  readonly onDemand: boolean;
  readonly where: Words;
}

const APP: Words = { vi: 'Ứng dụng VNeID', en: 'The VNeID app' };
const POLICE: Words = {
  vi: 'Công an cấp xã hoặc cơ quan quản lý căn cước, không phụ thuộc nơi cư trú',
  en: 'The commune police or any identity card office, wherever one lives',
};
const POLICE_BEFORE: Words = {
  vi: 'Công an xã, phường, thị trấn hoặc nơi làm thủ tục cấp thẻ',
  en: 'The commune police or where cards are issued',
};
const CARD_OFFICE: Words = {
  vi: 'Công an cấp huyện, cấp tỉnh nơi làm thủ tục cấp thẻ căn cước công dân gắn chip',
  en: 'The district or province police where chip cards are issued',
};
const IMMIGRATION: Words = {
  vi: 'Cơ quan quản lý xuất nhập cảnh Bộ Công an hoặc Công an cấp tỉnh',
  en: 'The immigration authority of the ministry or of the province police',
};

type Row = Omit<LevelRow, keyof Dated>;
type Ages = readonly [from: number | null, below: number | null];

function app(kind: ApplicantKind, [fromAge, belowAge]: Ages, more: Partial<Row> = {}): Row {
  const byRepresentative = kind === 'CHILD' || kind === 'WARD';
  const base = { kind, fromAge, belowAge, level: 1, channel: 'APP', onDemand: false, where: APP } as const;
  return { ...base, byRepresentative, ...more };
}

function desk(kind: ApplicantKind, ages: Ages, where: Words, more: Partial<Row> = {}): Row {
  return app(kind, ages, { level: 2, channel: 'IN_PERSON', where, ...more });
}

function dated(period: Dated, rows: readonly Row[]): LevelRow[] {
  return rows.map((row) => ({ ...row, ...period }));
}

const ANY_AGE: Ages = [null, null];

/** Decision 34 (arts. 5 and 6): those under 14 and other wards are registered under the account of who represents them. */
const first: readonly Row[] = [
  app('CITIZEN', [14, null]),
  desk('CITIZEN', [14, null], CARD_OFFICE),
  app('CHILD', [null, 14]),
  app('WARD', ANY_AGE),
  app('FOREIGN_RESIDENT', [14, null]),
  desk('FOREIGN_RESIDENT', [14, null], IMMIGRATION),
  app('ORGANISATION', ANY_AGE, { level: null }),
];

/** Decree 59 (arts. 11 and 14). */
const second: readonly Row[] = [
  app('CITIZEN', [14, null]),
  desk('CITIZEN', [14, null], POLICE_BEFORE),
  app('CHILD', [null, 14]),
  app('WARD', ANY_AGE),
  app('FOREIGN_RESIDENT', [14, null]),
  desk('FOREIGN_RESIDENT', [14, null], IMMIGRATION),
  app('ORGANISATION', ANY_AGE, { level: null }),
];

/** Decree 69 (arts. 7 to 12): accounts of one’s own from birth on. */
const third: readonly Row[] = [
  app('CITIZEN', [14, null]),
  desk('CITIZEN', [14, null], POLICE),
  app('CHILD', [null, 6]),
  app('CHILD', [6, 14], { onDemand: true }),
  desk('CHILD', [6, 14], POLICE, { onDemand: true }),
  app('WARD', ANY_AGE),
  desk('WARD', ANY_AGE, POLICE),
  app('FOREIGN_RESIDENT', [6, null]),
  desk('FOREIGN_RESIDENT', [6, null], IMMIGRATION, { onDemand: true }),
  app('ORGANISATION', ANY_AGE, { level: null }),
];

/** Who got and gets which level. */
export const levelRows: readonly LevelRow[] = [
  ...dated(article(decision34, 'Điều 5, 6'), first),
  ...dated(article(decree59, 'Điều 7, 11, 14'), second),
  ...dated(article(decree69, 'Điều 7, 8, 10, 11, 12'), third),
];

/** What somebody asks for. */
export interface LevelAsked {
  readonly kind: ApplicantKind;
  readonly level: 1 | 2 | null;
  readonly channel: RegistrationChannel;
}

/** Whether such an account is given at all on a legal day, by this way. */
export function isOffered(asked: LevelAsked, day: string): boolean {
  return rowsFor(asked, day).length > 0;
}

/** Whether a person born on a date is of the age for it on a legal day. Of an incomplete date the latest possible birthday counts. */
export function isOfAge(asked: LevelAsked, dateOfBirth: string, day: string): boolean {
  return rowsFor(asked, day).some(
    ({ fromAge, belowAge }) =>
      (fromAge === null || hasCompleted(dateOfBirth, fromAge, day)) &&
      (belowAge === null || !hasCompleted(dateOfBirth, belowAge, day)),
  );
}

function rowsFor({ kind, level, channel }: LevelAsked, day: string): LevelRow[] {
  return validOn(levelRows, day).filter(
    (row) => row.kind === kind && row.level === level && row.channel === channel,
  );
}
