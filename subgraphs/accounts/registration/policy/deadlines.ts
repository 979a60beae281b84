import type { ApplicantKind } from '../registration.ts';
import { article, decision34, decree59, decree69, validOn } from './dated.ts';
import type { Dated, Words } from './dated.ts';

/** The cases that have a deadline of their own. */
export type DeadlineCase =
  | 'CITIZEN_WITH_CARD_LEVEL_1'
  | 'CITIZEN_WITH_CARD_LEVEL_2'
  | 'CITIZEN_WITHOUT_CARD'
  | 'FOREIGNER_LEVEL_1'
  | 'FOREIGNER_KNOWN_LEVEL_2'
  | 'FOREIGNER_NEW_LEVEL_2'
  | 'ORGANISATION_AUTHENTICATED'
  | 'ORGANISATION_NEW'
  | 'ACTIVATION';

/** How long a case takes at most, counted from the receipt of the file; the activation from the notice. */
export interface DeadlineRow extends Dated {
  readonly code: DeadlineCase;
  readonly kind: ApplicantKind | null;
  readonly level: 1 | 2 | null;
  readonly days: number;
  readonly workingDays: boolean;
  readonly text: Words;
}

type Case = Omit<DeadlineRow, keyof Dated>;

function of(
  code: DeadlineCase,
  who: readonly [ApplicantKind | null, 1 | 2 | null],
  [days, unit]: readonly [number, 'working' | 'calendar'],
  vi: string,
  en: string,
): Case {
  return { code, kind: who[0], level: who[1], days, workingDays: unit === 'working', text: { vi, en } };
}

const persons: readonly Case[] = [
  of(
    'CITIZEN_WITH_CARD_LEVEL_1',
    ['CITIZEN', 1],
    [1, 'working'],
    'Công dân đã có thẻ gắn chip, mức độ 1',
    'Citizen with a valid chip card, level 1',
  ),
  of(
    'CITIZEN_WITH_CARD_LEVEL_2',
    ['CITIZEN', 2],
    [3, 'working'],
    'Công dân đã có thẻ gắn chip, mức độ 2',
    'Citizen with a valid chip card, level 2',
  ),
  of(
    'CITIZEN_WITHOUT_CARD',
    ['CITIZEN', 2],
    [7, 'working'],
    'Công dân chưa có thẻ gắn chip hoặc thẻ hết hạn, cùng thủ tục cấp thẻ',
    'Citizen without a valid chip card, together with the card',
  ),
  of(
    'FOREIGNER_LEVEL_1',
    ['FOREIGN_RESIDENT', 1],
    [1, 'working'],
    'Người nước ngoài, mức độ 1',
    'Foreigner, level 1',
  ),
  of(
    'FOREIGNER_KNOWN_LEVEL_2',
    ['FOREIGN_RESIDENT', 2],
    [3, 'working'],
    'Người nước ngoài đã có ảnh chân dung và vân tay trong cơ sở dữ liệu, mức độ 2',
    'Foreigner whose portrait and fingerprints are in the immigration database, level 2',
  ),
  of(
    'FOREIGNER_NEW_LEVEL_2',
    ['FOREIGN_RESIDENT', 2],
    [7, 'working'],
    'Người nước ngoài chưa có ảnh chân dung, vân tay trong cơ sở dữ liệu, mức độ 2',
    'Foreigner whose portrait and fingerprints are yet to be taken, level 2',
  ),
];

const ORGANISATION = ['ORGANISATION', null] as const;
const AUTHENTICATED = 'Tổ chức đã được xác thực trong cơ sở dữ liệu quốc gia, chuyên ngành';
const NEW = 'Tổ chức chưa được xác thực';

/** The decrees’ figures; articles of 2022 gave those of `earlyOrganisations`. */
const organisations: readonly Case[] = [
  of(
    'ORGANISATION_AUTHENTICATED',
    ORGANISATION,
    [3, 'working'],
    AUTHENTICATED,
    'Organisation whose data are in a national database',
  ),
  of('ORGANISATION_NEW', ORGANISATION, [15, 'calendar'], NEW, 'Organisation whose data are in none'),
];

const earlyOrganisations: readonly Case[] = [
  of(
    'ORGANISATION_AUTHENTICATED',
    ORGANISATION,
    [1, 'working'],
    AUTHENTICATED,
    'Organisation whose data are in a national database',
  ),
  of('ORGANISATION_NEW', ORGANISATION, [15, 'working'], NEW, 'Organisation whose data are in none'),
];

const activation = of(
  'ACTIVATION',
  [null, null],
  [7, 'calendar'],
  'Kích hoạt tài khoản kể từ khi nhận thông báo phê duyệt',
  'Activation, counted from the notice of approval',
);

function dated(period: Dated, cases: readonly Case[]): DeadlineRow[] {
  return cases.map((row) => ({ ...row, ...period }));
}

/** The deadlines of three texts; those of Decision 34 as they were published at the time, to be confirmed. */
export const deadlineRows: readonly DeadlineRow[] = [
  ...dated(article(decision34, '(to be confirmed)'), [...persons, ...earlyOrganisations, activation]),
  ...dated(article(decree59, 'Điều 17'), [...persons, ...organisations]),
  ...dated(article(decree59, 'Điều 18'), [activation]),
  ...dated(article(decree69, 'Điều 13'), [...persons, ...organisations]),
  ...dated(article(decree69, 'Điều 14'), [activation]),
];

/** What decides which deadline a registration has. */
export interface DeadlineFacts {
  readonly kind: ApplicantKind;
  readonly level: 1 | 2 | null;
  /** A citizen: holds a valid chip card. */
  readonly hasCard: boolean;
  /** A foreigner: portrait and fingerprints stand in the immigration database. */
  readonly biometricsKnown: boolean;
  /** An organisation: its data stand in a national or specialised database. */
  readonly authenticated: boolean;
  /** Whether the person, whatever the kind, is a foreigner: a child or ward may be one. */
  readonly isForeigner: boolean;
}

/** The case a registration falls under. */
export function deadlineCase(facts: DeadlineFacts): DeadlineCase {
  if (facts.kind === 'ORGANISATION')
    return facts.authenticated ? 'ORGANISATION_AUTHENTICATED' : 'ORGANISATION_NEW';
  if (facts.isForeigner) {
    if (facts.level !== 2) return 'FOREIGNER_LEVEL_1';
    return facts.biometricsKnown ? 'FOREIGNER_KNOWN_LEVEL_2' : 'FOREIGNER_NEW_LEVEL_2';
  }
  if (facts.level !== 2) return 'CITIZEN_WITH_CARD_LEVEL_1';
  return facts.hasCard ? 'CITIZEN_WITH_CARD_LEVEL_2' : 'CITIZEN_WITHOUT_CARD';
}

/** The deadline of a case on a legal day; null before there were any accounts. */
export function deadlineOn(code: DeadlineCase, day: string): DeadlineRow | null {
  return validOn(deadlineRows, day).find((row) => row.code === code) ?? null;
}
