import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { Sql } from '../../sql.ts';
import type { SessionRecord, SignInAttempt } from './session-list.ts';

/** Where an account is signed in, and where it was: told to its owner alone. */
export class SessionStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** The living sessions of whoever owns one of that id, in one statement. */
  siblings(sessionId: string, now: Date): Promise<SessionRecord[]> {
    return this.#prisma.$queryRaw<SessionRecord[]>`
      SELECT s.id, s.device, s.source, s.created_at AS "createdAt", s.last_used_at AS "lastUsedAt",
        s.expires_at AS "expiresAt"
      FROM sessions own JOIN sessions s ON s.subject = own.subject OR s.staff_id = own.staff_id
      WHERE own.id = ${sessionId} AND s.revoked_at IS NULL AND s.expires_at > ${now}`;
  }

  /** Ends a living session that has the same owner; tells whether there was one. */
  async end(sessionId: string, id: string, now: Date): Promise<boolean> {
    const ended = await this.#prisma.$executeRaw`
      UPDATE sessions s SET revoked_at = ${now} FROM sessions own
      WHERE own.id = ${sessionId} AND s.id = ${id} AND (s.subject = own.subject OR s.staff_id = own.staff_id)
        AND s.revoked_at IS NULL AND s.expires_at > ${now}`;
    return ended === 1;
  }

  /** Ends all other living sessions of the same owner; tells how many there were. */
  endOthers(sessionId: string, now: Date): Promise<number> {
    return this.#prisma.$executeRaw`
      UPDATE sessions s SET revoked_at = ${now} FROM sessions own
      WHERE own.id = ${sessionId} AND s.id <> own.id AND (s.subject = own.subject OR s.staff_id = own.staff_id)
        AND s.revoked_at IS NULL AND s.expires_at > ${now}`;
  }

  /** A page of an owner's attempts, newest first, behind an id. */
  async signInsOf(
    owner: string,
    before: bigint | null,
    take: number,
  ): Promise<(SignInAttempt & { readonly id: bigint })[]> {
    return this.#prisma.signInRecord.findMany({
      where: { owner, ...(before === null ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take,
    });
  }

  /** Keeps an attempt that opened no session. */
  async record(attempt: SignInAttempt): Promise<void> {
    await recordSignIn(this.#prisma, attempt);
  }

  /** Notes when sessions were used last; a later time stands. */
  async noteUses(uses: ReadonlyMap<string, Date>): Promise<void> {
    await this.#prisma.$executeRaw`
      UPDATE sessions s SET last_used_at = u.at
      FROM unnest(${[...uses.keys()]}::text[], ${[...uses.values()]}::timestamptz[]) AS u (id, at)
      WHERE s.id = u.id AND (s.last_used_at IS NULL OR s.last_used_at < u.at)`;
  }

  /** How many attempts there were since an instant that opened no session, of everybody together. */
  async failuresSince(since: Date): Promise<number> {
    const [row] = await this.#prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM sign_ins WHERE at > ${since} AND outcome <> 'SIGNED_IN'`;
    return row?.count ?? 0;
  }

  /** Drops attempts older than `before`, and those at names that nobody has. */
  async sweep(before: Date): Promise<void> {
    await this.#prisma.signInRecord.deleteMany({ where: { OR: [{ owner: null }, { at: { lt: before } }] } });
  }
}

/** Keeps an attempt to sign in: one statement, and one row whether there is anybody of that name or not. */
export async function recordSignIn(sql: Sql, attempt: SignInAttempt): Promise<void> {
  const { owner, at, outcome, device, newDevice, source } = attempt;
  await sql.$executeRaw`
    INSERT INTO sign_ins (owner, at, outcome, device, new_device, source)
    VALUES (${owner}, ${at}, ${outcome}::sign_in_outcome, ${device}, ${newDevice}, ${source})`;
}

/** Notes that an account was signed in to from a device; tells whether it had not been before. */
export async function becomesKnown(sql: Sql, username: string, device: string, at: Date): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ fresh: boolean }[]>`
    INSERT INTO known_devices (username, device, seen_at) VALUES (${username}, ${device}, ${at})
    ON CONFLICT (username, device) DO UPDATE SET seen_at = EXCLUDED.seen_at RETURNING xmax = 0 AS fresh`;
  return row?.fresh ?? false;
}
