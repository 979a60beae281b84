import { createHash } from 'node:crypto';
import { runSql } from '@dinhdanh/kit/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { borrowAccount } from './spare-account.ts';
import type { SpareAccount } from './spare-account.ts';
import { goTo, sendSignIn, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';

const system = inject('system');
const { url } = system;
const level2 = readDemo(system.dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json');

/** Numbers of the right form that nobody has. */
const nobody = '099199999901';
const nobodyEither = '098199999902';

let browser: Browser;
let spare: SpareAccount;
beforeAll(async () => {
  browser = await openBrowser();
  spare = await borrowAccount(system);
});
afterAll(async () => {
  await browser.close();
  await spare.giveBack();
});

/** What the form answers to an attempt. */
async function answerTo(visitor: Visit, username: string, password: string): Promise<string> {
  await sendSignIn(visitor, { username, password });
  const alert = visitor.page.getByRole('alert').filter({ hasText: /\S/ });
  await alert.waitFor();
  return alert.innerText();
}

describe('a wrong sign-in', () => {
  it.each([
    ['vi', 'Số định danh hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại.'],
    ['en', 'The number or the password is not right. Please check and enter them again.'],
  ] as const)('is told plainly, and alike whether the number exists or not (%s)', async (language, words) => {
    for (const username of [spare.person.username, nobody, 'no number at all']) {
      const visitor = await visit(browser, url, { language });
      expect(await answerTo(visitor, username, 'Wrong-pass-2026')).toBe(words);
      expect(
        await visitor.page.getByRole('button', { name: visitor.labels.signIn, exact: true }).isEnabled(),
      ).toBe(true);
      if (username === nobody) await keepPicture(visitor.page, 'sign-in', `wrong-${language}`);
      await visitor.close();
    }
  });

  it('with nothing filled in asks for both before anything is sent', async () => {
    const visitor = await visit(browser, url);
    const sent: string[] = [];
    visitor.page.on('request', (request) => sent.push(request.url()));
    expect(await answerTo(visitor, '', '')).toBe('Hãy nhập số định danh và mật khẩu.');
    expect(sent).toEqual([]);
  });

  it('too often counts down to the next try, then lets it be made', async () => {
    const visitor = await visit(browser, url);
    const { page, labels } = visitor;
    await answerTo(visitor, nobodyEither, 'Wrong-pass-2026');
    const key = `account:${createHash('sha256').update(nobodyEither).digest('base64url')}`;
    const counters = await runSql(
      system.databaseUrls.accounts ?? expect.unreachable('a database each'),
      `UPDATE throttles SET failures = 12, last_at = now(), blocked_until = now() + interval '10 s'
       WHERE key = '${key}' RETURNING key`,
    );
    expect(counters).toHaveLength(1);
    await page.getByRole('button', { name: labels.signIn, exact: true }).click();
    const waiting = page.getByRole('button', { name: /^Thử lại sau 0:\d\d$/ });
    await waiting.waitFor();
    expect(await waiting.isDisabled()).toBe(true);
    expect(await page.getByRole('alert').innerText()).toMatch(/^Đã thử quá nhiều lần\./);
    await keepPicture(page, 'sign-in', 'limited');
    const first = await waiting.innerText();
    await expect.poll(() => waiting.innerText()).not.toBe(first);
    await page.getByRole('button', { name: labels.signIn, exact: true }).waitFor();
    expect(await page.getByRole('alert').innerText()).toBe('');
    expect(await page.getByLabel(labels.password, { exact: true }).inputValue()).not.toBe('');
  });
});

describe('the end of a session', () => {
  it('signing out leaves nothing behind: neither going back nor reloading shows a word', async () => {
    const visitor = await visit(browser, url);
    const { page, labels } = visitor;
    await signInAs(visitor, spare.person);
    await page.getByText(spare.fullName).first().waitFor();
    await goTo(visitor, 'account');
    await page.getByRole('button', { name: labels.signOut }).click();
    await page.getByText('Bạn đã đăng xuất khỏi thiết bị này.').waitFor();
    await page.goBack();
    const signIn = page.getByRole('heading', { level: 1, name: labels.signIn });
    await signIn.waitFor();
    await page.reload();
    await signIn.waitFor();
    expect(await page.locator('body').innerText()).not.toContain(spare.fullName);
    expect(await visitor.context.cookies()).toEqual([]);
  });

  it('in another window sends this one back to the sign-in, and says why', async () => {
    const visitor = await visit(browser, url);
    const { page, labels, context } = visitor;
    await signInAs(visitor, level2);
    const other = await context.newPage();
    await other.goto(url);
    await other.getByRole('button', { name: labels.signOut }).click();
    await other.getByRole('heading', { level: 1, name: labels.signIn }).waitFor();
    await page.getByRole('link', { name: labels.wallet, exact: true }).click();
    await page.getByText('Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại để xem tiếp.').waitFor();
    await page.getByRole('heading', { level: 1, name: labels.signIn }).waitFor();
    await keepPicture(page, 'sign-in', 'ended');
  });

  it('does not come with a reload: who is in stays in, at the same place', async () => {
    const visitor = await visit(browser, url);
    await signInAs(visitor, level2);
    await goTo(visitor, 'wallet');
    await visitor.page.reload();
    await visitor.page.getByRole('heading', { level: 1, name: visitor.labels.wallet }).waitFor();
  });
});
