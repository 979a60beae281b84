import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { keepPicture, openBrowser, takeSeat } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { goTo, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';

const { url, dataFolder } = inject('system');
const level2 = readDemo(dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function signedIn(): Promise<Visit> {
  const visitor = await visit(browser, url);
  await signInAs(visitor, level2);
  return visitor;
}

const mine = { query: '{ person { fullName } me { level } }' };
const signOut = { query: 'mutation { signOut }' };

describe('the session of the screens', () => {
  it('travels in a cookie that scripts cannot read and other sites cannot send; no token is in the page', async () => {
    const { context, page } = await signedIn();
    expect(await context.cookies()).toEqual([
      expect.objectContaining({ name: 'dinhdanh_session', httpOnly: true, sameSite: 'Strict', path: '/' }),
    ]);
    const [cookie] = await context.cookies();
    const seen = await page.evaluate(() => {
      const { document, localStorage, sessionStorage } = globalThis as unknown as {
        document: { cookie: string };
        localStorage: object;
        sessionStorage: object;
      };
      return JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]);
    });
    expect(seen).not.toContain(cookie?.value);
    expect(JSON.parse(seen)[0]).toBe('');
    expect(seen).not.toContain(level2.username);
  });

  it('is of no use without the header that only our own pages can send', async () => {
    const { context } = await signedIn();
    const headers = { 'dinhdanh-session': 'cookie' };
    const own = await context.request.post(`${url}/graphql`, { data: mine, headers });
    expect([own.status(), await own.text()]).toEqual([200, expect.stringContaining('Nguyễn Thị Thanh Hà')]);
    for (const forged of [
      {},
      { ...headers, origin: 'http://elsewhere.example' },
      { ...headers, 'sec-fetch-site': 'cross-site' },
    ]) {
      const refused = await context.request.post(`${url}/graphql`, { data: mine, headers: forged });
      expect([refused.status(), await refused.text()]).toEqual([
        401,
        expect.stringContaining('UNAUTHENTICATED'),
      ]);
    }
  });

  it('cannot be used by a page of another site, however it posts', async () => {
    const visitor = await signedIn();
    const elsewhere = await startForeignPage();
    const page = await visitor.context.newPage();
    await page.goto(elsewhere);
    const tried = await page.evaluate(
      async ({ target, body }) => {
        const attempts = [
          { 'content-type': 'text/plain' },
          { 'content-type': 'application/json' },
          { 'content-type': 'application/json', 'dinhdanh-session': 'cookie' },
        ].flatMap((headers) =>
          (['no-cors', 'cors'] as const).map(async (mode) => {
            try {
              const answer = await fetch(target, {
                method: 'POST',
                mode,
                credentials: 'include',
                headers,
                body,
              });
              return `${answer.type} ${await answer.text()}`;
            } catch {
              return 'refused';
            }
          }),
        );
        return Promise.all(attempts);
      },
      { target: `${url}/graphql`, body: JSON.stringify(signOut) },
    );
    expect(tried.every((outcome) => ['refused', 'opaque '].includes(outcome))).toBe(true);
    await page.getByRole('button', { name: 'Win a prize' }).click();
    await page.getByText('BAD_USER_INPUT').waitFor();
    // The session lives: nothing of that signed anybody out.
    await goTo(visitor, 'wallet');
    await visitor.main.getByText('DN4799700004821').waitFor();
  });
});

/** A page of another site (localhost is another site than 127.0.0.1) with a form that posts to us. */
async function startForeignPage(): Promise<string> {
  const form = `<form method="post" enctype="text/plain" action="${url}/graphql">
    <input type="hidden" name='{"query":"mutation { signOut }","x":"' value='"}'><button>Win a prize</button></form>`;
  const server = createServer((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>Elsewhere</title>${form}`);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

describe('the pages', () => {
  it('load from our own origin alone, say so in their policy, and break no rule of it', async () => {
    const context = await takeSeat(browser);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (failure) => complaints.push(failure.message));
    const answer = await page.goto(url);
    const policy = answer?.headers()['content-security-policy'];
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*/);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(asked.filter((address) => !address.startsWith(`${url}/`))).toEqual([]);
    // The one complaint is the browser's about the answer that nobody is signed in.
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });

  it('GraphiQL stands at GET /graphql, from our own files, and asks as the person who is signed in', async () => {
    const visitor = await signedIn();
    const page = await visitor.context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(`${url}/graphql`);
    const editor = page.getByRole('region', { name: 'Operation Editor' }).getByRole('textbox').first();
    await editor.waitFor();
    await editor.focus();
    await page.keyboard.press('ControlOrMeta+A');
    // The editor closes brackets by itself: what it adds goes into the comment.
    await page.keyboard.insertText('{ me { level } } #');
    await page.getByRole('button', { name: /execute query/i }).click();
    const result = page.getByRole('region', { name: 'Result Window' });
    await expect.poll(() => result.innerText()).toMatch(/"level":\s2\b/);
    await keepPicture(page, 'graphiql', 'me');
    expect(
      asked.filter((address) => !/^(data|blob):/.test(address) && !address.startsWith(`${url}/`)),
    ).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
