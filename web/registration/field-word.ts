import type { Texts } from '../texts/texts.ts';

/** What a declared field is called on the screen, by the name the server has for it; null where it is none of them. */
export function fieldWord(
  field: string | null,
  { registration }: Pick<Texts, 'registration'>,
): string | null {
  const { review } = registration;
  const words: Readonly<Record<string, string>> = {
    personalnumber: review.number,
    fullname: review.fullName,
    dateofbirth: review.dateOfBirth,
    sex: review.sex,
    nationality: review.nationality,
    permanentresidence: review.permanentResidence,
    currentresidence: review.currentAddress,
    currentaddress: review.currentAddress,
    oldidnumber: review.oldIdNumber,
    identitycard: review.identityCard,
    issuedate: review.identityCard,
    passport: review.passport,
    phone: review.phone,
  };
  return field === null ? null : (words[field.replaceAll('_', '').toLowerCase()] ?? null);
}
