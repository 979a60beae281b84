import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifySystemToken } from '@dinhdanh/kit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askFor, ASKED, startConsents } from './consents-under-test.ts';
import type { ConsentsUnderTest } from './consents-under-test.ts';

const systemKey = Buffer.alloc(32, 9);
interface Change {
  readonly kind: string;
  readonly at: string;
  readonly keys: readonly { readonly role: string; readonly value: string }[];
}

let sharing: ConsentsUnderTest;
let started = false;
const changes: Change[] = [];
const gateway = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const page = isSharing(request.headers.authorization)
      ? pageAfter(JSON.parse(Buffer.concat(chunks).toString()))
      : null;
    response.writeHead(page === null ? 401 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(page === null ? { errors: [] } : { data: { accountsChanges: page } }));
  });
});

/** The hand that moves the clock may move it while a token is under way: sharing asks again. */
function isSharing(authorization = ''): boolean {
  const [, token = ''] = authorization.split(' ');
  try {
    verifySystemToken(token, {
      keys: { sharing: systemKey },
      audience: 'gateway',
      now: sharing.clock.read(),
    });
    return true;
  } catch {
    return false;
  }
}

function pageAfter({ variables }: { variables: { after: string | null } }): unknown {
  const start = Number(variables.after ?? 0);
  const nodes = changes
    .slice(start, start + 2)
    .map((change, index) => ({ cursor: String(start + index + 1), ...change }));
  const hasNextPage = start + nodes.length < changes.length;
  return { nodes, pageInfo: { hasNextPage, endCursor: nodes.at(-1)?.cursor ?? null } };
}

beforeAll(async () => {
  await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  sharing = await startConsents({ gatewayUrl: () => (started ? url : null), systemKey, pollSeconds: 0.02 });
  started = true;
});
beforeEach(() => sharing.clock.advance(60));
afterAll(async () => {
  await sharing.stop();
  gateway.closeAllConnections();
  gateway.close();
});

/** Accounts records a change now; returns when sharing has applied it. */
async function change(
  kind: string,
  role: string,
  value: string,
  at: Date = sharing.clock.read(),
): Promise<void> {
  changes.push({ kind, at: at.toISOString(), keys: [{ role, value }] });
  const applied = async (): Promise<unknown> =>
    (await sharing.sql<{ cursor: string }>('SELECT cursor FROM change_cursors'))[0]?.cursor;
  await expect.poll(applied, { interval: 10 }).toBe(String(changes.length));
}

/** A consent in a state, granted now. */
async function consent(given: {
  grantor: string;
  subject?: string;
  relation?: string;
  state?: string;
}): Promise<string> {
  const { handle } = await askFor(sharing);
  const id = randomBytes(16).toString('base64url');
  await sharing.sql(
    `INSERT INTO consents (id, handle, party_id, grantor, subject, relation_id, state, granted, purpose, retention_days, "fetch",
       granted_at, ends_at, changed_at, method, text_hash, receipt)
     VALUES ($1, $2, 'hotel', $3, $4, $5, $6::consent_state, $7, 'hotel_check_in', 30, 'STANDING', $8, '2027-01-01', $8, 'PASSCODE', 'h', 'r')`,
    [
      id,
      handle,
      given.grantor,
      given.subject ?? given.grantor,
      given.relation ?? null,
      given.state ?? 'ACTIVE',
      JSON.stringify(ASKED),
      sharing.clock.read(),
    ],
  );
  return id;
}

const stateOf = async (id: string) =>
  (
    await sharing.sql<{ state: string; stop_reasons: string[] }>(
      'SELECT state, stop_reasons FROM consents WHERE id = $1',
      [id],
    )
  )[0];
const ledger = async (id: string) =>
  sharing.sql('SELECT state, by, reason FROM consent_changes WHERE consent_id = $1 ORDER BY id', [id]);

