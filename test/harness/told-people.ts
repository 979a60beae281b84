import { castOn, persona as personaOn } from '@dinhdanh/people';
import type { Persona, PersonaKey } from '@dinhdanh/people';
import { inject } from 'vitest';

/** The day the people of the shared system are told as of, and those of every system a test starts as `npm start` does. */
export const today = inject('today');

/** The cast as those systems hold it. */
export const cast: readonly Persona[] = castOn(today);

/** One of the cast as those systems hold them. */
export function persona(key: PersonaKey): Persona {
  return personaOn(key, today);
}

/** The year so many after the day they are told as of; before it where less than 0. */
export function yearsFrom(years: number): string {
  return String(Number(today.slice(0, 4)) + years);
}
