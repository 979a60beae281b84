import type { Texts } from '../texts/texts.ts';
import type { ShareRequest } from './share.ts';

const periods = { H: 'hour', D: 'day', W: 'week', M: 'month', Y: 'year' } as const;

/** How often a standing consent may be used: `nhiều nhất 2 lần mỗi ngày`. A period of another form stands as it is. */
export function frequencyWords(
  frequency: ShareRequest['frequency'],
  { share: { terms } }: Pick<Texts, 'share'>,
): string {
  if (frequency === null || frequency.times === null || frequency.per === null) return terms.unlimited;
  // ISO 8601: a T stands before hours, and M without it is months.
  const parts = /^P(?:T(\d+)(H)|(\d+)([DWMY]))$/.exec(frequency.per);
  const count = Number(parts?.[1] ?? parts?.[3]);
  const unit = (parts?.[2] ?? parts?.[4]) as keyof typeof periods | undefined;
  if (unit === undefined) return terms.often(frequency.times, frequency.per);
  const period = terms.periods[periods[unit]];
  return terms.often(frequency.times, count === 1 ? period : terms.several(count, period));
}
