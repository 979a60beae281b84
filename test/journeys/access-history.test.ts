import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@dinhdanh/access-log/verify';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { ask, at, readDemo, signIn } from '../harness/client.ts';
import { askedOperation } from './asked-operation.ts';
import { readReadings } from './read-access.ts';
import type { ShownReading } from './read-access.ts';
import { untilRead } from './read-screen.ts';
import { borrowWard } from './spare-account.ts';
import type { SpareWard } from './spare-account.ts';
import { goTo, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';
import { day, today } from './words.ts';

const system = inject('system');
const { url, dataFolder } = system;
const demo = readDemo(dataFolder);
const auditor = demo.staff['auditor'] ?? expect.unreachable('in demo.json');
const level2 = demo.citizens['level2'] ?? expect.unreachable('in demo.json');

const guardianName = 'Cha, mẹ, người giám hộ hoặc người đại diện của bạn';
const auditorName = 'Kiểm tra viên nhật ký';
const newTitle = /^(\d+) lượt truy cập mới bởi người khác$/;

let browser: Browser;
let family: SpareWard;
let auditorToken: string;
beforeAll(async () => {
  browser = await openBrowser();
  family = await borrowWard(system);
  auditorToken = await signIn(url, auditor);
});
afterAll(async () => {
  await browser.close();
  await family.giveBack();
});

/** An auditor asks under a case. */
async function audit(query: string, variables: unknown = {}): Promise<unknown> {
  const { data, errors } = await ask(url, query, {
    token: auditorToken,
    variables,
    headers: { 'case-reference': 'KN-2026-0041' },
  });
  expect(errors).toEqual([]);
  return data;
}

/** An auditor looks for everything about the ward. */
function searchForWard(): Promise<unknown> {
  return audit(
    'query($number: String!) { accessLog(filter: {person: {number: $number, reason: COMPLAINT}}) { nodes { index } } }',
    { number: family.ward.person.username },
  );
}

async function wardSignedIn(): Promise<Visit> {
  const visitor = await visit(browser, url);
  await signInAs(visitor, family.ward.person);
  return visitor;
}

/** The sittings of one reader on the screen. */
function readingsOf({ page, main }: Visit, actor: string): Locator {
  return main
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 3, name: actor, exact: true }) });
}

/** The newest reading of somebody: of a sitting of many, the first behind its summary. */
async function openNewest(ward: Visit, actor: string): Promise<Locator> {
  const sitting = readingsOf(ward, actor).first();
  await sitting.waitFor();
  const each = sitting.getByText(/^Từng lượt trong/);
  if ((await each.count()) === 0) return sitting;
  await each.click();
  return sitting
    .getByRole('list')
    .getByRole('listitem')
    .filter({ has: ward.page.getByRole('button') })
    .first();
}

