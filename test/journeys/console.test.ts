import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@dinhdanh/access-log/verify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { keepPicture, openBrowser, takeSeat } from '../harness/browser.ts';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import { askedOperation } from './asked-operation.ts';
import {
  beginAudit,
  goToPart,
  journeyCase,
  nameCase,
  searchPerson,
  sendStaffSignIn,
  visitConsole,
} from './auditor-visit.ts';
import type { AuditorVisit } from './auditor-visit.ts';
import { untilRead } from './read-screen.ts';
import { borrowAccount } from './spare-account.ts';
import type { SpareAccount } from './spare-account.ts';
import { goTo, signInAs, visit } from './visit.ts';

const system = inject('system');
const { url, dataFolder } = system;
const auditor = readDemo(dataFolder).staff['auditor'] ?? expect.unreachable('in demo.json');

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

async function auditing(): Promise<AuditorVisit> {
  const visitor = await visitConsole(browser, url);
  await beginAudit(visitor, auditor);
  return visitor;
}

/** Every question to the gateway from now on: the name of the operation, the case, and all that was sent. */
function questionsOf(
  page: Page,
): { readonly operation: string; readonly auditCase: string | undefined; readonly text: string }[] {
  const questions: { operation: string; auditCase: string | undefined; text: string }[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/graphql')) return;
    const text = request.postData() ?? '';
    questions.push({ operation: askedOperation(text), auditCase: request.headers()['case-reference'], text });
  });
  return questions;
}

