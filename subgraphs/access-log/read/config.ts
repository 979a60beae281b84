import { AppError } from '@dinhdanh/kit';

/** What reading the log is told. */
export interface ReadingSettings {
  /** A reading whose disclosure is delayed is shown to the person so many days after it; 0 shows it at once. */
  readonly delayedDisclosureDays: number;
  /** Pseudonyms are looked for in this year and so many before it. */
  readonly yearsKept: number;
  /** Days that are no working days besides Saturdays and Sundays, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  /** So many different persons read by one official in one night raise an alert. */
  readonly nightPeople: number;
  /** So many different persons read by one official in one day raise an alert. */
  readonly dayPeople: number;
  /** The pause between two looks of the roll-ups at the log. */
  readonly rollUpSeconds: number;
}

const defaults: ReadingSettings = {
  delayedDisclosureDays: 365,
  yearsKept: 10,
  holidays: [],
  nightPeople: 10,
  dayPeople: 100,
  rollUpSeconds: 1,
};

/** The least of each number. */
const least = {
  delayedDisclosureDays: 0,
  yearsKept: 5,
  nightPeople: 1,
  dayPeople: 1,
  rollUpSeconds: 0.01,
} as const;

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

/**
 * Reads the settings: what is handed over wins over the environment (`ACCESS_LOG_DELAYED_DISCLOSURE_DAYS`,
 * `ACCESS_LOG_YEARS_KEPT`, `ACCESS_LOG_HOLIDAYS`, `ACCESS_LOG_NIGHT_PEOPLE`, `ACCESS_LOG_DAY_PEOPLE`,
 * `ACCESS_LOG_ROLL_UP_SECONDS`), which wins over the defaults. The log is kept five years by law (Decree 69/2024,
 * art. 28(4)), so fewer years are refused.
 *
 * @throws AppError `BAD_USER_INPUT` with the name of the setting that is wrong
 */
export function readReadingSettings(
  given: unknown,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ReadingSettings {
  const told = {
    ...numberOf('delayedDisclosureDays', environment['ACCESS_LOG_DELAYED_DISCLOSURE_DAYS']),
    ...numberOf('yearsKept', environment['ACCESS_LOG_YEARS_KEPT']),
    ...numberOf('nightPeople', environment['ACCESS_LOG_NIGHT_PEOPLE']),
    ...numberOf('dayPeople', environment['ACCESS_LOG_DAY_PEOPLE']),
    ...numberOf('rollUpSeconds', environment['ACCESS_LOG_ROLL_UP_SECONDS']),
    ...daysOf(environment['ACCESS_LOG_HOLIDAYS']),
  };
  const settings: ReadingSettings = {
    ...defaults,
    ...told,
    ...(given as Partial<ReadingSettings> | undefined),
  };
  for (const [name, bound] of Object.entries(least)) {
    const value = settings[name as keyof typeof least];
    if (!(value >= bound && value <= 100_000)) refuse(name);
  }
  if (!settings.holidays.every(isDay)) refuse('holidays');
  return Object.freeze(settings);
}

function numberOf(name: keyof typeof least, value: string | undefined): Partial<ReadingSettings> {
  return value === undefined || value === '' ? {} : { [name]: Number(value) };
}

function daysOf(value: string | undefined): Partial<ReadingSettings> {
  return value === undefined || value === '' ? {} : { holidays: value.split(',').map((day) => day.trim()) };
}

function refuse(field: string): never {
  throw new AppError('BAD_USER_INPUT', { field, internal: `access-log: ${field}` });
}
