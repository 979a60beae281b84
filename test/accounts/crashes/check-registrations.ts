import { transitions } from '@dinhdanh/accounts/testing';
import type { RegistrationState } from '@dinhdanh/accounts/testing';
import { runSql } from '@dinhdanh/kit/testing';
import type { Told } from './crossed-registration.ts';

interface Kept extends Record<string, unknown> {
  readonly id: string;
  readonly number: string;
  readonly state: RegistrationState;
  readonly done: Readonly<Record<string, string>>;
  readonly images: number;
  readonly history: readonly { readonly from: RegistrationState | null; readonly to: RegistrationState }[];
}

/** Holds what applicants were told against what the database has: every way in which they differ. */
export async function checkRegistrations(databaseUrl: string, told: readonly Told[]): Promise<string[]> {
  const numbers = [...new Set(told.map(({ applicant }) => applicant.number))];
  const kept = await runSql<Kept>(
    databaseUrl,
    `SELECT r.id, r.personal_number AS number, r.state::text AS state, r.done,
       (SELECT count(*)::int FROM registration_images i WHERE i.registration_id = r.id) AS images,
       (SELECT json_agg(json_build_object('from', t.from_state, 'to', t.to_state) ORDER BY t.id)
          FROM registration_transitions t WHERE t.registration_id = r.id) AS history
     FROM registrations r WHERE r.personal_number = ANY($1)`,
    [numbers],
  );
  const rows = new Map(kept.map((row) => [row.id, row]));
  const ofTold = told.flatMap((one) => [...one.violations, ...compare(one, rows)]);
  const ofRows = kept.flatMap(checkRow);
  return [
    ...ofTold,
    ...ofRows,
    ...(await countAccounts(databaseUrl, kept, told)),
    ...(await strays(databaseUrl)),
  ];
}

function compare({ begun, done, state, isActivated }: Told, rows: ReadonlyMap<string, Kept>): string[] {
  const found = begun.flatMap((id) => (rows.has(id) ? [] : ['a registration that was begun is gone']));
  const row = rows.get(begun.at(-1) ?? '');
  if (row === undefined) return found;
  const lost = [...done].filter((step) => row.done[step] === undefined);
  found.push(...lost.map((step) => `${step} was told and is lost`));
  const expected = isActivated ? 'ACTIVATED' : state;
  if (expected !== null && expected !== row.state && !(expected === 'APPROVED' && row.state === 'ACTIVATED'))
    found.push(`${expected} was told and it is ${row.state}`);
  return found;
}

/** A history that the machine allows, from its beginning to where it is; received once; faces gone with the decision. */
function checkRow({ state, history, images }: Kept): string[] {
  const found: string[] = [];
  let at: RegistrationState | null = null;
  for (const { from, to } of history) {
    if (from !== at) found.push(`${String(from)} follows ${String(at)}`);
    if (from !== null && !Object.values(transitions[from]).includes(to)) found.push(`${from} became ${to}`);
    at = to;
  }
  if (at !== state) found.push(`${state} without its history`);
  if (history.filter(({ to }) => to === 'SUBMITTED').length > 1) found.push('received twice');
  if (images > 0 && !['OPEN', 'SUBMITTED', 'IN_REVIEW'].includes(state))
    found.push('a face outlived its decision');
  return found;
}

async function countAccounts(
  databaseUrl: string,
  kept: readonly Kept[],
  told: readonly Told[],
): Promise<string[]> {
  const numbers = [...new Set(kept.map(({ number }) => number))];
  const counts = await runSql<{ number: string; accounts: number; credentials: number }>(
    databaseUrl,
    `SELECT number, (SELECT count(*)::int FROM accounts WHERE personal_number = number) AS accounts,
       (SELECT count(*)::int FROM credentials WHERE username = number) AS credentials
     FROM unnest($1::text[]) AS number`,
    [numbers],
  );
  return counts.flatMap(({ number, accounts, credentials }) => {
    const active = kept.filter((row) => row.number === number && row.state === 'ACTIVATED').length;
    const isTold = told.some(({ applicant, isActivated }) => isActivated && applicant.number === number);
    const found = active > 1 ? ['two registrations of one number are activated'] : [];
    if (accounts !== active || credentials !== active)
      found.push(`${active} activated with ${accounts} accounts and ${credentials} credentials`);
    if (isTold && accounts !== 1) found.push('an account that was told is not there');
    return found;
  });
}

/** Each change of state has its message, and no message is of one that did not happen. */
async function strays(databaseUrl: string): Promise<string[]> {
  const rows = await runSql<{ state: string; moved: number; sent: number }>(
    databaseUrl,
    `SELECT state, (SELECT count(*)::int FROM registration_transitions WHERE to_state::text = state) AS moved,
       (SELECT count(*)::int FROM messages m WHERE m.kind::text = told) AS sent
     FROM (VALUES ('SUBMITTED', 'REGISTRATION_RECEIVED'), ('APPROVED', 'REGISTRATION_APPROVED'),
       ('REJECTED', 'REGISTRATION_REJECTED'), ('ACTIVATED', 'ACCOUNT_ACTIVATED')) AS pair (state, told)`,
  );
  return rows.flatMap(({ state, moved, sent }) =>
    moved === sent ? [] : [`${moved} became ${state}, and ${sent} were told`],
  );
}
