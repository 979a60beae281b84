/** A day that is not what its place in the week says. */
export interface CalendarDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Off: a holiday, or the day given for one that fell on a weekend. Worked: a Saturday in exchange for a day off. */
  readonly kind: 'HOLIDAY' | 'COMPENSATORY' | 'WORKED';
  readonly name: string;
  /** Who set it. `to be confirmed` where it follows from the Labour Code and has not been announced. */
  readonly source: string;
}

const LABOUR = '45/2019/QH14 Điều 112';
const UNCONFIRMED = '45/2019/QH14 Điều 112; to be confirmed';

/** Days from one to another, weekends among them too. */
function range(from: string, to: string, name: string, source: string): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    days.push({ day: new Date(at).toISOString().slice(0, 10), kind: 'HOLIDAY', name, source });
  }
  return days;
}

function one(day: string, name: string, kind: CalendarDay['kind'] = 'HOLIDAY', source = LABOUR): CalendarDay {
  return { day, kind, name, source };
}

const NEW_YEAR = 'Tết Dương lịch';
const LUNAR = 'Tết Nguyên đán';
const HUNG = 'Giỗ Tổ Hùng Vương';
const VICTORY = 'Ngày Chiến thắng 30/4';
const LABOUR_DAY = 'Ngày Quốc tế lao động 1/5';
const NATIONAL = 'Quốc khánh';
const EXCHANGED = 'hoán đổi ngày làm việc';
const YEARLY = 'lịch nghỉ của cán bộ, công chức; to be confirmed against the notice of the year';

/**
 * Days of the years 2024 to 2027. The dates of the lunar new year and of exchanged days are those that the government set
 * for civil servants; a year that is not here has its weekends alone, so the next one belongs here before it begins.
 */
export const holidays: readonly CalendarDay[] = [
  one('2024-01-01', NEW_YEAR),
  ...range('2024-02-08', '2024-02-14', LUNAR, YEARLY),
  one('2024-04-18', HUNG),
  one('2024-04-29', EXCHANGED, 'COMPENSATORY', YEARLY),
  one('2024-05-04', EXCHANGED, 'WORKED', YEARLY),
  one('2024-04-30', VICTORY),
  one('2024-05-01', LABOUR_DAY),
  one('2024-09-02', NATIONAL),
  one('2024-09-03', NATIONAL, 'HOLIDAY', YEARLY),

  one('2025-01-01', NEW_YEAR),
  ...range('2025-01-25', '2025-02-02', LUNAR, YEARLY),
  one('2025-04-07', HUNG),
  one('2025-04-30', VICTORY),
  one('2025-05-01', LABOUR_DAY),
  one('2025-05-02', EXCHANGED, 'COMPENSATORY', YEARLY),
  one('2025-04-26', EXCHANGED, 'WORKED', YEARLY),
  one('2025-09-01', NATIONAL, 'HOLIDAY', YEARLY),
  one('2025-09-02', NATIONAL),

  one('2026-01-01', NEW_YEAR),
  one('2026-01-02', EXCHANGED, 'COMPENSATORY', YEARLY),
  one('2026-01-10', EXCHANGED, 'WORKED', YEARLY),
  ...range('2026-02-14', '2026-02-22', LUNAR, YEARLY),
  one('2026-04-26', HUNG),
  one('2026-04-27', HUNG, 'COMPENSATORY'),
  one('2026-04-30', VICTORY),
  one('2026-05-01', LABOUR_DAY),
  one('2026-08-31', EXCHANGED, 'COMPENSATORY', YEARLY),
  one('2026-08-22', EXCHANGED, 'WORKED', YEARLY),
  one('2026-09-01', NATIONAL, 'HOLIDAY', YEARLY),
  one('2026-09-02', NATIONAL),

  one('2027-01-01', NEW_YEAR),
  ...range('2027-02-05', '2027-02-09', LUNAR, UNCONFIRMED),
  one('2027-02-10', LUNAR, 'COMPENSATORY', UNCONFIRMED),
  one('2027-02-11', LUNAR, 'COMPENSATORY', UNCONFIRMED),
  one('2027-04-16', HUNG, 'HOLIDAY', UNCONFIRMED),
  one('2027-04-30', VICTORY),
  one('2027-05-01', LABOUR_DAY),
  one('2027-05-03', LABOUR_DAY, 'COMPENSATORY', UNCONFIRMED),
  one('2027-09-02', NATIONAL),
  one('2027-09-03', NATIONAL, 'HOLIDAY', UNCONFIRMED),
];
