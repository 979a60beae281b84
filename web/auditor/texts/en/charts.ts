import type { ConsoleTexts } from '../console-texts.ts';

/** The overview, in English. */
export const overview: ConsoleTexts['overview'] = {
  title: 'Overview',
  intro: 'Who reads data, when and how much. Counts only: nobody’s values are here.',
  range: 'Period',
  lastDays: (days) => `${days} days`,
  from: 'From',
  to: 'To',
  apply: 'Show',
  rangeFault: 'The first day must not lie after the last.',
  period: (from, to) => `${from} to ${to}`,
  none: 'There are no readings in this period.',
  noneNext: 'Choose a longer period.',
  total: 'Readings',
  night: 'At night (22:00–06:00)',
  refused: 'Refused',
  delayed: 'Person told later',
  readers: 'Readers to look at',
  ofAll: (share) => `${share} of all`,
  delayedNext: 'Delayed as the law allows',
  readersNext: 'See below',
};

/** What charts say, in English. */
export const charts: ConsoleTexts['charts'] = {
  table: 'Show the figures as a table',
  keys: 'Use the arrow keys to go from point to point.',
  readings: (count) => `${count} readings`,
  open: 'See these readings',
  days: 'Readings by day',
  weeks: 'Readings by week',
  daysFinding: (day, count, mean) => `Most on ${day}: ${count}. ${mean} a day on average.`,
  day: 'Day',
  week: (from, to) => `${from} – ${to}`,
  count: 'Readings',
  hours: 'Hours of the day',
  hoursFinding: (share, hour) => `${share} of the readings are at night. Busiest hour: ${hour}.`,
  hour: 'Hour',
  hourValue: (from) => `${String(from).padStart(2, '0')}:00–${String(from + 1).padStart(2, '0')}:00`,
  atNight: 'at night',
  isNight: 'night',
  kinds: 'By kind of reader',
  kindsFinding: (kind, share) => `${kind}: ${share}.`,
  kind: 'Reader',
  claims: 'By group of information',
  claimsFinding: (claim) => `Read most: ${claim}.`,
  claim: 'Group of information',
  sensitive: 'sensitive',
  outcomes: 'Outcomes',
  outcomesFinding: (share) => `${share} released data.`,
  outcome: 'Outcome',
  share: 'Share',
  others: (count) => `And ${count} other groups`,
  none: 'None',
};

/** Who stands out, in English. */
export const readers: ConsoleTexts['readers'] = {
  title: 'Who stands out',
  map: 'Night and people',
  mapFinding: (count) =>
    count === 0
      ? 'Nobody reads both many people and mostly at night.'
      : `${count} ${count === 1 ? 'reader reads' : 'readers read'} both many people and mostly at night.`,
  mapX: 'People read →',
  mapY: '↑ Share read at night',
  mapZone: 'Many people, mostly at night',
  mapPoint: (who, people, share, reads) => `${who}: ${people} people, ${share} at night, ${reads} readings`,
  open: 'See all readings of this reader',
  profiles: 'Each reader’s 24 hours',
  profilesIntro: 'Each frame is a day from 0 to 24 hours; the dark ground is night.',
  profile: (who, share, hour) => `24 hours of ${who}: ${share} at night, busiest at ${hour}.`,
  order: 'Order by',
  orders: {
    READS: 'Readings',
    PEOPLE: 'People',
    IN_A_DAY: 'People in one day',
    AT_NIGHT: 'Readings at night',
    WITHOUT_CONSENT: 'Without a consent',
    REFUSED: 'Refused',
  },
  ordered: (order) => `Ordered by: ${order}.`,
  nightShare: (share) => `${share} at night`,
  unnamed: (id) => `Id ${id}`,
  more: (count) => `Show ${count} more`,
  table: 'Table of readers',
  who: 'Reader',
  reads: 'Readings',
  people: 'People',
  inADay: 'In one day',
  night: 'At night',
  withoutConsent: 'No consent',
  withoutCase: 'No case',
  refused: 'Refused',
  flags: {
    night: (share, people) => `${share} at night, ${people} people`,
    many: (people) => `${people} people in one day`,
    noGround: (count) => `${count} readings without consent or case`,
    refused: (share) => `${share} refused`,
  },
  standOut: (count) =>
    count === 0
      ? 'Nobody is above a threshold in this period.'
      : `${count} ${count === 1 ? 'reader is' : 'readers are'} above a threshold in this period.`,
  rules:
    'Thresholds: 40% or more at night on at least 10 people; 40 people or more in one day and three times the middle; 20 readings or more without consent or case; 25% or more refused. Being above one is no misconduct yet: look at the readings.',
  rulesTitle: 'What are the thresholds?',
};
