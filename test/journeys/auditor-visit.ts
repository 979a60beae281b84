import type { DemoPerson } from '@dinhdanh/start';
import type { Browser } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { takeSeat } from '../harness/browser.ts';
import type { Seat } from '../harness/browser.ts';
import { en, vi } from './labels.ts';
import { untilRead } from './read-screen.ts';
import type { Visit } from './visit.ts';

/** What an auditor looks for on the console, in both languages: written by hand, as it stands there. */
export interface ConsoleLabels {
  readonly signInTitle: string;
  readonly username: string;
  readonly caseTitle: string;
  readonly caseField: string;
  readonly begin: string;
  readonly menu: string;
  readonly overview: string;
  readonly search: string;
  readonly alerts: string;
  readonly log: string;
  readonly results: string;
  readonly submit: string;
  readonly map: string;
}

const words: Readonly<Record<'vi' | 'en', ConsoleLabels>> = {
  vi: {
    signInTitle: 'Đăng nhập kiểm tra viên',
    username: 'Tên tài khoản cán bộ',
    caseTitle: 'Mã vụ việc',
    caseField: 'Mã vụ việc hoặc số quyết định kiểm tra',
    begin: 'Bắt đầu kiểm tra',
    menu: 'Mục của trang kiểm tra',
    overview: 'Tổng quan',
    search: 'Tra cứu',
    alerts: 'Cảnh báo',
    log: 'Trạng thái nhật ký',
    results: 'Kết quả',
    submit: 'Tra cứu',
    map: 'Đêm và số người',
  },
  en: {
    signInTitle: 'Auditor sign-in',
    username: 'Staff account name',
    caseTitle: 'Case reference',
    caseField: 'Reference of the case or of the inspection order',
    begin: 'Begin the audit',
    menu: 'Parts of the console',
    overview: 'Overview',
    search: 'Search',
    alerts: 'Alerts',
    log: 'State of the log',
    results: 'Results',
    submit: 'Search',
    map: 'Night and people',
  },
};

/** Somebody before the console. */
export interface AuditorVisit extends Visit {
  readonly words: ConsoleLabels;
}

/** The case under which the journeys look. */
export const journeyCase = 'KT-2026/0417';

/** Opens the console in a browser of its own for the length of one test, and stands before the sign-in. */
export async function visitConsole(browser: Browser, url: string, seat: Seat = {}): Promise<AuditorVisit> {
  const context = await takeSeat(browser, seat);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const language = seat.language ?? 'vi';
  await page.goto(`${url}/auditor`);
  if (language === 'en') await page.getByRole('button', { name: 'English', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: words[language].signInTitle }).waitFor();
  return {
    page,
    context,
    labels: language === 'en' ? en : vi,
    words: words[language],
    main: page.getByRole('main'),
    close: () => context.close(),
  };
}

/** Fills the sign-in and sends it. */
export async function sendStaffSignIn(
  { page, labels, words: own }: AuditorVisit,
  { username, password }: Pick<DemoPerson, 'username' | 'password'>,
): Promise<void> {
  await page.getByRole('textbox', { name: own.username }).fill(username);
  await page.getByLabel(labels.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: labels.signIn, exact: true }).click();
}

/** Names the case. */
export async function nameCase({ page, words: own }: AuditorVisit, reference: string): Promise<void> {
  await page.getByRole('textbox', { name: own.caseField }).fill(reference);
  await page.getByRole('button', { name: own.begin, exact: true }).click();
}

/** Signs in, names the case, and waits until the overview has been read. */
export async function beginAudit(visitor: AuditorVisit, auditor: DemoPerson): Promise<void> {
  const { page, words: own, main } = visitor;
  await sendStaffSignIn(visitor, auditor);
  await nameCase(visitor, journeyCase);
  await page.getByRole('heading', { level: 1, name: own.overview, exact: true }).waitFor();
  await untilRead(main);
}

/** Goes to a part of the console by the menu. */
export async function goToPart(
  { page, words: own, main }: AuditorVisit,
  part: 'overview' | 'search' | 'alerts' | 'log',
): Promise<void> {
  const menu = page.getByRole('navigation', { name: own.menu });
  await menu.getByRole('link', { name: own[part], exact: true }).click();
  await menu.locator('[aria-current="page"]', { hasText: own[part] }).waitFor();
  await untilRead(main);
}

/** Searches for a person by number, for a complaint, from the search screen. */
export async function searchPerson({ page, main, words: own }: AuditorVisit, number: string): Promise<void> {
  await main.getByLabel('Số định danh cá nhân của người đó').fill(number);
  await main.getByLabel('Lý do tra cứu người này').selectOption({ label: 'Khiếu nại của chủ thể' });
  await main.getByRole('button', { name: own.submit, exact: true }).click();
  await page.getByRole('heading', { level: 2, name: own.results, exact: true }).waitFor();
  await untilRead(main);
}
