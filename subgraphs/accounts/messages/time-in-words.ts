import { LEGAL_TIME_ZONE, unreachable } from '@dinhdanh/kit';

const minute = new Intl.DateTimeFormat('en-GB', {
  timeZone: LEGAL_TIME_ZONE,
  dateStyle: 'short',
  timeStyle: 'short',
});

/** An instant as people in Viet Nam write it: `15:04 21/11/2026`. */
export function timeInWords(at: Date): string {
  const [day = '', time = ''] = minute.format(at).split(', ');
  return `${time} ${day}`;
}

/** A legal day (`2026-11-21`) as people in Viet Nam write it: `21/11/2026`. */
export function dayInWords(day: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(day)
    ? day.split('-').toReversed().join('/')
    : unreachable('a day of another form');
}
