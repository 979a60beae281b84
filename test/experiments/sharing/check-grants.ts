import { runSql } from '@dinhdanh/kit/testing';
import type { Told } from './crossed-flow.ts';

interface Kept extends Record<string, unknown> {
  readonly handle: string;
  readonly state: string;
  readonly consents: number;
  readonly consent: string | null;
  readonly granted_lines: number;
}

/** Holds what the outside was told against what the database has: every way in which they differ. */
export async function checkGrants(databaseUrl: string, told: readonly Told[]): Promise<string[]> {
  const rows = await runSql<Kept>(
    databaseUrl,
    `SELECT s.handle, s.state::text AS state, count(DISTINCT c.id)::int AS consents, max(c.state::text) AS consent,
       count(l.id) FILTER (WHERE l.reason = 'GRANTED')::int AS granted_lines
     FROM share_requests s LEFT JOIN consents c ON c.handle = s.handle LEFT JOIN consent_changes l ON l.consent_id = c.id
     WHERE s.handle = ANY($1) GROUP BY s.handle, s.state`,
    [told.map(({ handle }) => handle)],
  );
  const kept = new Map(rows.map((row) => [row.handle, row]));
  const found = told.flatMap((one) => {
    const row = kept.get(one.handle);
    return row === undefined ? ['a request is gone'] : [...one.violations, ...compare(one, row)];
  });
  const strays = await runSql<{ strays: number }>(
    databaseUrl,
    `SELECT (SELECT count(*) FROM consents c WHERE NOT EXISTS (
         SELECT FROM consent_changes l WHERE l.consent_id = c.id))::int
       + (SELECT count(*) - count(DISTINCT grant_id) FROM consents WHERE grant_id IS NOT NULL)::int AS strays`,
  );
  if ((strays[0]?.strays ?? 0) > 0) found.push('a consent without its ledger, or two with one grant');
  return found;
}

function compare(told: Told, { state, consents, consent, granted_lines: lines }: Kept): string[] {
  const isGranted = state === 'GRANTED';
  const found: string[] = [];
  if (told.approved !== null && !['APPROVED', 'GRANTED'].includes(state))
    found.push(`an approval that was told is ${state}`);
  if (told.isGranted && !isGranted) found.push(`a grant that was told is ${state}`);
  if (consents > 1) found.push('two consents of one request');
  if (isGranted !== (consents === 1)) found.push(`${state} with ${consents} consents`);
  if (lines !== consents) found.push(`${consents} consents with ${lines} lines of grant`);
  if (told.tokens > 1) found.push('two tokens of one code');
  if (isGranted && consent !== 'ACTIVE' && !told.isCodeRepeated && !told.isCodeLost)
    found.push(`a consent nobody ended is ${consent}`);
  return found;
}
