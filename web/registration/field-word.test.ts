import { assertEnumType } from 'graphql';
import { publicSchema, readSupergraph } from '@dinhdanh/schema';
import { expect, test } from 'vitest';
import { catalogues } from '../texts/catalogues.ts';
import { fieldWord } from './field-word.ts';

test('R97: every field that a registry can find differing has a name on the screen, in each language', () => {
  const fields = assertEnumType(publicSchema(readSupergraph()).getType('DeclaredField')).getValues();
  expect(fields.length).toBeGreaterThan(8);
  for (const { name } of fields) {
    expect(fieldWord(name, catalogues.vi), name).toEqual(expect.any(String));
    expect(fieldWord(name, catalogues.en), name).not.toBe(fieldWord(name, catalogues.vi));
  }
});

test('a field of no name is left out', () => {
  expect(fieldWord('shoeSize', catalogues.en)).toBeNull();
  expect(fieldWord(null, catalogues.en)).toBeNull();
});
