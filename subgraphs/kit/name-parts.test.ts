import { expect, test } from 'vitest';
import { namePartsOf } from './name-parts.ts';

test.each([
  ['Nguyễn Văn An', { surname: 'Nguyễn', middleName: 'Văn', givenName: 'An' }],
  ['Trần Thị Ngọc Ánh', { surname: 'Trần', middleName: 'Thị Ngọc', givenName: 'Ánh' }],
  ['Lê Minh', { surname: 'Lê', middleName: null, givenName: 'Minh' }],
  ['Sukarno', { surname: null, middleName: null, givenName: 'Sukarno' }],
  [' KIM   MIN  JUN ', { surname: 'KIM', middleName: 'MIN', givenName: 'JUN' }],
])('%s is cut at its last word', (fullName, parts) => {
  expect(namePartsOf(fullName)).toEqual(parts);
});
