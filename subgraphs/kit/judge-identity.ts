/** A field that somebody declares to register, as `DeclaredField` of the schema names it. */
export type DeclaredField =
  | 'PERSONAL_NUMBER'
  | 'FULL_NAME'
  | 'DATE_OF_BIRTH'
  | 'SEX'
  | 'NATIONALITY'
  | 'PERMANENT_RESIDENCE'
  | 'CURRENT_RESIDENCE'
  | 'OLD_ID_NUMBER'
  | 'IDENTITY_CARD'
  | 'PASSPORT';

/** How far declared data match a record, and the names of the fields that differ: never a value of either. */
export interface IdentityJudgement {
  readonly level: 'FULL' | 'PARTIAL' | 'NONE';
  readonly differing: readonly DeclaredField[];
}

/** Of each field that is compared, whether it is as recorded; null for one that was not declared. */
export type FieldsCompared = Readonly<
  Record<'FULL_NAME' | 'DATE_OF_BIRTH', boolean> & Partial<Record<DeclaredField, boolean | null>>
>;

/** What is told where nothing matches: the same for a number that nobody has. */
export const noMatch: IdentityJudgement = { level: 'NONE', differing: [] };

/**
 * Judges what was compared. Whoever has neither the name nor the date of birth right is told nothing, as if nobody had
 * the number: numbers can be guessed, and no answer may say that one is somebody's.
 */
export function judgeIdentity(compared: FieldsCompared): IdentityJudgement {
  if (!compared.FULL_NAME && !compared.DATE_OF_BIRTH) return noMatch;
  const fields = Object.keys(compared) as DeclaredField[];
  const differing = fields.filter((field) => compared[field] === false);
  return { level: differing.length === 0 ? 'FULL' : 'PARTIAL', differing };
}
