import type { RegistrationPurpose, StartRegistrationInput } from '../generated/operations.ts';

/** What an applicant types at first. */
export interface ContactDraft {
  readonly kind: 'CITIZEN' | 'FOREIGN_RESIDENT';
  readonly number: string;
  readonly passport: string;
  readonly passportCountry: string;
  readonly phone: string;
  readonly email: string;
}

/** A field of the first form that cannot be sent as it stands. */
export type ContactFault = 'number' | 'passport' | 'phone' | 'email';

/** Nothing typed yet. */
export const emptyContact: ContactDraft = {
  kind: 'CITIZEN',
  number: '',
  passport: '',
  passportCountry: '',
  phone: '',
  email: '',
};

const without = (text: string, what: RegExp): string => text.replaceAll(what, '');
const phoneForm = /^(?:\+84|0)[35789]\d{8}$/u;
const emailForm = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** Whether something typed can be a Vietnamese mobile number. */
export function isPhone(typed: string): boolean {
  return phoneForm.test(typedPhone(typed));
}

/** A number as it is sent: without what people write between its digits. */
export function typedPhone(typed: string): string {
  return without(typed, /[\s.-]/gu);
}

/** The first field that is wrong by its form; what the register has, only the server knows. */
export function contactFault(draft: ContactDraft, purpose: RegistrationPurpose): ContactFault | null {
  const number = without(draft.number, /\s/gu);
  if (draft.kind === 'CITIZEN' && !/^\d{12}$/u.test(number)) return 'number';
  if (draft.kind === 'FOREIGN_RESIDENT' && number === '') {
    const passport = without(draft.passport, /\s/gu);
    if (!/^[A-Za-z0-9]{5,12}$/u.test(passport) || !/^[A-Za-z]{3}$/u.test(draft.passportCountry.trim()))
      return 'passport';
  }
  if (!takesPhone(purpose)) return null;
  if (!isPhone(draft.phone)) return 'phone';
  return draft.email.trim() !== '' && !emailForm.test(draft.email.trim()) ? 'email' : null;
}

/** Whether a number is declared: of an account to be, or in place of the old one. Otherwise the account's own is used. */
export function takesPhone(purpose: RegistrationPurpose): boolean {
  return purpose === 'ACCOUNT' || purpose === 'PHONE';
}

/** What is sent. */
export function contactInput(
  draft: ContactDraft,
  purpose: RegistrationPurpose,
  device: string,
): StartRegistrationInput {
  const number = without(draft.number, /\s/gu);
  const isForeign = draft.kind === 'FOREIGN_RESIDENT';
  const email = draft.email.trim();
  return {
    purpose,
    kind: draft.kind,
    channel: 'APP',
    level: purpose === 'ACCOUNT' ? 1 : null,
    personalNumber: number === '' ? null : number,
    passport: isForeign && number === '' ? without(draft.passport, /\s/gu).toUpperCase() : null,
    passportCountry: isForeign && number === '' ? draft.passportCountry.trim().toUpperCase() : null,
    phone: takesPhone(purpose) ? typedPhone(draft.phone) : null,
    email: email === '' ? null : email,
    device,
  };
}