describe('the case', () => {
  it('is asked for before anything of the log, goes with every look, is kept for the tab and can be changed', async () => {
    const visitor = await visitConsole(browser, url);
    const { page, main, words } = visitor;
    const questions = questionsOf(page);
    await sendStaffSignIn(visitor, auditor);
    await page.getByRole('heading', { level: 1, name: words.caseTitle, exact: true }).waitFor();
    await main
      .getByText(/Mỗi lượt xem của bạn cũng được ghi vào nhật ký; người được tra cứu sẽ thấy điều đó/)
      .waitFor();
    await nameCase(visitor, 'KT');
    await main
      .getByRole('alert')
      .getByText(/^Mã gồm 3 đến 64 ký tự/)
      .waitFor();
    await nameCase(visitor, `KT-${spare.person.username}`);
    await main
      .getByRole('alert')
      .getByText(/chín chữ số/)
      .waitFor();
    expect(
      questions.filter(({ operation }) => operation.startsWith('Audit') && operation !== 'AuditAccount'),
    ).toEqual([]);

    await nameCase(visitor, journeyCase);
    await untilRead(main);
    await page.reload();
    await page.getByRole('banner').getByText(journeyCase).waitFor();
    await untilRead(main);
    await page.getByRole('button', { name: 'Đổi mã vụ việc' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('TT-2026.12');
    await dialog.getByRole('button', { name: 'Đổi', exact: true }).click();
    await page.getByRole('banner').getByText('TT-2026.12').waitFor();
    await untilRead(main);
    const looks = questions.filter(({ operation }) => operation === 'AuditStatistics');
    expect(looks.map(({ auditCase }) => auditCase)).toEqual([journeyCase, journeyCase, 'TT-2026.12']);

    await page.getByRole('button', { name: visitor.labels.signOut }).click();
    await page.getByRole('heading', { level: 1, name: words.signInTitle }).waitFor();
    await sendStaffSignIn(visitor, auditor);
    // A case ends with the sign-in under which it was named.
    await page.getByRole('heading', { level: 1, name: words.caseTitle, exact: true }).waitFor();
  });

  it('a wrong password is told, and a citizen’s account opens nothing of the log', async () => {
    const visitor = await visitConsole(browser, url);
    const { page, main } = visitor;
    const questions = questionsOf(page);
    await sendStaffSignIn(visitor, { ...auditor, password: 'khong.dung-1' });
    await main
      .getByRole('alert')
      .getByText(/^Tên tài khoản hoặc mật khẩu không đúng/)
      .waitFor();
    await sendStaffSignIn(visitor, spare.person);
    await page.getByRole('heading', { level: 1, name: 'Trang của kiểm tra viên' }).waitFor();
    expect(questions.map(({ operation }) => operation)).not.toContain('AuditStatistics');
  });
});

describe('somebody who reads records at night', () => {
  it('is found by the charts alone, entry by entry, and the export is verified offline', async () => {
    const visitor = await auditing();
    const { page, main, words } = visitor;
    await main.getByText('1 bên vừa đọc nhiều người vừa đọc chủ yếu ban đêm.').waitFor();
    const map = main.getByRole('slider', { name: words.map });
    const told = /^(?<who>.+): (?<people>[\d.]+) người, (?<share>\d+)% ban đêm, [\d.]+ lượt đọc$/;
    const {
      who = '',
      people,
      share,
    } = told.exec((await map.getAttribute('aria-valuetext')) ?? '')?.groups ?? {};
    expect(Number(people?.replaceAll('.', ''))).toBeGreaterThan(20);
    expect(Number(share)).toBeGreaterThan(80);
    // Their day in small comes first, and says the same.
    const first = main
      .getByRole('region', { name: 'Ai nổi bật' })
      .getByRole('list')
      .first()
      .getByRole('listitem')
      .first();
    expect(await first.innerText()).toContain(who);
    await keepPicture(page, 'console', 'night-browser');

    await main
      .getByRole('figure', { name: words.map })
      .getByRole('link', { name: 'Xem mọi lượt đọc của bên này' })
      .click();
    await page.getByRole('heading', { level: 2, name: words.results, exact: true }).waitFor();
    await untilRead(main);
    const rows = main.getByRole('row').filter({ has: page.getByRole('rowheader') });
    expect(await rows.count()).toBe(25);
    for (const row of await rows.all()) expect(await row.innerText()).toMatch(/\n\s*ban đêm/);
    await rows.first().getByRole('link').click();
    await main.getByText('Đã chứng minh', { exact: true }).waitFor();
    expect(await main.getByText(who).count()).toBeGreaterThan(0);
    await main.getByText(/^Nhân chứng .+ ký cùng lúc/).waitFor();
    await keepPicture(page, 'console', 'proved');
    await main.getByRole('link', { name: 'Về kết quả tra cứu' }).click();
    await untilRead(main);

    const file = await exportTo(visitor);
    const lines = (await readFile(file.path, 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBe(file.count);
    expect(lines.length).toBeGreaterThan(25);
    const keys = [...file.command.matchAll(/--(log|witness)-key '([^']+)'/g)].flatMap(
      ([, use = '', key = '']) => [`--${use}-key`, key],
    );
    expect(keys.filter((word) => word.startsWith('--'))).toEqual(['--log-key', '--witness-key']);
    expect(await verify('--export', file.path, ...keys)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\S/),
    });

    const forged = file.path.replace('.jsonl', '-forged.jsonl');
    await writeFile(forged, `${lines.join('\n').replace('"released"', '"refused"')}\n`);
    expect((await verify('--export', forged, ...keys)).code).toBe(1);
  });
});

/** Exports the results that stand on the screen, and takes the command that is given for the file. */
async function exportTo({
  page,
  main,
}: AuditorVisit): Promise<{ path: string; count: number; command: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-export-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const coming = page.waitForEvent('download');
  await main.getByRole('button', { name: 'Kết xuất ra tệp' }).click();
  const download = await coming;
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  const said = await main.getByText(/^Đã lưu [\d.]+ bản ghi vào tệp/).innerText();
  expect(said).toContain(download.suggestedFilename());
  const command = await main.getByText(/^npx dinhdanh-verify/).innerText();
  await keepPicture(page, 'console', 'exported');
  return { path, count: Number(/[\d.]+/.exec(said)?.[0].replaceAll('.', '')), command };
}

/** Runs the offline tool. */
async function verify(...args: readonly string[]): Promise<{ code: number; out: string; trouble: string }> {
  const said = { out: '', trouble: '' };
  const code = await run(args, {
    language: 'vi',
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text: string) => (said.trouble += text), isTTY: false },
    nowSeconds: () => Math.floor(Date.now() / 1000),
    ticksMs: () => performance.now(),
  });
  return { code, ...said };
}