describe('a lock', () => {
  it('stops what the person gave, and its unlock resumes that where it stood', async () => {
    const [active, paused, other] = [
      await consent({ grantor: 'locked' }),
      await consent({ grantor: 'locked', state: 'PAUSED' }),
      await consent({ grantor: 'free' }),
    ];
    await change('LOCKED', 'SUBJECT', 'locked');
    expect(await stateOf(active)).toEqual({ state: 'STOPPED', stop_reasons: ['LOCKED'] });
    expect(await stateOf(paused)).toEqual({ state: 'STOPPED', stop_reasons: ['LOCKED'] });
    expect(await stateOf(other)).toEqual({ state: 'ACTIVE', stop_reasons: [] });
    await change('UNLOCKED', 'SUBJECT', 'locked');
    expect(await stateOf(active)).toEqual({ state: 'ACTIVE', stop_reasons: [] });
    expect(await stateOf(paused)).toEqual({ state: 'PAUSED', stop_reasons: [] });
    expect(await ledger(active)).toEqual([
      { state: 'STOPPED', by: 'system', reason: 'LOCKED' },
      { state: 'ACTIVE', by: 'system', reason: 'UNLOCKED' },
    ]);
  });

  it('ends the requests the person has taken and not yet seen granted', async () => {
    const { handle } = await askFor(sharing);
    await sharing.sql(
      `UPDATE share_requests SET state = 'APPROVED', claimed_by = 'caught', claimed_at = $2, decided_at = $2, number = '123' WHERE handle = $1`,
      [handle, sharing.clock.read()],
    );
    await change('LOCKED', 'SUBJECT', 'caught');
    expect(await sharing.sql('SELECT state, number FROM share_requests WHERE handle = $1', [handle])).toEqual(
      [{ state: 'CANCELLED', number: null }],
    );
  });

  it('that passes leaves stopped what lost its ground meanwhile', async () => {
    const id = await consent({ grantor: 'both' });
    await change('LOCKED', 'SUBJECT', 'both');
    await change('LEVEL_CHANGED', 'SUBJECT', 'both');
    await change('UNLOCKED', 'SUBJECT', 'both');
    expect(await stateOf(id)).toEqual({ state: 'STOPPED', stop_reasons: ['LEVEL'] });
  });
});

describe('other changes', () => {
  it('the end of a guardianship stops what was given by that relation alone', async () => {
    const [ward, own] = [
      await consent({ grantor: 'guardian', subject: 'ward', relation: 'relation-1' }),
      await consent({ grantor: 'guardian' }),
    ];
    await change('GUARDIANSHIP_ENDED', 'RELATION', 'relation-1');
    expect(await stateOf(ward)).toEqual({ state: 'STOPPED', stop_reasons: ['GUARDIANSHIP'] });
    expect(await stateOf(own)).toMatchObject({ state: 'ACTIVE' });
  });

  it('a closed account stops what it gave and what is about its owner', async () => {
    const about = await consent({ grantor: 'parent', subject: 'dead', relation: 'relation-2' });
    await change('CLOSED', 'SUBJECT', 'dead');
    expect(await stateOf(about)).toEqual({ state: 'STOPPED', stop_reasons: ['CLOSED'] });
  });

  it('one that is told late stops nothing that was given after it', async () => {
    const at = sharing.clock.read();
    sharing.clock.advance(60);
    const id = await consent({ grantor: 'anew' });
    await change('LEVEL_CHANGED', 'SUBJECT', 'anew', at);
    expect(await stateOf(id)).toMatchObject({ state: 'ACTIVE' });
  });

  it('what was revoked stays so, and unknown kinds mean nothing', async () => {
    const id = await consent({ grantor: 'gone', state: 'REVOKED' });
    await change('LOCKED', 'SUBJECT', 'gone');
    await change('SOMETHING_NEW', 'SUBJECT', 'gone');
    await change('UNLOCKED', 'SUBJECT', 'gone');
    expect(await stateOf(id)).toMatchObject({ state: 'REVOKED' });
    expect(await ledger(id)).toEqual([]);
  });
});

describe('what has run out', () => {
  it('is written down, with its line in the ledger, at its end and not when it was noticed', async () => {
    const id = await consent({ grantor: 'ended' });
    await sharing.sql(`UPDATE consents SET ends_at = $2 WHERE id = $1`, [
      id,
      new Date(sharing.clock.read().getTime() + 10_000),
    ]);
    const { handle } = await askFor(sharing);
    sharing.clock.advance(600);
    await expect.poll(() => stateOf(id), { interval: 10 }).toMatchObject({ state: 'EXPIRED' });
    expect(await ledger(id)).toEqual([{ state: 'EXPIRED', by: 'system', reason: null }]);
    expect(await sharing.sql('SELECT state FROM share_requests WHERE handle = $1', [handle])).toEqual([
      { state: 'EXPIRED' },
    ]);
  });
});
