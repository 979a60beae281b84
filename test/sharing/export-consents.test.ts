import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runSql } from '@dinhdanh/kit/testing';
import { publicSchema, readAsk, readSupergraph } from '@dinhdanh/schema';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TemporaryFolders } from '../harness/temporary-folders.ts';

const { databaseUrls, dataFolder } = inject('system');
const root = join(import.meta.dirname, '..', '..');
const database = databaseUrls.sharing ?? expect.unreachable('a database of its own');
const folders = new TemporaryFolders();
/** Among whatever other consents there are, ours are told by this. */
const mark = randomUUID();
const ask = readAsk(
  { query: '{ person { vehicles { plate source { database } } ... on Citizen { religion } } }' },
  publicSchema(readSupergraph()),
);
const item = (claim: string, fields: string[], isSensitive = false) => ({
  ...{ id: claim, claim, fields, label: { vi: claim, en: claim } },
  ...{ voluntary: false, sensitive: isSensitive, separateTick: isSensitive },
});
const granted = {
  document: ask.document,
  hash: ask.hash,
  items: [
    item('identity.kind', ['person.__typename']),
    item('sensitive.religion', ['person.religion'], true),
    item('vehicle', ['person.vehicles.plate']),
  ],
};

/** Keeps a consent in a state, all else as small as the tables let it be. */
async function keepConsent(state: string): Promise<void> {
  const id = `${mark}-${state}`;
  await runSql(
    database,
    `INSERT INTO consents (id, handle, party_id, grantor, subject, state, granted, purpose, retention_days, "fetch",
       granted_at, ends_at, changed_at, method, text_hash, receipt)
     VALUES ($1, $1, $2, 'grantor', 'subject', $3::consent_state, $4::jsonb, 'car_rental', 1, 'STANDING', now(), '2099-01-01', now(),
       'PASSKEY', '', '')`,
    [id, mark, state, JSON.stringify(granted)],
  );
}

beforeAll(async () => {
  await runSql(
    database,
    `INSERT INTO relying_parties (id, organisation_id, legal_name, display_name, tax_code, sector, domain, data_contact,
       redirect_uris, state, registered_by, registered_at)
     VALUES ($1, $1, 'A', 'A', '1', 'A', 'a.example', 'a', '{}', 'SANDBOX', 'a', now())`,
    [mark],
  );
  for (const state of ['ACTIVE', 'PAUSED', 'STOPPED', 'REVOKED', 'EXPIRED']) await keepConsent(state);
});
afterAll(async () => {
  await runSql(database, 'DELETE FROM consent_changes WHERE starts_with(consent_id, $1)', [mark]);
  await runSql(database, 'DELETE FROM consents WHERE party_id = $1', [mark]);
  await runSql(database, 'DELETE FROM relying_parties WHERE id = $1', [mark]);
  await folders.remove();
});

/** Runs one of our commands as an operator does. */
function run(script: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    const env = { PATH: '/usr/bin:/bin', DINHDANH_DATA: dataFolder };
    const call = ['--import', './start/require-node.mjs', script, ...words];
    execFile(process.execPath, call, { cwd: root, env }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('consents before a change of the schema', () => {
  it('are exported while they may still be used, without who gave them', async () => {
    const { code, out } = await run('start/export-consents.ts');
    expect(code).toBe(0);
    const ours = out.split('\n').filter((line) => line.includes(mark));
    expect(ours.map((line) => JSON.parse(line))).toEqual(
      ['ACTIVE', 'PAUSED', 'STOPPED'].map((state) => ({
        id: `${mark}-${state}`,
        document: ask.document,
        fields: [
          { key: 'person.__typename', claim: 'identity.kind', sensitive: false, separateTick: false },
          { key: 'person.religion', claim: 'sensitive.religion', sensitive: true, separateTick: true },
          { key: 'person.vehicles.plate', claim: 'vehicle', sensitive: false, separateTick: false },
        ],
      })),
    );
    expect(ours.join()).not.toMatch(/grantor|subject/);
    expect((await run('start/export-consents.ts', 'all')).code).toBe(1);
  });

  it('pass the schema they were given under, and those that would break are named', async () => {
    const file = join(await folders.make(), 'consents.jsonl');
    const lines = (await run('start/export-consents.ts')).out
      .split('\n')
      .filter((line) => line.includes(mark));
    await writeFile(file, lines.join('\n'));
    const whole = await run('schema/compose.ts', '--check', '--consents', file);
    expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('3 consents read as they did.') });

    const [first = '', ...others] = lines;
    await writeFile(file, [first.replace('"sensitive.religion"', '"belief"'), ...others].join('\n'));
    const broken = await run('schema/compose.ts', '--check', '--consents', file);
    expect(broken.code).toBe(2);
    expect(broken.err).toBe(
      `The consent ${mark}-ACTIVE would break: person.religion was agreed to as "belief" and is "sensitive.religion".\n`,
    );
  });
});
