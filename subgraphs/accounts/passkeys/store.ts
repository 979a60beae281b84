import type { AccountStatus } from '../account.ts';
import { confirmationColumns } from '../confirmation-rows.ts';
import type { Confirmation } from '../confirmation.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import type {
  ChallengePurpose,
  NewChallenge,
  NewPasskey,
  Passkey,
  PasskeyKey,
  PasskeyPointer,
  PasskeySession,
} from './passkey.ts';
import { MOST_PASSKEYS } from './rules.ts';

/** A session's row; `subject` is null for staff. */
export type PasskeySessionRow = Omit<PasskeySession, 'subject'> & {
  readonly subject: string | null;
  readonly status: AccountStatus | null;
};

/** Passkeys and what they are asked. */
export class PasskeyStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** A living session with its owner, or null. */
  async findSession(id: string, now: Date): Promise<PasskeySessionRow | null> {
    const [row] = await this.#prisma.$queryRaw<PasskeySessionRow[]>`
      SELECT s.id, s.subject, s.expires_at AS "expiresAt", s.passcode_until AS "passcodeUntil",
        a.status::text AS status, a.personal_number AS "personalNumber", c.username
      FROM sessions s LEFT JOIN accounts a ON a.subject = s.subject LEFT JOIN credentials c ON c.subject = s.subject
      WHERE s.id = ${id} AND s.revoked_at IS NULL AND s.expires_at > ${now}`;
    return row ?? null;
  }

  /** An owner's passkeys, oldest first. */
  passkeysOf(subject: string): Promise<Passkey[]> {
    return this.#prisma.passkey.findMany({
      where: { subject },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { id: true, name: true, backedUp: true, createdAt: true, lastUsedAt: true },
    });
  }

  /** Where an owner's passkeys are. */
  pointersOf(subject: string): Promise<PasskeyPointer[]> {
    return this.#prisma.passkey.findMany({
      where: { subject },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { credentialId: true, transports: true },
    });
  }

  /** What authenticators call the owner by: the handle given, unless there is one already. */
  async handleOf(subject: string, fresh: string): Promise<string> {
    const [row] = await this.#prisma.$queryRaw<{ handle: string }[]>`
      INSERT INTO passkey_owners AS o (subject, handle) VALUES (${subject}, ${fresh})
      ON CONFLICT (subject) DO UPDATE SET handle = o.handle RETURNING handle`;
    return row?.handle ?? fresh;
  }

  /** Gives out a challenge, in place of the session's last one for the same purpose. */
  async giveChallenge({ session, purpose, challenge, expiresAt }: NewChallenge): Promise<void> {
    await this.#prisma.$executeRaw`
      INSERT INTO passkey_challenges (session_id, purpose, challenge, expires_at)
      VALUES (${session}, ${purpose}::challenge_purpose, ${challenge}, ${expiresAt})
      ON CONFLICT (session_id, purpose) DO UPDATE
        SET challenge = EXCLUDED.challenge, expires_at = EXCLUDED.expires_at`;
  }

  /** Takes a challenge back for good, in one statement: of many answers to it, one is told true. */
  async takeChallenge(
    session: string,
    purpose: ChallengePurpose,
    challenge: string,
    now: Date,
  ): Promise<boolean> {
    const taken = await this.#prisma.$queryRaw<{ living: boolean }[]>`
      DELETE FROM passkey_challenges
      WHERE session_id = ${session} AND purpose = ${purpose}::challenge_purpose AND challenge = ${challenge}
      RETURNING expires_at > ${now} AS living`;
    return taken[0]?.living === true;
  }

  /**
   * Keeps a new passkey. The account's row is locked meanwhile, so that enrolments count each other and none passes a
   * lock of the account.
   */
  enrol(passkey: NewPasskey): Promise<'enrolled' | 'locked' | 'full' | 'taken'> {
    return this.#prisma.$transaction(async (transaction) => {
      const { subject } = passkey;
      const open = await transaction.$queryRaw<unknown[]>`
        SELECT 1 FROM accounts WHERE subject = ${subject} AND status = 'ACTIVE' FOR NO KEY UPDATE`;
      if (open.length === 0) return 'locked';
      if ((await transaction.passkey.count({ where: { subject } })) >= MOST_PASSKEYS) return 'full';
      const { count } = await transaction.passkey.createMany({
        data: [{ ...passkey, transports: [...passkey.transports] }],
        skipDuplicates: true,
      });
      return count === 1 ? 'enrolled' : 'taken';
    });
  }

  /** Removes an owner's passkey; tells whether there was one. */
  async remove(subject: string, id: string): Promise<boolean> {
    const { count } = await this.#prisma.passkey.deleteMany({ where: { id, subject } });
    return count === 1;
  }

  /** The passkey of an owner by the authenticator's name for it; another person's is not found. */
  async findKey(subject: string, credentialId: string): Promise<PasskeyKey | null> {
    const [row] = await this.#prisma.$queryRaw<PasskeyKey[]>`
      SELECT p.id, p.credential_id AS "credentialId", p.public_key AS "publicKey", p.counter, o.handle
      FROM passkeys p JOIN passkey_owners o ON o.subject = p.subject
      WHERE p.subject = ${subject} AND p.credential_id = ${credentialId}`;
    return row ?? null;
  }

  /**
   * Opens sensitive data to a living session by a passkey, and moves its counter on, in one transaction; the statement
   * itself holds the counter against the last, so that of two answers with one count only one passes.
   */
  confirm(
    session: string,
    used: { readonly id: string; readonly counter: bigint; readonly backedUp: boolean },
    confirmation: Confirmation,
    passkeyCounter: string,
  ): Promise<'confirmed' | 'cloned' | 'ended'> {
    return this.#prisma.$transaction(async (transaction) => {
      const moved = await transaction.$executeRaw`
        UPDATE passkeys SET counter = ${used.counter}, backed_up = ${used.backedUp}, last_used_at = ${confirmation.at}
        WHERE id = ${used.id} AND (counter < ${used.counter}::bigint OR (counter = 0 AND ${used.counter}::bigint = 0))`;
      if (moved === 0) return 'cloned';
      const { count } = await transaction.session.updateMany({
        where: { id: session, revokedAt: null, expiresAt: { gt: confirmation.at } },
        data: confirmationColumns(confirmation),
      });
      if (count === 0) return 'ended';
      await transaction.throttle.deleteMany({ where: { key: passkeyCounter } });
      return 'confirmed';
    });
  }
}
