import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openBrowser } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import {
  beginAudit,
  goToPart,
  nameCase,
  searchPerson,
  sendStaffSignIn,
  visitConsole,
} from './auditor-visit.ts';
import type { AuditorVisit } from './auditor-visit.ts';
import { lookAt } from './look-at.ts';
import { untilRead } from './read-screen.ts';

const { url, dataFolder } = inject('system');
const { citizens, staff } = readDemo(dataFolder);
const auditor = staff['auditor'] ?? expect.unreachable('in demo.json');
const level2 = citizens['level2'] ?? expect.unreachable('in demo.json');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A screen of the console: how one comes to it, and its heading in each language. */
interface ConsoleScreen {
  readonly reach: (visitor: AuditorVisit) => Promise<unknown>;
  readonly headings: readonly [vietnamese: string, english: string];
}

const screens: Readonly<Record<string, ConsoleScreen>> = {
  'console-sign-in': {
    reach: (visitor) => sendStaffSignIn(visitor, { username: '', password: '' }),
    headings: ['Đăng nhập kiểm tra viên', 'Auditor sign-in'],
  },
  'console-case': {
    reach: async (visitor) => {
      await sendStaffSignIn(visitor, auditor);
      await nameCase(visitor, '097158030798');
    },
    headings: ['Mã vụ việc', 'Case reference'],
  },
  'console-overview': {
    reach: async (visitor) => {
      await beginAudit(visitor, auditor);
      // The tables behind the charts are part of the screen.
      for (const summary of await visitor.main.locator('summary').all()) await summary.click();
    },
    headings: ['Tổng quan', 'Overview'],
  },
  'console-search': {
    reach: async (visitor) => {
      await beginAudit(visitor, auditor);
      await goToPart(visitor, 'search');
      await visitor.main.getByText('Lọc theo mã').click();
    },
    headings: ['Tra cứu nhật ký', 'Search the log'],
  },
  'console-results': {
    reach: async (visitor) => {
      await beginAudit(visitor, auditor);
      await goToPart(visitor, 'search');
      await searchPerson(visitor, level2.username);
    },
    headings: ['Tra cứu nhật ký', 'Search the log'],
  },
  'console-entry': {
    reach: async (visitor) => {
      await beginAudit(visitor, auditor);
      await goToPart(visitor, 'search');
      await searchPerson(visitor, level2.username);
      await visitor.main.getByRole('rowheader').getByRole('link').last().click();
      await visitor.main.getByText('Đã chứng minh', { exact: true }).waitFor();
      await visitor.main.getByText('Các byte gốc của bản ghi').click();
    },
    headings: ['Bản ghi', 'Entry'],
  },
  'console-alerts': {
    reach: async (visitor) => {
      await beginAudit(visitor, auditor);
      await goToPart(visitor, 'alerts');
    },
    headings: ['Cảnh báo', 'Alerts'],
  },
  'console-log': {
    reach: async (visitor) => {
      await beginAudit(visitor, auditor);
      await goToPart(visitor, 'log');
      await visitor.main.getByText('Chữ ký của nhật ký đúng, tính trong trình duyệt này').waitFor();
    },
    headings: ['Trạng thái nhật ký', 'State of the log'],
  },
  'console-not-yours': {
    reach: (visitor) => sendStaffSignIn(visitor, level2),
    headings: ['Trang của kiểm tra viên', 'The auditors’ page'],
  },
  'console-no-such-page': {
    reach: async (visitor) => {
      await beginAudit(visitor, auditor);
      await visitor.page.goto(`${url}/auditor#/no-such-page`);
    },
    headings: ['Không có trang này', 'There is no such page'],
  },
};

describe('every screen of the console, in both languages, three widths and both colour schemes', () => {
  it.each(Object.entries(screens))('%s', async (name, { reach, headings: [vietnamese, english] }) => {
    const visitor = await visitConsole(browser, url);
    const { page } = visitor;
    await reach(visitor);
    await page.getByRole('heading', { level: 1, name: vietnamese }).waitFor();
    await untilRead(visitor.main);
    await lookAt(visitor, name, 'vi');
    const place = page.url();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: english }).waitFor();
    await lookAt(visitor, name, 'en');
    expect(page.url()).toBe(place);
    // Each look is written down: another language must not be another look.
    expect(asked).toEqual([]);
  });

  it('the dialog in which the case is changed', async () => {
    const visitor = await visitConsole(browser, url);
    const { page } = visitor;
    await beginAudit(visitor, auditor);
    await page.getByRole('button', { name: 'Đổi mã vụ việc' }).click();
    await page.getByRole('dialog').waitFor();
    await lookAt(visitor, 'console-dialog-case', 'vi', { isOnlyLanguage: true });
  });
});
