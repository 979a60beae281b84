import type { ServerResponse } from 'node:http';
import { WRONG_BROWSER_PAGE, WRONG_BROWSER_POLICY } from './wrong-browser-page.ts';

const always = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

type Headers = Readonly<Record<string, string>>;

/** Answers in JSON. */
export function answerJson(
  response: ServerResponse,
  status: number,
  content: unknown,
  headers: Headers = {},
): void {
  const body = Buffer.from(JSON.stringify(content));
  response
    .writeHead(status, {
      ...always,
      ...headers,
      'content-type': 'application/json',
      'content-length': body.length,
    })
    .end(body);
}

/** Answers that nothing stands here and nothing was shared: one answer for every reason. */
export function answerWrongBrowser(response: ServerResponse, headers: Headers = {}): void {
  const body = Buffer.from(WRONG_BROWSER_PAGE);
  response
    .writeHead(404, {
      ...always,
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'content-length': body.length,
      'content-security-policy': WRONG_BROWSER_POLICY,
    })
    .end(body);
}

/** Sends the browser on to where its request goes on. */
export function sendOn(response: ServerResponse, location: string, headers: Headers = {}): void {
  response.writeHead(303, { ...always, ...headers, location, 'content-length': 0 }).end();
}
