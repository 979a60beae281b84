import type pg from 'pg';
import type { AccessActorKind, AccessEvent, AccessOutcome } from '../tlog/index.ts';

/** What many entries have in common. */
export interface Facet {
  readonly id: number;
  readonly event: AccessEvent;
  readonly actorKind: AccessActorKind;
  readonly outcome: AccessOutcome;
  readonly refusal: string | null;
  readonly claims: readonly string[];
  readonly withConsent: boolean;
  readonly delayedDisclosure: boolean;
}

/** What a search says of the facet alone. */
export interface FacetFilter {
  readonly actorKind?: AccessActorKind | undefined;
  readonly claim?: string | undefined;
  readonly event?: AccessEvent | undefined;
  readonly withoutConsent?: boolean | undefined;
}

/**
 * Who reads the data of others on a ground of their own. A guardian stands in for the ward (Law 91/2025, art. 24), an
 * applicant registers themself, and systems read what changed and of nobody in particular.
 */
const readsOthers: ReadonlySet<AccessActorKind> = new Set([
  'relying_party',
  'officer',
  'auditor',
  'authority',
]);

/** Private persons: known by pseudonyms, and never counted one by one. */
export const privateKinds: ReadonlySet<AccessActorKind> = new Set(['person', 'representative', 'applicant']);

/** Whether data of others was released without their consent. */
export function isWithoutConsent({ event, outcome, actorKind, withConsent }: Facet): boolean {
  return event === 'intent' && outcome === 'released' && readsOthers.has(actorKind) && !withConsent;
}

/** Whether something was read: data, or the log itself. */
export function isReading({ event, outcome }: Facet): boolean {
  return (event === 'intent' || event === 'audit-read') && outcome === 'released';
}

/** A claim without the arguments that change what is learnt: `age.over` of `age.over(years:18)`. */
export function claimName(claim: string): string {
  const bracket = claim.indexOf('(');
  return bracket < 0 ? claim : claim.slice(0, bracket);
}

/** Whether entries of a facet are what a search wants, as far as the facet tells. */
export function matchesFacet(facet: Facet, filter: FacetFilter): boolean {
  const { actorKind, claim, event, withoutConsent } = filter;
  return (
    (actorKind === undefined || facet.actorKind === actorKind) &&
    (claim === undefined || facet.claims.some((one) => claimName(one) === claim)) &&
    (event === undefined || facet.event === event) &&
    (withoutConsent !== true || isWithoutConsent(facet))
  );
}

/** Two writers may draw ids at once, and the later id may be seen first: so many are looked at again. */
const SEEN_AGAIN = 64;

/** The facets, kept in memory: they only ever grow, and there are few. */
export class Facets {
  readonly #pool: pg.Pool;
  readonly #known = new Map<number, Facet>();
  #highest = 0;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** All facets of the moment: one look at the table's end. */
  async all(): Promise<ReadonlyMap<number, Facet>> {
    const { rows } = await this.#pool.query<FacetRow>({
      name: 'facets-after',
      text: `SELECT id, event, actor_kind, outcome, refusal, claims, with_consent, delayed_disclosure
             FROM facets WHERE id > $1 ORDER BY id`,
      values: [Math.max(0, this.#highest - SEEN_AGAIN)],
    });
    for (const row of rows) {
      this.#known.set(row.id, facetOf(row));
      this.#highest = Math.max(this.#highest, row.id);
    }
    return this.#known;
  }
}

interface FacetRow {
  readonly id: number;
  readonly event: AccessEvent;
  readonly actor_kind: AccessActorKind;
  readonly outcome: AccessOutcome;
  readonly refusal: string | null;
  readonly claims: readonly string[];
  readonly with_consent: boolean;
  readonly delayed_disclosure: boolean;
}

function facetOf(row: FacetRow): Facet {
  return {
    id: row.id,
    event: row.event,
    actorKind: row.actor_kind,
    outcome: row.outcome,
    refusal: row.refusal,
    claims: row.claims,
    withConsent: row.with_consent,
    delayedDisclosure: row.delayed_disclosure,
  };
}
