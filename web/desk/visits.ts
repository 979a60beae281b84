import { randomBytes } from 'node:crypto';
import type { Answer, Begun, Granted } from './relying-party.ts';

/** One customer at the desk: what was asked for them and what came back. Kept in memory, as long as they stand there. */
export interface Visit {
  readonly id: string;
  readonly party: string;
  begun: Begun | null;
  granted: Granted | null;
  answer: Answer | null;
  /** A code of what went wrong: of the OAuth answer or of the query. */
  problem: string | null;
  readonly endsAt: number;
}

const VISIT_MS = 30 * 60_000;
const MOST_VISITS = 1_000;

/** The customers of the last half hour, by an id that only the desk's own browser holds. */
export class Visits {
  readonly #visits = new Map<string, Visit>();

  open(party: string, now: number): Visit {
    this.#forget(now);
    const visit: Visit = {
      ...{ id: randomBytes(24).toString('base64url'), party },
      ...{ begun: null, granted: null, answer: null, problem: null },
      endsAt: now + VISIT_MS,
    };
    this.#visits.set(visit.id, visit);
    return visit;
  }

  find(id: string | null, party: string, now: number): Visit | null {
    const visit = id === null ? undefined : this.#visits.get(id);
    return visit === undefined || visit.party !== party || visit.endsAt < now ? null : visit;
  }

  close(id: string): void {
    this.#visits.delete(id);
  }

  /** The oldest go first: a map keeps the order in which they came. */
  #forget(now: number): void {
    for (const [id, { endsAt }] of this.#visits) {
      if (endsAt >= now && this.#visits.size < MOST_VISITS) return;
      this.#visits.delete(id);
    }
  }
}
