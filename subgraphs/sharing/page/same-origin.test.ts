import { describe, expect, it } from 'vitest';
import { isJson, isSameOrigin } from './same-origin.ts';

const own = 'https://dinhdanh.example';

describe('a request of our own page', () => {
  it.each<[Record<string, string>, boolean]>([
    [{ origin: own, 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: own }, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{}, false],
    [{ origin: 'null' }, false],
    [{ origin: `${own}.evil.example` }, false],
    [{ origin: `${own}:444` }, false],
    [{ origin: 'http://dinhdanh.example' }, false],
    [{ origin: own, 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: own, 'sec-fetch-site': 'same-site' }, false],
    [{ origin: own, 'sec-fetch-site': 'none' }, false],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, false],
  ])('is known by its origin: %j', (headers, expected) => {
    expect(isSameOrigin(headers, own)).toBe(expected);
  });

  it.each<[string | undefined, boolean]>([
    ['application/json', true],
    ['Application/JSON; charset=utf-8', true],
    ['text/plain', false],
    ['application/x-www-form-urlencoded', false],
    ['text/plain; application/json', false],
    ['application/jsonp', false],
    [undefined, false],
  ])('says that it is JSON: %s', (type, expected) => {
    expect(isJson(type === undefined ? {} : { 'content-type': type })).toBe(expected);
  });
});
