import type { Statements } from '@dinhdanh/kit';
import { Prisma } from '../generated/prisma/client.ts';
import type { GrantedConsent } from './granted-consent.ts';
import type { Party } from './party.ts';

/** One thing the authorization server keeps, as it gave it. */
export interface Artifact {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly grantId: string | null;
  readonly uid: string | null;
  readonly expiresAt: Date | null;
}

/** What was stopped together with a grant. */
export interface StoppedConsent {
  readonly id: string;
  readonly subject: string;
  readonly grantor: string;
  readonly relationId: string | null;
  readonly purpose: string;
}

interface ArtifactRow {
  readonly payload: Record<string, unknown>;
  readonly consumed: number | null;
}

const consentColumns = Prisma.sql`c.id, c.party_id AS "partyId", p.state::text AS "partyState", c.grantor, c.subject, c.state::text AS state, c.granted,
        c.purpose, c.retention_days AS "retentionDays", c.fetch::text AS fetch, c.frequency,
        c.granted_at AS "grantedAt", c.ends_at AS "endsAt", c.receipt, c.grant_id AS "grantId"`;

/** The tables of the authorization server. Every method is one statement, so each holds or does not, whatever else runs. */
export class ProviderStore {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Keeps an artifact, or what it has become. */
  async keep(kind: string, id: string, { payload, grantId, uid, expiresAt }: Artifact): Promise<void> {
    await this.#statements.execute(Prisma.sql`
      INSERT INTO artifacts (kind, id, payload, grant_id, uid, expires_at)
      VALUES (${kind}, ${id}, ${JSON.stringify(payload)}::jsonb, ${grantId}, ${uid}, ${expiresAt})
      ON CONFLICT (kind, id) DO UPDATE
        SET payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`);
  }

  /** An artifact with the second of its use, if it was used; expired ones too, until they are swept. */
  async find(kind: string, id: string): Promise<Record<string, unknown> | undefined> {
    return readArtifact(
      await this.#statements.query<ArtifactRow>(Prisma.sql`
        SELECT payload, floor(extract(epoch FROM consumed_at))::int AS consumed
        FROM artifacts WHERE kind = ${kind} AND id = ${id}`),
    );
  }

  /** The same by its second id. */
  async findByUid(kind: string, uid: string): Promise<Record<string, unknown> | undefined> {
    return readArtifact(
      await this.#statements.query<ArtifactRow>(Prisma.sql`
        SELECT payload, floor(extract(epoch FROM consumed_at))::int AS consumed
        FROM artifacts WHERE kind = ${kind} AND uid = ${uid} LIMIT 1`),
    );
  }

  /**
   * Uses an artifact up. Of any number of callers exactly one is told `true`: the row's lock puts them in order, and only
   * the first meets it unused.
   */
  async consume(kind: string, id: string, now: Date): Promise<boolean> {
    const used = await this.#statements.execute(Prisma.sql`
      UPDATE artifacts SET consumed_at = ${now} WHERE kind = ${kind} AND id = ${id} AND consumed_at IS NULL`);
    return used === 1;
  }

  /**
   * Uses a code up and reads the consent it stands for, as it is at that very moment: `null` where the code was used before.
   * What those who come too late do to the consent comes after that moment, so that one caller is always first.
   */
  async redeem(kind: string, id: string, now: Date): Promise<{ consent: GrantedConsent | null } | null> {
    const [row] = await this.#statements.query<GrantedConsent | { readonly id: null }>(Prisma.sql`
      WITH used AS (
        UPDATE artifacts SET consumed_at = ${now} WHERE kind = ${kind} AND id = ${id} AND consumed_at IS NULL RETURNING grant_id)
      SELECT ${consentColumns} FROM used LEFT JOIN consents c ON c.grant_id = used.grant_id
        LEFT JOIN relying_parties p ON p.id = c.party_id`);
    if (row === undefined) return null;
    return { consent: row.id === null ? null : row };
  }

  async remove(kind: string, id: string): Promise<void> {
    await this.#statements.execute(Prisma.sql`DELETE FROM artifacts WHERE kind = ${kind} AND id = ${id}`);
  }

  /** Removes what hangs on a grant; used codes stay, so that they are known as used. */
  async removeOfGrant(kind: string, grantId: string): Promise<void> {
    await this.#statements.execute(Prisma.sql`
      DELETE FROM artifacts WHERE kind = ${kind} AND grant_id = ${grantId} AND consumed_at IS NULL`);
  }

  /**
   * Notes something that may be there once until it expires, such as the `jti` of a proof: `false` where it is there
   * already. Of any number of callers exactly one is told `true`, by the primary key.
   */
  async noteOnce(kind: string, id: string, expiresAt: Date, now: Date): Promise<boolean> {
    const noted = await this.#statements.execute(Prisma.sql`
      INSERT INTO artifacts (kind, id, payload, expires_at) VALUES (${kind}, ${id}, '{}', ${expiresAt})
      ON CONFLICT (kind, id) DO UPDATE SET expires_at = excluded.expires_at WHERE artifacts.expires_at <= ${now}`);
    return noted === 1;
  }

  /** The first free place of so many below a name, taken for this caller alone; null where none is left. */
  async takePlace(kind: string, name: string, places: number, expiresAt: Date): Promise<boolean> {
    // Whoever loses a race for one place looks again: there are at most as many losers as places.
    for (let attempt = 0; attempt < places; attempt += 1) {
      const [row] = await this.#statements.query<{ taken: boolean; free: boolean }>(Prisma.sql`
        WITH free AS (
          SELECT ${name}::text || ':' || place AS id FROM generate_series(1, ${places}::int) AS place
          WHERE NOT EXISTS (SELECT 1 FROM artifacts WHERE kind = ${kind} AND id = ${name}::text || ':' || place)
          ORDER BY place LIMIT 1),
        taken AS (
          INSERT INTO artifacts (kind, id, payload, expires_at)
          SELECT ${kind}, id, '{}', ${expiresAt} FROM free ON CONFLICT DO NOTHING RETURNING 1)
        SELECT EXISTS (SELECT 1 FROM taken) AS taken, EXISTS (SELECT 1 FROM free) AS free`);
      if (row?.taken === true) return true;
      if (row?.free !== true) return false;
    }
    return false;
  }

  /** Deletes what expired before a moment, at most so many; tells how many there were. */
  async sweep(before: Date, most: number): Promise<number> {
    return this.#statements.execute(Prisma.sql`
      DELETE FROM artifacts WHERE (kind, id) IN (
        SELECT kind, id FROM artifacts WHERE expires_at < ${before}
        ORDER BY expires_at LIMIT ${most} FOR UPDATE SKIP LOCKED)`);
  }

  /** A relying party with its purposes, whatever its state. */
  async findParty(id: string): Promise<Party | null> {
    const [row] = await this.#statements.query<Party>(Prisma.sql`
      SELECT p.id, p.legal_name AS "legalName", p.domain, p.redirect_uris AS "redirectUris", p.jwks, p.jwks_uri AS "jwksUri",
        p.state::text AS state,
        coalesce((SELECT jsonb_agg(jsonb_build_object('code', u.code, 'claims', u.claims, 'retentionDays', u.retention_days,
          'standing', u.standing) ORDER BY u.code) FROM party_purposes u WHERE u.party_id = p.id), '[]') AS purposes
      FROM relying_parties p WHERE p.id = ${id}`);
    return row ?? null;
  }

  /** The consent that a grant carries out, with the state of its relying party. */
  async consentOfGrant(grantId: string): Promise<GrantedConsent | null> {
    return this.#consent(Prisma.sql`c.grant_id = ${grantId}`);
  }

  /** The consent that a request to share came to. */
  async consentOfShare(handle: string): Promise<GrantedConsent | null> {
    return this.#consent(Prisma.sql`c.handle = ${handle}`);
  }

  /** Ties a grant to the consent it carries out: `false` where the consent has one already. */
  async tieGrant(consentId: string, grantId: string): Promise<boolean> {
    const tied = await this.#statements.execute(Prisma.sql`
      UPDATE consents SET grant_id = ${grantId} WHERE id = ${consentId} AND grant_id IS NULL`);
    return tied === 1;
  }

  /** Lets a consent for once end with its one token. */
  async endWithToken(consentId: string, endsAt: Date): Promise<void> {
    await this.#statements.execute(Prisma.sql`
      UPDATE consents SET ends_at = ${endsAt} WHERE id = ${consentId} AND "fetch" = 'ONCE' AND ends_at > ${endsAt}`);
  }

  /** Stops the consent of a grant that is no more, with its line in the ledger; null where nothing was in force. */
  async stopOfGrant(grantId: string, reason: string, now: Date): Promise<StoppedConsent | null> {
    const [stopped] = await this.#statements.query<StoppedConsent>(Prisma.sql`
      WITH stopped AS (
        UPDATE consents SET stopped_from = state, state = 'STOPPED', stop_reasons = ARRAY[${reason}], changed_at = ${now}
        WHERE grant_id = ${grantId} AND state IN ('ACTIVE', 'PAUSED')
        RETURNING id, subject, grantor, relation_id, purpose),
      line AS (
        INSERT INTO consent_changes (consent_id, at, state, by, reason)
        SELECT id, ${now}, 'STOPPED'::consent_state, 'system', ${reason} FROM stopped)
      SELECT id, subject, grantor, relation_id AS "relationId", purpose FROM stopped`);
    return stopped ?? null;
  }

  async #consent(which: Prisma.Sql): Promise<GrantedConsent | null> {
    const [row] = await this.#statements.query<GrantedConsent>(Prisma.sql`
      SELECT ${consentColumns}
      FROM consents c JOIN relying_parties p ON p.id = c.party_id WHERE ${which}`);
    return row ?? null;
  }
}

function readArtifact([row]: readonly ArtifactRow[]): Record<string, unknown> | undefined {
  if (row === undefined) return undefined;
  return row.consumed === null ? row.payload : { ...row.payload, consumed: row.consumed };
}
