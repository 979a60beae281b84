import { expect, test } from 'vitest';
import { negotiateMediaType } from './negotiate-media-type.ts';

const graphql = 'application/graphql-response+json';
const json = 'application/json';

test.each<[string | undefined, string | undefined]>([
  [undefined, graphql],
  ['', graphql],
  [graphql, graphql],
  [json, json],
  ['*/*', json],
  ['application/*', json],
  [`${graphql}, ${json}`, graphql],
  [`${json}, ${graphql}`, graphql],
  [`${graphql}; charset=utf-8, ${json}; charset=utf-8`, graphql],
  [`${json}, ${graphql};q=0.9`, json],
  [`${graphql}, */*;q=0.1`, graphql],
  [`text/html, ${json};q=0.1`, json],
  [`*/*, ${json};q=0`, graphql],
  [`${graphql};q=0, ${json};q=0, */*`, undefined],
  [`${graphql};charset=utf-16`, undefined],
  ['Application/JSON', json],
  ['text/html, application/xhtml+xml', undefined],
  ['image/*', undefined],
  ['nonsense', undefined],
  [`${json};q=2`, undefined],
])('a client that accepts %s is answered in %s', (accept, type) => {
  expect(negotiateMediaType(accept)).toBe(type);
});
