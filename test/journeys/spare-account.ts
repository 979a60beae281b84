import { randomUUID } from 'node:crypto';
import type { DemoPerson } from '@dinhdanh/start';
import { runSql } from '@dinhdanh/kit/testing';
import { expect } from 'vitest';
import { alone } from '../harness/alone.ts';
import type { SharedSystem } from '../harness/global-setup.ts';
import { persona, yearsFrom } from '../harness/told-people.ts';

/** An account that no other test knows, for tests that leave their mark on it. */
export interface SpareAccount {
  readonly person: DemoPerson;
  readonly fullName: string;
  /** Takes the sign-in away again and leaves the account as it was. */
  readonly giveBack: () => Promise<void>;
}

/**
 * Lends the account of one of the synthetic many, an adult at level 2 who acts for nobody and for whom nobody acts: they
 * carry no password, so it is given that of a persona for a while. Nobody has asked anything for it before, since codes and
 * changes of an account are limited by the minute. `among` names the personal numbers it may be of.
 */
export function borrowAccount(
  system: SharedSystem,
  among: readonly string[] | null = null,
): Promise<SpareAccount> {
  // Two files that borrow at once must not be lent the same one.
  return alone(system, 'spare-account', () => lend(system, among));
}

async function lend({ databaseUrls }: SharedSystem, among: readonly string[] | null): Promise<SpareAccount> {
  const accounts = databaseUrls.accounts ?? expect.unreachable('a database each');
  const population = databaseUrls.population ?? expect.unreachable('a database each');
  const { account, password, passcode } = persona('level2');
  const [row] = await runSql<{ subject: string; personal_number: string }>(
    accounts,
    `INSERT INTO credentials (username, subject, password_hash, passcode_hash, changed_at)
     SELECT a.personal_number, a.subject, c.password_hash, c.passcode_hash, now()
     FROM accounts a, credentials c
     WHERE c.username = '${account.username}' AND a.level = 2 AND a.status = 'ACTIVE' AND a.kind = 'CITIZEN'
       AND a.date_of_birth BETWEEN '${yearsFrom(-66)}' AND '${yearsFrom(-26)}'
       AND ${among === null ? 'TRUE' : `a.personal_number IN ('${among.join("','")}')`}
       AND NOT EXISTS (SELECT FROM credentials o WHERE o.subject = a.subject)
       AND NOT EXISTS (SELECT FROM registrations g WHERE g.personal_number = a.personal_number)
       AND NOT EXISTS (SELECT FROM relations r WHERE a.personal_number IN (r.ward_number, r.guardian_number))
     ORDER BY a.subject LIMIT 1
     RETURNING subject, username AS personal_number`,
  );
  const { subject, personal_number: username } = row ?? expect.unreachable('a spare account');
  const [before] = await runSql<{ row: string }>(
    accounts,
    `SELECT format('phone = %L, device_model = %L, device_bound_at = %L', phone, device_model, device_bound_at) AS row
     FROM accounts WHERE subject = '${subject}'`,
  );
  const [citizen] = await runSql<{ full_name: string }>(
    population,
    `SELECT full_name FROM citizens WHERE personal_number = '${username}'`,
  );
  return {
    person: { id: subject, username, password, passcode },
    fullName: citizen?.full_name ?? expect.unreachable('a citizen'),
    giveBack: async () => {
      await runSql(accounts, `DELETE FROM sessions WHERE subject = '${subject}'`);
      await runSql(accounts, `DELETE FROM credentials WHERE subject = '${subject}'`);
      await runSql(
        accounts,
        `UPDATE accounts SET status = 'ACTIVE', lock_reason = NULL, lock_causes = '{}', locked_at = NULL,
           ${before?.row}
         WHERE subject = '${subject}'`,
      );
    },
  };
}

/** Somebody under guardianship who may use an account of their own, and who acts for them. */
export interface SpareWard {
  readonly ward: SpareAccount;
  readonly guardian: SpareAccount;
  readonly giveBack: () => Promise<void>;
}

/** Lends two accounts, and makes the one the confirmed guardian of the other for as long. */
export async function borrowWard(system: SharedSystem): Promise<SpareWard> {
  const accounts = system.databaseUrls.accounts ?? expect.unreachable('a database each');
  const ward = await borrowAccount(system);
  const guardian = await borrowAccount(system);
  const id = randomUUID();
  await runSql(
    accounts,
    `INSERT INTO relations (id, guardian_number, ward_number, relation, confirmed_at)
     VALUES ('${id}', '${guardian.person.username}', '${ward.person.username}', 'WARD', now())`,
  );
  return {
    ward,
    guardian,
    giveBack: async () => {
      await runSql(accounts, `DELETE FROM relations WHERE id = '${id}'`);
      await ward.giveBack();
      await guardian.giveBack();
    },
  };
}
