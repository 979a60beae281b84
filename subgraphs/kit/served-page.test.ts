import { describe, expect, it } from 'vitest';
import type { ActorKind, CallerToken } from './caller-token.ts';
import { servedPage } from './served-page.ts';
import type { ServedPosition, StoredServed } from './served-store.ts';

const stored: StoredServed[] = [1, 2, 3].map((second) => ({
  callId: `r${second}.0.0`,
  at: `2026-11-21T03:00:0${second}.000Z`,
  actorKind: 'person',
  subjects: 1,
  claims: 2,
}));
const isBehind = ({ at, callId }: StoredServed, position: ServedPosition | null): boolean =>
  position === null || at > position.at || (at === position.at && callId > position.callId);
const context = (kind: ActorKind, asked: (ServedPosition | null)[] = []) => ({
  caller: { act: { kind, id: 'x' } } as CallerToken,
  served: async (position: ServedPosition | null, take: number) => {
    asked.push(position);
    return stored.filter((record) => isBehind(record, position)).slice(0, take);
  },
});

describe('a page of what a service has served', () => {
  it.each<ActorKind>([
    'person',
    'representative',
    'relying_party',
    'officer',
    'auditor',
    'applicant',
    'authority',
  ])('is refused to a caller who is %s', async (kind) => {
    const asked: (ServedPosition | null)[] = [];
    await expect(servedPage(context(kind, asked), {})).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    expect(asked).toEqual([]);
  });

  it('resumes after its cursor and ends at the last record', async () => {
    const first = await servedPage(context('system'), { first: 2 });
    expect(first.nodes.map(({ callId }) => callId)).toEqual(['r1.0.0', 'r2.0.0']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await servedPage(context('system'), { first: 2, after: first.pageInfo.endCursor });
    expect(second.nodes).toEqual([{ ...stored[2], cursor: '2026-11-21T03:00:03.000Z/r3.0.0' }]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    const end = await servedPage(context('system'), { after: second.pageInfo.endCursor });
    expect(end).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });

  it.each([
    { first: 0 },
    { first: 501 },
    { after: 'x' },
    { after: '2026-13-41T99:00:00.000Z/r' },
    { after: '2026-11-21T03:00:00.000Z' },
  ])('asked for with %j is refused', async (args) => {
    await expect(servedPage(context('system'), args)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
