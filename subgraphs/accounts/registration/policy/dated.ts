/** A rule as law dates it: from its first day on, until the day another takes its place. */
export interface Dated {
  readonly law: string;
  /** The first day on which it holds, `YYYY-MM-DD`. */
  readonly validFrom: string;
  /** The first day on which it no longer holds; null where none is known. */
  readonly validTo: string | null;
}

/** A text in both languages. */
export interface Words {
  readonly vi: string;
  readonly en: string;
}

/** The rows that hold on a legal day. */
export function validOn<Row extends Dated>(rows: readonly Row[], day: string): Row[] {
  return rows.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo));
}

/** Decision 34/2021: the first accounts. */
export const decision34 = {
  law: '34/2021/QĐ-TTg',
  validFrom: '2021-11-08',
  validTo: '2022-10-20',
} as const satisfies Dated;

/** Decree 59/2022, which took its place. */
export const decree59 = {
  law: '59/2022/NĐ-CP',
  validFrom: '2022-10-20',
  validTo: '2024-07-01',
} as const satisfies Dated;

/** Decree 69/2024, in force. */
export const decree69 = {
  law: '69/2024/NĐ-CP',
  validFrom: '2024-07-01',
  validTo: null,
} as const satisfies Dated;

/** A period with the article of its text. */
export function article(period: Dated, text: string): Dated {
  return { ...period, law: `${period.law} ${text}` };
}
