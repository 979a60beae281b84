import { runSql } from '@dinhdanh/kit/testing';
import { exportJWK } from 'jose';
import { addParty } from '../sharing/relying-party.ts';
import type { ServicesApart } from './services-apart.ts';
import type { CastOrder } from './share-flow-client.ts';

/** Relying parties and people of their own: people beyond the cast are given the cast's password, to sign in with. */
export async function castOf(
  { databaseUrls, demo }: ServicesApart,
  counts: { readonly parties: number; readonly people: number },
): Promise<Pick<CastOrder, 'parties' | 'people'>> {
  const sql = (text: string, given?: readonly unknown[]) =>
    runSql(databaseUrls['sharing'] ?? '', text, given);
  const parties = [];
  for (let made = 0; made < counts.parties; made += 1) {
    const { id, redirectUri, publicJwk, privateKey } = await addParty({ sql });
    parties.push({ id, redirectUri, publicJwk, privateJwk: await exportJWK(privateKey) });
  }
  const { id, password, passcode } = demo.citizens['level2'] ?? missing();
  const people = await runSql<{ username: string }>(
    databaseUrls['accounts'] ?? '',
    `INSERT INTO credentials (username, subject, password_hash, passcode_hash, changed_at)
     SELECT a.personal_number, a.subject, c.password_hash, c.passcode_hash, now()
     FROM accounts a, credentials c
     WHERE c.subject = $1 AND a.level = 2 AND a.status = 'ACTIVE' AND a.kind = 'CITIZEN' AND a.date_of_birth < '2000'
       AND NOT EXISTS (SELECT 1 FROM credentials o WHERE o.subject = a.subject OR o.username = a.personal_number)
     LIMIT $2 RETURNING username`,
    [id, counts.people],
  );
  return { parties, people: people.map(({ username }) => ({ username, password, passcode })) };
}

function missing(): never {
  throw new TypeError('no such person in the cast');
}
