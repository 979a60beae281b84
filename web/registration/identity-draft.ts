import type { DeclareIdentityInput, Sex } from '../generated/operations.ts';
import type { OwnRegistration } from './own-registration.ts';

/** What an applicant types of themself. */
export interface IdentityDraft {
  readonly fullName: string;
  /** As people write it: `31/01/1999`, `01/1999` or `1999`. */
  readonly dateOfBirth: string;
  readonly sex: Sex | null;
  readonly nationality: string;
  readonly permanentResidence: string;
  readonly currentAddress: string;
}

/** A field that cannot be sent as it stands. */
export type IdentityFault = 'fullName' | 'dateOfBirth' | 'sex' | 'nationality';

/** A date as people write it, as the wire has it (YYYY, YYYY-MM or YYYY-MM-DD); null where it is none. */
export function wireDate(typed: string): string | null {
  const [day, month, year] = partsOf(typed.trim());
  if (year === undefined || !/^(19|20)\d{2}$/u.test(year)) return null;
  if (month === undefined) return year;
  if (Number(month) < 1 || Number(month) > 12) return null;
  const wireMonth = `${year}-${month.padStart(2, '0')}`;
  if (day === undefined) return wireMonth;
  const wire = `${wireMonth}-${day.padStart(2, '0')}`;
  const at = new Date(`${wire}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== wire ? null : wire;
}

/** A date of the wire as people write it. */
export function typedDate(wire: string): string {
  return wire.split('-').toReversed().join('/');
}

function partsOf(typed: string): readonly (string | undefined)[] {
  const whole = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u.exec(typed);
  if (whole) return [whole[1], whole[2], whole[3]];
  const part = /^(?:(\d{1,2})[/.-])?(\d{4})$/u.exec(typed);
  return part ? [undefined, part[1], part[2]] : [];
}

/** What was declared before, to be mended. */
export function identityDraft({ review }: OwnRegistration): IdentityDraft {
  return {
    fullName: review?.fullName ?? '',
    dateOfBirth: typedDate(review?.dateOfBirth ?? ''),
    sex: review?.sex ?? null,
    nationality: review?.nationality ?? '',
    permanentResidence: review?.permanentResidence ?? '',
    currentAddress: review?.currentAddress ?? '',
  };
}

/** The first field that is wrong by its form. */
export function identityFault(draft: IdentityDraft, isForeign: boolean): IdentityFault | null {
  if (draft.fullName.trim() === '') return 'fullName';
  if (wireDate(draft.dateOfBirth) === null) return 'dateOfBirth';
  if (draft.sex === null) return 'sex';
  return isForeign && !/^[A-Za-z]{3}$/u.test(draft.nationality.trim()) ? 'nationality' : null;
}

/** What is sent when it was typed. */
export function identityInput(draft: IdentityDraft, isForeign: boolean): DeclareIdentityInput {
  const text = (value: string): string | null => (value.trim() === '' ? null : value.trim().normalize('NFC'));
  return {
    source: 'MANUAL',
    fullName: text(draft.fullName),
    dateOfBirth: wireDate(draft.dateOfBirth),
    sex: draft.sex,
    nationality: isForeign ? draft.nationality.trim().toUpperCase() : null,
    permanentResidence: text(draft.permanentResidence),
    currentAddress: text(draft.currentAddress),
  };
}

/** Whether a scanned text can be the QR of an identity card: fields divided by `|`, the first a number of 12 digits. */
export function isCardText(text: string): boolean {
  const fields = text.trim().split('|');
  return fields.length >= 7 && /^\d{12}$/u.test(fields[0]?.trim() ?? '');
}
