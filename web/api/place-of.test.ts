import { describe, expect, it } from 'vitest';
import { placeOf } from './place-of.ts';

const self = { kind: 'self' } as const;
interface Named {
  readonly name: string;
}
type Given = NonNullable<Parameters<typeof placeOf<Named>>[0]>;

function answer(data: Given['data']): Given {
  return { data, failures: [], notices: [] };
}

describe('placeOf', () => {
  it('finds oneself at the root', () => {
    expect(placeOf(answer({ person: { name: 'Hà' } }), self)).toEqual({
      person: { name: 'Hà' },
      path: ['person'],
    });
    expect(placeOf(null, self)).toEqual({ person: null, path: ['person'] });
  });

  it('finds the one dependant that was chosen, never the one beside', () => {
    const dependants = [
      { id: 'a', person: { name: 'Bảo' } },
      { id: 'b', person: { name: 'Phúc' } },
    ];
    expect(placeOf(answer({ me: { dependants } }), { kind: 'dependant', id: 'b' })).toEqual({
      person: { name: 'Phúc' },
      path: ['me', 'dependants', 1, 'person'],
    });
  });

  it('a dependant who is not in the list is read from the list, whose failure says why', () => {
    const gone = { person: null, path: ['me', 'dependants'] };
    expect(placeOf(answer({ me: { dependants: [] } }), { kind: 'dependant', id: 'b' })).toEqual(gone);
    expect(placeOf(answer({ me: { dependants: null } }), { kind: 'dependant', id: 'b' })).toEqual(gone);
    expect(placeOf(answer({ me: null }), { kind: 'dependant', id: 'b' })).toEqual(gone);
  });
});
