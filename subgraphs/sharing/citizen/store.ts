import type { Statements } from '@dinhdanh/kit';
import { Prisma } from '../generated/prisma/client.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { consentTransitions, endStates } from '../consent/consent-states.ts';
import type { ConsentState } from '../consent/consent-states.ts';
import type { CheckedRow, ConsentPosition, ConsentRow } from './consent-row.ts';

/** A change of a consent by who gave it. */
export type OwnChange = 'pause' | 'resume' | 'revoke';

/**
 * Consents, as rows. Every change of state is one statement whose condition is the state it leads from, with its line in the
 * ledger; `consent-states.ts` is the table of them.
 */
export class ConsentStore {
  readonly #prisma: PrismaClient;
  readonly #statements: Statements;

  constructor(prisma: PrismaClient, statements: Statements) {
    this.#prisma = prisma;
    this.#statements = statements;
  }

  /** What a relying party's query is held against, in one statement; null where there is no such consent. */
  async check(id: string): Promise<CheckedRow | null> {
    const [row] = await this.#statements.query<CheckedRow>(Prisma.sql`
      SELECT c.party_id AS "clientId", p.legal_name AS "legalName", p.state::text AS "partyState", c.grantor, c.subject,
        c.relation_id AS "relationId", c.granted, c.purpose, c.state::text AS state,
        c.ends_at AS "endsAt", c.stop_reasons AS "stopReasons", c.stopped_from::text AS "stoppedFrom"
      FROM consents c JOIN relying_parties p ON p.id = c.party_id WHERE c.id = ${id}`);
    return row ?? null;
  }

  /** A consent, of whomever it is; null where there is none. */
  async find(id: string): Promise<ConsentRow | null> {
    const row = await this.#prisma.consent.findUnique({ where: { id }, include: { party: true } });
    return row as ConsentRow | null;
  }

  /** The consent a request came to, or null. */
  async findByHandle(handle: string): Promise<ConsentRow | null> {
    const row = await this.#prisma.consent.findUnique({ where: { handle }, include: { party: true } });
    return row as ConsentRow | null;
  }

  /** What a person agreed to, newest first; in one state, as it is at the moment. */
  async page(
    grantor: string,
    page: {
      readonly first: number;
      readonly after: ConsentPosition | null;
      readonly state: ConsentState | null;
    },
    now: Date,
  ): Promise<ConsentRow[]> {
    const { first, after, state } = page;
    const rows = await this.#prisma.consent.findMany({
      where: { grantor, AND: [behind(after), inState(state, now)] },
      orderBy: [{ grantedAt: 'desc' }, { id: 'desc' }],
      take: first,
      include: { party: true },
    });
    return rows as unknown as ConsentRow[];
  }

  /**
   * Changes a consent for who gave it, with its line in the ledger, in one statement. A revoke ends what the authorization server
   * holds for it too. Tells whether it succeeded: false where it is not theirs, or in no state to be changed so.
   * `confirmedAt` is when a resume was confirmed, which must be after the pause.
   */
  async change(
    { id, grantor }: Pick<ConsentRow, 'id' | 'grantor'>,
    change: OwnChange,
    now: Date,
    confirmedAt: Date = now,
  ): Promise<boolean> {
    const { from, to } = consentTransitions[change];
    const further = {
      pause: Prisma.sql`AND "fetch" = 'STANDING'`,
      resume: Prisma.sql`AND changed_at < ${confirmedAt}`,
      revoke: Prisma.empty,
    }[change];
    const count = await this.#prisma.$executeRaw`
      WITH changed AS (
        UPDATE consents SET state = ${to}::consent_state, changed_at = ${now}, stop_reasons = '{}', stopped_from = NULL
        WHERE id = ${id} AND grantor = ${grantor} AND state = ANY(${[...from]}::consent_state[]) AND ends_at > ${now} ${further}
        RETURNING id, grant_id),
      ended AS (DELETE FROM artifacts USING changed
        WHERE artifacts.grant_id = changed.grant_id AND ${to} = 'REVOKED')
      INSERT INTO consent_changes (consent_id, at, state, by) SELECT id, ${now}, ${to}::consent_state, 'person' FROM changed`;
    return count === 1;
  }

  /** Writes down what is at its end. */
  expire(now: Date): Promise<number> {
    return this.#prisma.$executeRaw`
      WITH changed AS (
        UPDATE consents SET state = 'EXPIRED', changed_at = ends_at, stop_reasons = '{}', stopped_from = NULL
        WHERE state IN ('ACTIVE', 'PAUSED', 'STOPPED') AND ends_at <= ${now} RETURNING id, ends_at, grant_id),
      ended AS (DELETE FROM artifacts USING changed WHERE artifacts.grant_id = changed.grant_id)
      INSERT INTO consent_changes (consent_id, at, state, by) SELECT id, ends_at, 'EXPIRED', 'system' FROM changed`;
  }
}

function behind(after: ConsentPosition | null): Prisma.ConsentWhereInput {
  if (after === null) return {};
  const { grantedAt, id } = after;
  return { OR: [{ grantedAt: { lt: grantedAt } }, { grantedAt, id: { lt: id } }] };
}

/** The rows that are in a state at a moment, whatever they say. */
function inState(state: ConsentState | null, now: Date): Prisma.ConsentWhereInput {
  if (state === null) return {};
  if (state !== 'EXPIRED') return endStates.includes(state) ? { state } : { state, endsAt: { gt: now } };
  return { OR: [{ state }, { state: { notIn: [...endStates] }, endsAt: { lte: now } }] };
}
