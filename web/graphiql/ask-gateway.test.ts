import { afterEach, expect, test, vi } from 'vitest';
import { askGateway } from './ask-gateway.ts';

afterEach(() => vi.unstubAllGlobals());

/** The request the page would make with these header fields typed in. */
async function requestWith(typed: Record<string, string>): Promise<Request> {
  let made = new Request('http://nowhere/');
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    made = new Request(new URL(path, 'http://gateway'), init);
    return Promise.resolve(Response.json({ data: null }));
  });
  expect(await askGateway({ query: '{ me { level } }' }, { headers: typed })).toEqual({ data: null });
  return made;
}

test('without a token the session of the screens travels along, to our own origin alone', async () => {
  const { url, method, credentials, headers } = await requestWith({});
  expect([url, method, credentials]).toEqual(['http://gateway/graphql', 'POST', 'same-origin']);
  expect(headers.get('dinhdanh-session')).toBe('cookie');
});

test('a typed token takes the place of the session', async () => {
  const { headers } = await requestWith({ Authorization: 'Bearer x' });
  expect(headers.get('authorization')).toBe('Bearer x');
  expect(headers.has('dinhdanh-session')).toBe(false);
});
