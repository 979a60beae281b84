import { newcomer } from './registering.ts';
import type { Applicant } from './registering.ts';

let people = 0;

/** Somebody else each time, whom nobody knows yet. */
export function somebody(more: Partial<Applicant> = {}): Applicant {
  people += 1;
  const place = String(people).padStart(3, '0');
  return {
    ...newcomer,
    number: `098${place}000${place}`,
    phone: `0913000${place}`,
    email: `q${place}@example.com`,
    ...more,
  };
}