describe('a person searched for by number', () => {
  it('is found, stands in no address and no store, and sees that they were searched for', async () => {
    const citizen = await visit(browser, url);
    await signInAs(citizen, spare.person);
    const visitor = await auditing();
    const { page, main } = visitor;
    const questions = questionsOf(page);
    await goToPart(visitor, 'search');
    await main.getByText('Chưa tra cứu gì. Hãy nêu điều kiện rồi bấm Tra cứu.').waitFor();
    await main.getByLabel('Số định danh cá nhân của người đó').fill(spare.person.username);
    await main.getByRole('button', { name: visitor.words.submit, exact: true }).click();
    await main.getByRole('alert').getByText('Hãy chọn lý do tra cứu người này.').waitFor();
    expect(questions).toEqual([]);
    await searchPerson(visitor, spare.person.username);
    const rows = main.getByRole('row').filter({ has: page.getByRole('rowheader') });
    expect(await rows.filter({ hasText: 'Chính chủ' }).count()).toBeGreaterThan(0);
    await main
      .getByText(
        `Người ${spare.person.username.slice(0, 3)}••••••${spare.person.username.slice(-3)}, Khiếu nại của chủ thể`,
      )
      .waitFor();
    await keepPicture(page, 'console', 'person');

    const kept = await page.evaluate(() => {
      const { localStorage, sessionStorage, location, history } = globalThis as unknown as {
        localStorage: object;
        sessionStorage: object;
        location: { href: string };
        history: { state: unknown };
      };
      return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state]);
    });
    expect(kept).not.toContain(spare.person.username);
    expect(questions.filter(({ text }) => text.includes(spare.person.username))).toHaveLength(1);
    // Neither an entry nor the way back asks again: what was read is kept by the page.
    await rows.first().getByRole('link').click();
    await main.getByText('Bằng chứng', { exact: true }).waitFor();
    await page.goBack();
    await rows.first().waitFor();
    expect(questions.filter(({ operation }) => operation === 'AuditSearch')).toHaveLength(1);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Tra cứu nhật ký' }).waitFor();
    await main.getByText('Chưa tra cứu gì. Hãy nêu điều kiện rồi bấm Tra cứu.').waitFor();

    await goTo(citizen, 'history');
    await citizen.main.getByRole('heading', { level: 3, name: 'Kiểm tra viên nhật ký' }).first().waitFor();
  });

  it('what they report is an alert that leads to the entry', async () => {
    const token = await signIn(url, spare.person);
    const own = await ask(url, '{ accessHistory(first: 1) { nodes { origin index } } }', { token });
    const [origin, index] = ['origin', 'index'].map((name) =>
      at(own.data, 'accessHistory', 'nodes', 0, name),
    );
    const report = 'mutation($input: ReportAccessInput!) { reportAccess(input: $input) { state } }';
    const reported = await ask(url, report, {
      token,
      variables: { input: { origin, index, reason: 'NOT_ME' } },
    });
    expect(reported.errors).toEqual([]);
    const visitor = await auditing();
    const { page, main } = visitor;
    await goToPart(visitor, 'alerts');
    const alert = main
      .getByRole('listitem')
      .filter({ hasText: 'Một người phản ánh lượt đọc hồ sơ của mình' })
      .first();
    await alert.getByRole('link', { name: /^Mở bản ghi/ }).click();
    await page
      .getByRole('heading', { level: 1, name: `Bản ghi ${Number(index).toLocaleString('vi-VN')}` })
      .waitFor();
    await untilRead(main);
    await main.getByText('Chính chủ').waitFor();
  });
});

