/** The rule for passcodes, the same on the screen and on the server: six digits nobody would try first. Pure. */

/** A rule that a passcode breaks: a stable code. */
export type PasscodeProblem = 'NOT_SIX_DIGITS' | 'REPEATED' | 'RUN' | 'BIRTH_DATE';

const runs = ['01234567890', '09876543210'];

/**
 * Every rule that a passcode breaks; none where it may be set.
 *
 * @param dateOfBirth of the owner, `1950`, `1950-03` or `1950-03-02`; empty where it is not known
 */
export function checkPasscode(passcode: string, dateOfBirth: string): PasscodeProblem[] {
  if (!/^\d{6}$/.test(passcode)) return ['NOT_SIX_DIGITS'];
  const problems: PasscodeProblem[] = [];
  if (/^(\d)\1{5}$|^(\d{2})\2{2}$|^(\d{3})\3$/.test(passcode)) problems.push('REPEATED');
  if (runs.some((run) => run.includes(passcode))) problems.push('RUN');
  if (birthdayForms(dateOfBirth).includes(passcode)) problems.push('BIRTH_DATE');
  return problems;
}

function birthdayForms(dateOfBirth: string): string[] {
  const [year, month, day] = dateOfBirth.split('-');
  if (year === undefined || month === undefined) return [];
  const short = year.slice(2);
  const ofMonth = [`${month}${year}`, `${year}${month}`];
  if (day === undefined) return ofMonth;
  return [`${day}${month}${short}`, `${short}${month}${day}`, `${month}${day}${short}`, ...ofMonth];
}
