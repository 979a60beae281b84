import { expect, test } from 'vitest';
import { SELF, sessions, setScene, WARD } from './fixtures/scene.ts';

test('sharing is told by what a decision is confirmed, for whom it may be made, and what to show of the network', async () => {
  const scene = await setScene();
  const claim = 'mutation { claimShare(input: { code: "a.b.q.c" }) { handle state } }';
  const agent = { 'user-agent': 'Firefox/150' };
  const answer = await scene.ask(claim, { session: sessions.business, headers: agent });
  expect(answer.errors).toEqual([]);
  expect(scene.sharing.asked.at(-1)).toMatchObject({
    act: { kind: 'person', id: 'account-1' },
    subjects: [
      { id: 'self', as: 'self' },
      { id: 'ward', as: 'guardian' },
    ],
    ids: { self: { personalNumber: SELF }, ward: { personalNumber: WARD } },
    confirmed: { id: 'confirmation-1', at: '2026-11-22T03:00:00.000Z', method: 'passkey' },
    organisations: [{ id: 'organisation-1', taxCode: '0312345678' }],
    client: { network: '127.0.0.x', agent: 'Firefox/150' },
  });
  await scene.ask('{ shareRequest(handle: "handle-1") { handle state } }', { session: sessions.business });
  expect(scene.sharing.asked.at(-1)?.subjects.map(({ as }) => as)).toEqual(['self', 'guardian']);
  await scene.ask('mutation { revokeConsent(id: "consent-1") { id state } }', { session: sessions.business });
  expect(scene.sharing.asked.at(-1)?.subjects.map(({ as }) => as)).toEqual(['self']);
});

test('no other service is told of it, and who has nothing of it says nothing', async () => {
  const scene = await setScene();
  await scene.ask('{ person { sex } }', { session: sessions.business });
  const [told] = scene.population.calls;
  for (const name of ['confirmed', 'organisations', 'role']) expect(told).not.toHaveProperty(name);
  expect(Object.keys(told?.client ?? {}).sort()).toEqual(['address', 'cookie', 'device']);
  await scene.ask('mutation { claimShare(input: { code: "a.b.q.c" }) { state } }');
  const [asked] = scene.sharing.asked;
  for (const name of ['confirmed', 'organisations', 'role', 'consent'])
    expect(asked).not.toHaveProperty(name);
});

test('operators decide on relying parties, and nobody else does', async () => {
  const scene = await setScene();
  const query = '{ relyingPartyApplications { nodes { id state } pageInfo { hasNextPage } } }';
  const answer = await scene.ask(query, { session: sessions.operator });
  expect([answer.errors, answer.data]).toEqual([
    [],
    { relyingPartyApplications: { nodes: [], pageInfo: { hasNextPage: false } } },
  ]);
  expect(scene.sharing.asked.at(-1)).toMatchObject({
    act: { kind: 'officer', id: 'staff-operator' },
    role: 'OPERATOR',
    subjects: [],
  });
  const asked = scene.sharing.asked.length;
  for (const session of [sessions.officer, sessions.auditor, sessions.business]) {
    const refused = await scene.ask(query, { session });
    expect(refused.errors.map(({ extensions: { code } }) => code)).toContain('NOT_PERMITTED');
  }
  expect(scene.sharing.asked).toHaveLength(asked);
});
