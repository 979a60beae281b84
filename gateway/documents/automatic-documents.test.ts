import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepAutomaticDocuments } from './automatic-documents.ts';

it('whatever is registered, in any order and as often as one likes, there is never more of it than the bounds', () => {
  const text = fc.record({ hash: fc.constantFrom(...'abcdefgh'), length: fc.nat(60) });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
      const store = keepAutomaticDocuments({ documents: 4, characters: 100 });
      for (const { hash, length } of texts) {
        store.keep(hash, 'x'.repeat(length));
        expect(store.textOf(hash)?.length).toBe(length);
        const kept = [...'abcdefgh'].map((each) => store.textOf(each)).filter((each) => each !== null);
        expect(kept.length).toBeLessThanOrEqual(4);
        expect(kept.join('').length).toBeLessThanOrEqual(100);
      }
    }),
  );
});

it('what was asked for last stays longest', () => {
  const store = keepAutomaticDocuments({ documents: 2, characters: 1000 });
  store.keep('one', '1');
  store.keep('two', '2');
  store.textOf('one');
  store.keep('three', '3');
  expect([store.textOf('one'), store.textOf('two'), store.textOf('three')]).toEqual(['1', null, '3']);
});