/** Nothing of the history is told in codes, but the numbers of consents. */
function expectWords(readings: readonly ShownReading[]): void {
  for (const { actor, marks, facts } of readings) {
    const { 'Sự đồng ý': consent = [], ...rest } = facts;
    expect(consent.join()).toMatch(/^(|Không dựa trên sự đồng ý của bạn|Theo sự đồng ý của bạn, mã \S+)$/);
    expect(JSON.stringify([actor, marks, rest])).not.toMatch(/\(mã |[a-z][_.][a-z]/);
  }
}

const readersOf = (readings: readonly ShownReading[]): readonly string[] =>
  readings.map(({ actor }) => actor);

it('a guardian’s look at the profile and an auditor’s search are announced, told in words, and then known', async () => {
  const guardian = await visit(browser, url);
  await signInAs(guardian, family.guardian.person);
  await goTo(guardian, 'dependants');
  await guardian.main.getByRole('link', { name: new RegExp(family.ward.fullName) }).click();
  await guardian.page.getByRole('heading', { level: 1, name: `Hồ sơ của ${family.ward.fullName}` }).waitFor();
  await untilRead(guardian.main);
  await searchForWard();

  const ward = await wardSignedIn();
  const { page, main } = ward;
  const title = main.getByText(newTitle);
  await title.waitFor();
  const count = newTitle.exec(await title.innerText())?.[1];
  await main.getByText(/^Gần nhất: Kiểm tra viên nhật ký, lúc \d\d:\d\d, \d\d\/\d\d\/\d{4}\.$/).waitFor();
  const menuLink = page
    .getByRole('navigation', { name: ward.labels.menu })
    .getByRole('link', { name: /^Lịch sử/ });
  expect(await menuLink.innerText()).toContain(count);
  expect(await menuLink.textContent()).toContain(`${count} lượt mới`);
  await keepPicture(page, 'access', 'announced');

  await main.getByRole('link', { name: 'Xem ai đã truy cập' }).click();
  await page.getByRole('heading', { level: 1, name: 'Lịch sử truy cập' }).waitFor();
  await untilRead(main);
  const readings = await readReadings(page);
  expect(readersOf(readings).slice(0, 2)).toEqual([auditorName, guardianName]);
  const [search, look] = readings;
  expect(search).toMatchObject({
    day: expect.stringMatching(new RegExp(`^Hôm nay, .+, ${day(today())}$`)),
    marks: ['Mới'],
    facts: {
      'Mục đích': ['Kiểm tra nhật ký do có khiếu nại'],
      'Sự đồng ý': ['Không dựa trên sự đồng ý của bạn'],
      'Căn cứ pháp lý': ['Nghị định 47/2020/NĐ-CP, Điều 45'],
      'Kết quả': ['Đã cung cấp'],
    },
  });
  expect(look).toMatchObject({
    marks: ['Mới'],
    time: expect.stringMatching(/\d+ lượt$/),
    facts: { 'Mục đích': ['Xem hồ sơ thay cho bạn'], 'Căn cứ pháp lý': ['Luật 91/2025/QH15, Điều 4'] },
  });
  expect(look?.facts['Đã xem']).toContain('Họ tên, ngày sinh, giới tính, quốc tịch');
  expect(readersOf(readings)).not.toContain('Bạn');
  expectWords(readings);
  await keepPicture(page, 'access', 'others');

  // On the screen for a moment, they are known: here, and after a reload.
  await expect.poll(() => menuLink.innerText(), { timeout: 30_000 }).toBe('Lịch sử truy cập');
  expect((await readReadings(page))[0]?.marks).toEqual(['Mới']);
  await page.reload();
  await untilRead(main);
  expect((await readReadings(page)).map(({ actor, marks }) => [actor, marks]).slice(0, 2)).toEqual([
    [auditorName, []],
    [guardianName, []],
  ]);
  await goTo(ward, 'profile');
  expect(await main.getByText(newTitle).count()).toBe(0);
});

it('a citizen finds an officer’s reading of the past, by office, purpose and law', async () => {
  const citizen = await visit(browser, url);
  await signInAs(citizen, level2);
  await goTo(citizen, 'history');
  const more = citizen.main.getByRole('button', { name: 'Xem thêm', exact: true });
  while ((await more.count()) > 0) {
    await more.click();
    await untilRead(citizen.main);
  }
  const readings = await readReadings(citizen.page);
  expectWords(readings);
  const officers = readings.filter(({ actor }) => actor.startsWith('Cán bộ, Công an phường '));
  expect(officers.length).toBeGreaterThan(0);
  for (const { facts } of officers) {
    expect(facts['Đã xem']).toContain('Họ tên, ngày sinh, giới tính, quốc tịch');
    expect(facts['Căn cứ pháp lý']?.join()).toMatch(/^(Luật|Nghị định) \d+\/\d{4}\//);
  }
  await keepPicture(citizen.page, 'access', 'officers');
});

it('one’s own readings stand there when one asks for them, and page by page all of them', async () => {
  const ward = await wardSignedIn();
  const { page, main } = ward;
  for (let times = 0; times < 3; times += 1) {
    await page.reload();
    await untilRead(main);
  }
  await goTo(ward, 'history');
  await main.getByRole('radio', { name: 'Cả của tôi' }).check();
  await untilRead(main);
  const own = (await readReadings(page)).find(({ actor }) => actor === 'Bạn');
  expect(own?.facts).toMatchObject({
    'Mục đích': ['Xem hồ sơ của chính mình'],
    'Kết quả': ['Đã cung cấp'],
  });
  // Nobody needs a consent to see what is theirs.
  expect(own?.facts).not.toHaveProperty('Sự đồng ý');
  await main.getByText('Đang hiện 20 lượt', { exact: true }).waitFor();
  const more = main.getByRole('button', { name: 'Xem thêm', exact: true });
  await more.click();
  await main.getByText('Đang hiện 40 lượt', { exact: true }).waitFor();
  while ((await more.count()) > 0) {
    await more.click();
    await untilRead(main);
  }
  const end = main.getByText('Đã hết danh sách.');
  expect(await end.and(page.locator(':focus')).count()).toBe(1);
  await keepPicture(page, 'access', 'mine');
});

describe('a reading', () => {
  it('is proved: the browser computes the proof anew, and the downloaded files hold offline', async () => {
    await searchForWard();
    const ward = await wardSignedIn();
    const { page } = ward;
    await goTo(ward, 'history');
    const newest = await openNewest(ward, auditorName);
    await newest.getByRole('button', { name: 'Xem bằng chứng' }).click();
    const dialog = page.getByRole('dialog', { name: 'Bằng chứng của bản ghi' });
    const again = dialog.getByRole('button', { name: 'Thử lại' });
    const holds = dialog.getByText(/^Trình duyệt của bạn vừa tính lại: bản ghi khớp/);
    // An entry of this moment is covered by the next checkpoint.
    await expect
      .poll(
        async () => {
          if ((await again.count()) > 0) await again.click();
          return holds.count();
        },
        { timeout: 60_000, interval: 500 },
      )
      .toBe(1);
    await keepPicture(page, 'access', 'proof');

    const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-proof-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const download = async (name: string): Promise<string> => {
      const coming = page.waitForEvent('download');
      await dialog.getByRole('button', { name, exact: true }).click();
      const file = await coming;
      const path = join(folder, file.suggestedFilename());
      await file.saveAs(path);
      return path;
    };
    const entry = await download('Tải bản ghi');
    const proof = await download('Tải bằng chứng');
    const logKey = at(await audit('{ accessLogStatus { logKey } }'), 'accessLogStatus', 'logKey');
    const checked = await verify('--entry', entry, '--proof', proof, '--log-key', String(logKey));
    expect(checked).toEqual({ code: 0, out: expect.stringMatching(/\S/), trouble: '' });
    expect(await dialog.getByText(/^npx dinhdanh-verify --entry/).innerText()).toContain(
      `--entry ${entry.slice(folder.length + 1)}`,
    );
  });

  it('is reported: a reason is asked for, and the day of the answer is told', async () => {
    await searchForWard();
    const ward = await wardSignedIn();
    const { page } = ward;
    await goTo(ward, 'history');
    const reading = await openNewest(ward, auditorName);
    await reading.getByRole('button', { name: 'Phản ánh', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Gửi phản ánh' }).click();
    await dialog.getByRole('alert').getByText('Hãy chọn một lý do.').waitFor();
    await dialog.getByRole('radio', { name: 'Xem nhiều hơn mức cần thiết' }).check();
    await keepPicture(page, 'access', 'report');
    await dialog.getByRole('button', { name: 'Gửi phản ánh' }).click();
    await dialog.getByRole('heading', { name: 'Đã tiếp nhận phản ánh' }).waitFor();
    const due = /^Bạn được trả lời chậm nhất ngày (\d\d\/\d\d\/\d{4})\.$/;
    const said = dialog.getByText(due);
    expect(await said.and(page.locator(':focus')).count()).toBe(1);
    const date = due.exec(await said.innerText())?.[1];
    await keepPicture(page, 'access', 'reported');
    await dialog.getByRole('button', { name: 'Đóng' }).click();
    await reading.getByText(`Đã phản ánh, trả lời chậm nhất ${date}`).waitFor();
    const alerts = await audit('{ accessAlerts(first: 100) { nodes { kind } } }');
    expect(JSON.stringify(alerts)).toContain('REPORTED');
  });

  it('that says it was oneself is answered with the way to lock the account', async () => {
    const ward = await wardSignedIn();
    const { page, main } = ward;
    await goTo(ward, 'history');
    await main.getByRole('radio', { name: 'Cả của tôi' }).check();
    await untilRead(main);
    const own = await openNewest(ward, 'Bạn');
    await own.getByRole('button', { name: 'Đây không phải tôi' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('radio').count()).resolves.toBe(1);
    await dialog.getByRole('link', { name: 'Đến mục khóa tài khoản' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tài khoản của tôi' }).waitFor();
    expect(await dialog.count()).toBe(0);
  });
});

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

describe('when the history cannot be read', () => {
  it('it is said, what was read stays, and another try mends it', async () => {
    const ward = await wardSignedIn();
    const { page, main } = ward;
    await page.route('**/graphql', async (route) => {
      if (askedOperation(route.request().postData()) !== 'MyAccessHistory') return route.fallback();
      await route.fulfill({
        status: 503,
        contentType: 'application/graphql-response+json',
        body: JSON.stringify({ errors: [{ message: '', extensions: { code: 'ACCESS_LOG_UNAVAILABLE' } }] }),
      });
    });
    await goTo(ward, 'history');
    await main.getByText(/^Chưa ghi được nhật ký truy cập, nên hệ thống không đưa dữ liệu ra/).waitFor();
    expect(await main.getByText('Chưa có ai khác xem dữ liệu của bạn.').count()).toBe(0);
    await keepPicture(page, 'access', 'away');
    await page.unroute('**/graphql');
    await main.getByRole('button', { name: 'Thử lại' }).click();
    await readingsOf(ward, auditorName).first().waitFor();
  });
});

it('without a mouse one finds who read, opens the details and the proof, and comes back to where one was', async () => {
  // Two of one sitting: they stand behind a summary.
  await searchForWard();
  await searchForWard();
  const ward = await wardSignedIn();
  const { page, main, labels } = ward;
  const tabTo = async (target: Locator): Promise<void> => {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab');
      if ((await target.and(page.locator(':focus')).count()) === 1) return;
    }
    expect.unreachable(`not reached in 60 steps: ${String(target)}`);
  };
  await page.getByRole('button', { name: 'Đến nội dung chính' }).focus();
  await tabTo(page.getByRole('navigation', { name: labels.menu }).getByRole('link', { name: /^Lịch sử/ }));
  await page.keyboard.press('Enter');
  const heading = main.getByRole('heading', { level: 1, name: labels.history });
  await heading.and(page.locator(':focus')).waitFor();
  await untilRead(main);
  await tabTo(main.getByRole('radio', { name: 'Chỉ của người khác' }));
  await page.keyboard.press('ArrowDown');
  await untilRead(main);
  await page.keyboard.press('ArrowUp');
  await untilRead(main);
  const sitting = readingsOf(ward, auditorName).first();
  await tabTo(sitting.getByText(/^Từng lượt trong/));
  await page.keyboard.press('Enter');
  const reading = sitting
    .getByRole('list')
    .getByRole('listitem')
    .filter({ has: page.getByRole('button') })
    .first();
  await tabTo(reading.getByText('Chi tiết', { exact: true }));
  await page.keyboard.press('Enter');
  await reading.getByText('Vị trí trong nhật ký').waitFor();
  const prove = reading.getByRole('button', { name: 'Xem bằng chứng' });
  await tabTo(prove);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Bằng chứng của bản ghi' });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await prove.and(page.locator(':focus')).count()).toBe(1);
  await tabTo(reading.getByRole('button', { name: 'Phản ánh' }));
});
