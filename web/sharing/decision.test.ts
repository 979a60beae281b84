import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalOf, emptyDraft, problemsOf, refusalOf, withTick, withWhom } from './decision.ts';
import { sampleItem, sampleRequest } from './sample-share.ts';
import { sortItems } from './sort-items.ts';

const request = sampleRequest();
const wards = [
  { id: 'child-3', ownYesNeeded: false },
  { id: 'child-9', ownYesNeeded: true },
];

describe('a decision', () => {
  it('begins with nothing ticked and nothing said, and is then no yes', () => {
    const draft = emptyDraft(request);
    expect([...draft.ticked]).toEqual([]);
    expect(problemsOf(draft, request)).toEqual(['ORIGIN', 'TICK']);
    expect(emptyDraft({ wards }).whom).toBeNull();
  });

  it('who did not begin the request cannot agree', () => {
    const draft = { ...emptyDraft(request), startedByMe: false };
    expect(problemsOf(draft, request)).toContain('NOT_STARTED');
  });

  it('what takes a tick of its own and is needed has to be ticked, what is voluntary has not', () => {
    const ticked = withTick({ ...emptyDraft(request), startedByMe: true }, 'person.portrait', true);
    expect(problemsOf(ticked, request)).toEqual([]);
    expect(problemsOf(withTick(ticked, 'person.portrait', false), request)).toEqual(['TICK']);
    expect(approvalOf(ticked, request)).toEqual({
      handle: request.handle,
      decision: 'APPROVE',
      voluntary: [],
      ticked: ['person.portrait'],
      startedByMe: true,
    });
  });

  it('for a child of seven or older the child has to agree, and the yes of one is not the yes of another', () => {
    const asked = sampleRequest({ items: [], wards });
    const begun = { ...emptyDraft(asked), startedByMe: true };
    expect(problemsOf(begun, asked)).toEqual(['WHOM']);
    const older = withWhom(begun, 'child-9');
    expect(problemsOf(older, asked)).toEqual(['WARD_YES']);
    const agreed = { ...older, wardAgrees: true };
    expect(problemsOf(agreed, asked)).toEqual([]);
    expect(approvalOf(agreed, asked)).toMatchObject({ dependant: 'child-9', wardAgrees: true });
    expect(withWhom(agreed, 'child-3').wardAgrees).toBe(false);
    const own = approvalOf(withWhom(agreed, 'self'), asked);
    expect('dependant' in own || 'wardAgrees' in own).toBe(false);
  });

  it('a no takes nothing else', () => {
    expect(refusalOf(emptyDraft(request), request)).toEqual({ handle: request.handle, decision: 'DECLINE' });
    expect(refusalOf({ startedByMe: false }, request)).toMatchObject({ startedByMe: false });
  });

  it('never names an item that was not ticked, and every ticked one by its kind', () => {
    const flags = fc.record({ voluntary: fc.boolean(), separateTick: fc.boolean(), isTicked: fc.boolean() });
    fc.assert(
      fc.property(fc.array(flags, { maxLength: 12 }), (made) => {
        const items = made.map((one, at) => sampleItem(String(at), one));
        const asked = sampleRequest({ items });
        const ids = made.flatMap(({ isTicked }, at) => (isTicked ? [String(at)] : []));
        const draft = ids.reduce((last, id) => withTick(last, id, true), emptyDraft(asked));
        const { voluntary, ticked } = approvalOf(draft, asked);
        const of = (kind: 'voluntary' | 'separateTick'): string[] =>
          items.filter((item) => item[kind] === true && ids.includes(item.id)).map(({ id }) => id);
        expect(voluntary?.toSorted()).toEqual(of('voluntary').toSorted());
        expect(ticked?.toSorted()).toEqual(of('separateTick').toSorted());
      }),
    );
  });
});

describe('the items of a request', () => {
  it('stand in one group each, in their order', () => {
    const { essential, separate, voluntary } = sortItems(request.items ?? []);
    expect(essential.map(({ id }) => id)).toEqual(['person.fullName']);
    expect(separate.map(({ id }) => id)).toEqual(['person.portrait', 'person.religion']);
    expect(voluntary.map(({ id }) => id)).toEqual(['person.phone']);
  });
});