describe('a proof', () => {
  it('that the server only says is none: one changed word, and the entry is not called proved', async () => {
    const visitor = await auditing();
    const { page, main } = visitor;
    await page.route('**/graphql', async (route) => {
      if (askedOperation(route.request().postData()) !== 'AuditProof') return route.fallback();
      const answer = await route.fetch();
      const text = await answer.text();
      await route.fulfill({
        response: answer,
        body: text.replace(String.raw`\"event\":\"`, String.raw`\"event\":\"x`),
      });
    });
    await page.goto(`${url}/auditor#/search?actorKind=OFFICER`);
    await untilRead(main);
    await main.getByRole('rowheader').getByRole('link').first().click();
    await main.getByText('Không chứng minh được').waitFor();
    await main.getByText(/^Các giá trị băm không dẫn đến gốc đã ký/).waitFor();
    expect(await main.getByText('Đã chứng minh', { exact: true }).count()).toBe(0);
    await keepPicture(page, 'console', 'forged');
  });
});

describe('without a mouse', () => {
  it('every chart is one stop, its points are told one by one, and the way onwards is a link', async () => {
    const visitor = await auditing();
    const { page, main } = visitor;
    for (const name of ['Lượt đọc theo ngày', 'Giờ trong ngày', 'Đêm và số người']) {
      const chart = main.getByRole('slider', { name });
      for (let stops = 0; stops < 60 && (await chart.and(page.locator(':focus')).count()) === 0; stops += 1)
        await page.keyboard.press('Tab');
      expect(await chart.and(page.locator(':focus')).count(), name).toBe(1);
      await page.keyboard.press('Home');
      const before = await chart.getAttribute('aria-valuetext');
      expect(before, name).toMatch(/lượt đọc/);
      await page.keyboard.press('ArrowRight');
      const after = await chart.getAttribute('aria-valuetext');
      expect(after, name).not.toBe(before);
      // What is heard is what is seen.
      await main
        .getByRole('figure', { name })
        .getByText(after ?? '', { exact: true })
        .waitFor();
      await main.getByRole('figure', { name }).getByText('Dùng phím mũi tên để xem từng điểm.').waitFor();
    }
    const nextLink = main.getByRole('figure', { name: 'Đêm và số người' }).getByRole('link');
    await page.keyboard.press('Tab');
    expect(await nextLink.and(page.locator(':focus')).count()).toBe(1);
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1, name: 'Tra cứu nhật ký' });
    await heading.waitFor();
    await expect.poll(() => page.locator('main :is(h1, h2):focus').count()).toBe(1);
  });
});

describe('when the log cannot be read', () => {
  it('it is said with what to do, and another try mends it', async () => {
    const visitor = await auditing();
    const { page, main } = visitor;
    await page.route('**/graphql', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/graphql-response+json',
        body: JSON.stringify({ errors: [{ message: '', extensions: { code: 'ACCESS_LOG_UNAVAILABLE' } }] }),
      }),
    );
    await goToPart(visitor, 'log');
    await main.getByText('Chưa đọc được nhật ký').waitFor();
    await keepPicture(page, 'console', 'away');
    await page.unroute('**/graphql');
    await main.getByRole('button', { name: 'Thử lại' }).click();
    await main.getByText('Chữ ký của nhật ký đúng, tính trong trình duyệt này').waitFor();
  });
});

describe('the citizen’s page', () => {
  it('loads nothing of the console', async () => {
    const scriptsOf = async (path: string): Promise<string> => {
      const context = await takeSeat(browser);
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const scripts: Promise<string>[] = [];
      page.on('response', (response) => {
        if (response.url().endsWith('.js')) scripts.push(response.text());
      });
      await page.goto(`${url}${path}`, { waitUntil: 'networkidle' });
      return (await Promise.all(scripts)).join('\n');
    };
    const own = 'Bắt đầu kiểm tra';
    expect(await scriptsOf('/auditor')).toContain(own);
    const citizens = await scriptsOf('/');
    expect(citizens).not.toContain(own);
    expect(citizens).not.toContain('AuditStatistics');
  });
});
