import { describe, expect, it } from 'vitest';
import type { ActorKind, CallerToken } from './caller-token.ts';
import { changePage } from './changes.ts';
import type { StoredChange } from './changes.ts';

const stored: StoredChange[] = [1n, 2n, 5n].map((id) => ({
  id,
  at: new Date('2026-11-21T03:00:00Z'),
  kind: 'VEHICLE_CHANGED',
  keys: [{ role: 'DOCUMENT', value: `ref-${id}` }],
}));
const changesAfter = async (id: bigint, take: number) =>
  stored.filter((change) => change.id > id).slice(0, take);
const caller = (kind: ActorKind) => ({ act: { kind, id: 'x' } }) as CallerToken;
const page = (args: { first?: number; after?: string | null }) =>
  changePage(caller('system'), args, changesAfter);

describe('a page of changes', () => {
  it.each<ActorKind>([
    'person',
    'representative',
    'relying_party',
    'officer',
    'auditor',
    'applicant',
    'authority',
  ])('is refused to a caller who is %s', async (kind) => {
    let asked = 0;
    const refused = changePage(caller(kind), {}, async () => ((asked += 1), []));
    await expect(refused).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    expect(asked).toBe(0);
  });

  it('resumes after its cursor and ends at the last change', async () => {
    const first = await page({ first: 2 });
    expect(first.nodes.map(({ cursor }) => cursor)).toEqual(['1', '2']);
    expect(first.pageInfo).toEqual({ hasNextPage: true, endCursor: '2' });
    const second = await page({ first: 2, after: '2' });
    expect(second.nodes).toEqual([
      {
        cursor: '5',
        at: '2026-11-21T03:00:00.000Z',
        kind: 'VEHICLE_CHANGED',
        keys: [{ role: 'DOCUMENT', value: 'ref-5' }],
      },
    ]);
    expect(second.pageInfo).toEqual({ hasNextPage: false, endCursor: '5' });
    expect(await page({ after: '5' })).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it.each([{ first: 0 }, { first: 101 }, { after: 'x' }, { after: '-1' }, { after: '9'.repeat(19) }])(
    'asked for with %j is refused',
    async (args) => {
      await expect(page(args)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    },
  );
});
