import { afterEach, expect, test, vi } from 'vitest';
import { askGateway } from './ask-gateway.ts';

afterEach(() => vi.unstubAllGlobals());

/** The request the page would make with these header fields typed in. */
async function requestWith(typed: Record<string, string>): Promise<RequestInit & { url: string }> {
  const made: (RequestInit & { url: string })[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    made.push({ url, ...init });
    return Promise.resolve(Response.json({ data: null }));
  });
  expect(await askGateway({ query: '{ me { level } }' }, { headers: typed })).toEqual({ data: null });
  const [request] = made;
  if (request === undefined) expect.unreachable();
  return request;
}

test('without a token the session of the screens travels along, to our own origin alone', async () => {
  const { url, method, credentials, headers } = await requestWith({});
  expect([url, method, credentials]).toEqual(['/graphql', 'POST', 'same-origin']);
  expect(new Headers(headers).get('dinhdanh-session')).toBe('cookie');
});

test('a typed token takes the place of the session', async () => {
  const { headers } = await requestWith({ Authorization: 'Bearer x' });
  expect(new Headers(headers).get('authorization')).toBe('Bearer x');
  expect(new Headers(headers).has('dinhdanh-session')).toBe(false);
});
