import { keepText } from '@dinhdanh/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AppendEntry } from '../record/entry.ts';
import { textOf } from './entry-batch.ts';

const list = fc.array(fc.string());
const detail = fc.record({ fields: list, address: fc.option(fc.string()), device: fc.option(fc.string()) });
const others = fc.record(
  { time: fc.string(), subjects: list, pseudonyms: list, refusal: fc.option(fc.string()), level: fc.nat(2) },
  { requiredKeys: ['time', 'subjects', 'refusal', 'level'] },
);

test('an entry is written whole, whether its lists are kept or not', () => {
  fc.assert(
    fc.property(others, list, fc.option(detail), fc.boolean(), (rest, claims, told, isKept) => {
      if (isKept) for (const each of [claims, told?.fields ?? []]) keepText(each);
      const entry = { ...rest, claims, ...(told === null ? {} : { detail: told }) } as unknown as AppendEntry;
      expect(JSON.parse(textOf(entry))).toEqual(JSON.parse(JSON.stringify(entry)));
    }),
  );
});
