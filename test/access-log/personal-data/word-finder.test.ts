import { describe, expect, test } from 'vitest';
import { WordFinder } from './word-finder.ts';

const finder = new WordFinder([
  { kind: 'full name', text: 'Nguyễn Thị Đào' },
  { kind: 'personal number', text: '098096000111' },
  { kind: 'plate', text: '43X1-207.55' },
]);

const kinds = (content: string | Uint8Array): string[] =>
  finder.find('here', content).map(({ kind }) => kind);

describe('what is found', () => {
  test.each([
    ['as it is', 'x "Nguyễn Thị Đào" y'],
    ['decomposed', 'Nguyễn Thị Đào'.normalize('NFD')],
    ['without marks', 'nguyen thi dao'],
    ['in capitals', 'NGUYỄN THỊ ĐÀO'],
    ['in plain capitals', 'NGUYEN THI DAO,'],
    ['with blanks between', 'Nguyễn  Thị   Đào'],
  ])('a name %s', (_how, text) => {
    expect(kinds(text)).toEqual(['full name']);
  });

  test.each([
    ['alone', '098096000111'],
    ['in a path', '/person/098096000111/'],
    ['glued to a short word', 'user098096000111'],
    ['among bytes', Buffer.concat([Buffer.of(0, 255, 1), Buffer.from('098096000111'), Buffer.of(0)])],
  ])('a number %s', (_how, text) => {
    expect(kinds(text)).toEqual(['personal number']);
  });

  test('the middle of a token, in base64', () => {
    const payload = Buffer.from(JSON.stringify({ sub: '098096000111' })).toString('base64url');
    expect(finder.find('token', `eyJhbGciOiJIUzI1NiJ9.${payload}.c2ln`)).toEqual([
      { place: 'token', kind: 'personal number', form: 'in base64' },
    ]);
  });

  test('several kinds in one place', () => {
    expect(kinds('43x1-207.55 of nguyen thi dao')).toEqual(['plate', 'full name']);
  });
});

describe('what is no find', () => {
  test.each([
    ['a longer number', '1098096000111'],
    ['a number that goes on', '0980960001112'],
    ['a hash with these digits in it', 'a3f0c1d2e3b098096000111cdeffab01928374650'],
    ['a UUID', '1f0c1d2e-3b09-4096-8011-098096000111'],
    ['another name', 'nguyen thi daoanh'],
    ['half a name', 'Nguyễn Thị'],
  ])('%s', (_what, text) => {
    expect(kinds(text)).toEqual([]);
  });
});

test('a word too short to be told from others is refused', () => {
  expect(() => new WordFinder([{ kind: 'code', text: 'abcd' }])).toThrow('too short');
});
