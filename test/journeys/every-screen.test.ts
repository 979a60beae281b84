import { generateKeyPairSync } from 'node:crypto';
import type { DemoPerson } from '@dinhdanh/start';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from 'vitest';
import { openBrowser } from '../harness/browser.ts';
import { findViolations } from '../harness/check-accessibility.ts';
import { readDemo } from '../harness/client.ts';
import { en, vi } from './labels.ts';
import { lookAt, sticksOut } from './look-at.ts';
import { untilRead } from './read-screen.ts';
import { arrive, goTo, sendSignIn, signInAs, visit } from './visit.ts';
import type { Visit } from './visit.ts';

const { url, dataFolder } = inject('system');
const demo = readDemo(dataFolder);
const personOf = (key: string): DemoPerson =>
  ({ ...demo.citizens, ...demo.staff })[key] ?? expect.unreachable('in demo.json');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A screen: who comes to it, and how. */
interface Screen {
  /** Who has signed in before; screens of one person are looked at one after another in one visit. Nobody where it is left out. */
  readonly who?: Person;
  readonly reach?: (visitor: Visit) => Promise<unknown>;
  /** Its heading in each language: the place that is kept when the language changes. */
  readonly headings: readonly [vietnamese: string, english: string];
}

const as =
  (key: string, options?: { readonly passcode?: boolean }) =>
  (visitor: Visit): Promise<void> =>
    signInAs(visitor, personOf(key), options);

const people = {
  level2: as('level2'),
  'level2 without the passcode': as('level2', { passcode: false }),
  level1: as('level1'),
  guardian: as('guardian'),
  fleet: as('fleet', { passcode: false }),
  operator: as('operator', { passcode: false }),
  auditor: as('auditor'),
};
type Person = keyof typeof people;

/** Visits that go on from screen to screen. */
const visits = new Map<Person, Visit>();
afterAll(async () => {
  for (const kept of visits.values()) await kept.close();
});

/** Whoever has signed in as somebody, before the desk's width. */
async function visitOf(who: Person): Promise<Visit> {
  onTestFailed(() => forget(who));
  const kept = visits.get(who);
  const visitor = kept ?? (await arrive(browser, url));
  visits.set(who, visitor);
  if (kept === undefined) await people[who](visitor);
  await visitor.page.setViewportSize({ width: 1280, height: 900 });
  return visitor;
}

/** Ends a visit in which something went wrong, so that the next screen is reached from the beginning. */
async function forget(who: Person): Promise<void> {
  const kept = visits.get(who);
  visits.delete(who);
  await kept?.close();
}

const profile: Screen['headings'] = ['Hồ sơ của tôi', 'My profile'];
const scan: Screen['headings'] = ['Quét mã chia sẻ', 'Scan a sharing code'];
const consents: Screen['headings'] = ['Chia sẻ của tôi', 'My sharing'];
const history: Screen['headings'] = ['Lịch sử truy cập', 'Access history'];

const organisations: Screen['headings'] = ['Tổ chức của tôi', 'My organisations'];
const register: Screen['headings'] = ['Đăng ký bên sử dụng dịch vụ', 'Register a relying party'];

/** Goes from the organisations to the form of a new relying party. */
async function openForm(visitor: Visit): Promise<void> {
  await goTo(visitor, 'organisations');
  await visitor.main
    .getByRole('link', { name: /^Đăng ký bên sử dụng/ })
    .first()
    .click();
}

/** Registers a relying party by the form, and waits until it is kept. */
async function registerParty(visitor: Visit): Promise<void> {
  await openForm(visitor);
  const { main, page } = visitor;
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'quay-le-tan', use: 'sig' };
  for (const [label, text] of [
    ['Tên hiển thị', 'Lễ tân Sen Vàng'],
    ['Tên miền', 'sen-vang.example'],
    ['Liên hệ về dữ liệu cá nhân', 'du-lieu@sen-vang.example'],
    ['Địa chỉ nhận kết quả', 'https://sen-vang.example/tra-ve'],
    ['Bộ khóa (JWKS)', JSON.stringify({ keys: [key] })],
  ] as const)
    await main.getByRole('textbox', { name: label, exact: true }).fill(text);
  const purpose = main.getByRole('listitem').filter({ hasText: 'Nhận phòng lưu trú' });
  await purpose.getByRole('checkbox', { name: 'Nhận phòng lưu trú' }).check();
  await purpose.getByRole('group').getByRole('checkbox').first().check();
  await purpose.getByRole('textbox', { name: /^Số ngày lưu giữ/ }).fill('7');
  await main.getByRole('button', { name: 'Gửi đăng ký' }).click();
  await page.getByRole('heading', { level: 1, name: 'Đã đăng ký' }).waitFor();
  isRegistered = true;
}

let isRegistered = false;
/** Sees to it that there is a relying party that waits for the operator. */
async function haveParty(): Promise<void> {
  if (!isRegistered) await registerParty(await visitOf('fleet'));
}

/** Goes to the history and has one's own readings shown too. */
async function openOwnHistory(visitor: Visit): Promise<void> {
  await goTo(visitor, 'history');
  await visitor.main.getByRole('radio').last().check();
  await untilRead(visitor.main);
}

const screens: Readonly<Record<string, Screen>> = {
  'sign-in': {
    reach: (visitor) => sendSignIn(visitor, { username: '', password: '', passcode: '' }),
    headings: ['Đăng nhập', 'Sign in'],
  },
  'profile-locked': { who: 'level2 without the passcode', headings: profile },
  'profile-open': {
    who: 'level2',
    reach: async ({ main }) => {
      // Folded parts are part of the screen; histories are opened too.
      for (const summary of await main.locator('summary').all()) await summary.click();
      const folded = main.locator('button[aria-expanded="false"]');
      while ((await folded.count()) > 0) await folded.first().click();
      await untilRead(main);
    },
    headings: profile,
  },
  'profile-level1': { who: 'level1', headings: profile },
  'profile-foreigner': { reach: as('foreigner'), headings: profile },
  'profile-mismatch': { reach: as('mismatch'), headings: profile },
  wallet: {
    who: 'level2',
    reach: (visitor) => goTo(visitor, 'wallet'),
    headings: ['Ví giấy tờ', 'Document wallet'],
  },
  dependants: {
    who: 'guardian',
    reach: (visitor) => goTo(visitor, 'dependants'),
    headings: ['Người phụ thuộc', 'Dependants'],
  },
  dependant: {
    who: 'guardian',
    reach: async (visitor) => {
      await goTo(visitor, 'dependants');
      await visitor.main.getByRole('link', { name: /Phạm Gia Bảo/ }).click();
      await visitor.page.getByRole('heading', { level: 1, name: 'Hồ sơ của Phạm Gia Bảo' }).waitFor();
      await untilRead(visitor.main);
    },
    headings: ['Hồ sơ của Phạm Gia Bảo', 'Profile of Phạm Gia Bảo'],
  },
  history: { who: 'level2', reach: (visitor) => goTo(visitor, 'history'), headings: history },
  'history-mine': {
    who: 'level2',
    reach: async (visitor) => {
      await openOwnHistory(visitor);
      // Folded parts are part of the screen, those of one reading are enough of them.
      const { main } = visitor;
      const reading = main
        .getByRole('listitem')
        .filter({ has: visitor.page.getByRole('heading', { level: 3 }) });
      for (const summary of await reading.first().locator('summary').all()) await summary.click();
    },
    headings: history,
  },
  scan: { who: 'level2', reach: (visitor) => goTo(visitor, 'scan'), headings: scan },
  'scan-foreign': {
    who: 'level2',
    reach: async (visitor) => {
      await goTo(visitor, 'scan');
      await visitor.main.getByRole('textbox').fill('https://id.example.evil/#/share/handle');
      await visitor.main.getByRole('button').last().click();
      await visitor.main.getByRole('alert').getByText('Đừng tin').waitFor();
    },
    headings: scan,
  },
  'scan-level1': { who: 'level1', reach: (visitor) => goTo(visitor, 'scan'), headings: scan },
  'share-broken': {
    who: 'level2',
    reach: ({ page }) => page.goto(`${url}/#/share/no.code`),
    headings: ['Không có yêu cầu này', 'There is no such request'],
  },
  'share-unknown': {
    who: 'level2',
    reach: ({ page }) => page.goto(`${url}/#/share/${'A'.repeat(22)}`),
    headings: ['Không có yêu cầu này', 'There is no such request'],
  },
  consents: { who: 'level2', reach: (visitor) => goTo(visitor, 'consents'), headings: consents },
  'consent-unknown': {
    who: 'level2',
    reach: ({ page }) => page.goto(`${url}/#/consents/${'A'.repeat(22)}`),
    headings: consents,
  },
  organisations: {
    who: 'fleet',
    reach: (visitor) => goTo(visitor, 'organisations'),
    headings: organisations,
  },
  'party-new': {
    who: 'fleet',
    reach: async (visitor) => {
      await openForm(visitor);
      await visitor.main.getByRole('checkbox', { name: 'Mở tài khoản ngân hàng' }).check();
      await visitor.main.getByRole('button', { name: 'Gửi đăng ký' }).click();
      // What is wrong stands at its field.
      await visitor.main.getByRole('alert').getByText('Chưa ghi lại').waitFor();
      await visitor.main.getByText('Nêu ít nhất một nhóm thông tin.').waitFor();
    },
    headings: register,
  },
  'party-kept': { who: 'fleet', reach: registerParty, headings: ['Đã đăng ký', 'Registered'] },
  'party-edit': {
    who: 'fleet',
    reach: async (visitor) => {
      await haveParty();
      await goTo(visitor, 'organisations');
      await visitor.main
        .getByRole('button', { name: /^Kiểm tra cấu hình/ })
        .first()
        .click();
      await visitor.main.getByText('Cấu hình đúng').waitFor();
      await visitor.main
        .getByRole('link', { name: /^Sửa đăng ký/ })
        .first()
        .click();
      await visitor.page.getByRole('heading', { level: 1, name: 'Sửa đăng ký' }).waitFor();
      await untilRead(visitor.main);
    },
    headings: ['Sửa đăng ký', 'Edit'],
  },
  applications: {
    who: 'operator',
    reach: async ({ main }) => {
      await haveParty();
      await main.getByRole('link', { name: /^Người vận hành/ }).click();
      await main
        .getByRole('button', { name: /^Chấp thuận/ })
        .first()
        .waitFor();
    },
    headings: ['Duyệt bên sử dụng dịch vụ', 'Approve relying parties'],
  },
  staff: { who: 'auditor', headings: ['Tài khoản cán bộ', 'A staff account'] },
  'applications-refused': {
    who: 'auditor',
    reach: async ({ page, main }) => {
      await page.goto(`${url}/#/parties`);
      await main.getByText('Chỉ người vận hành').waitFor();
    },
    headings: ['Duyệt bên sử dụng dịch vụ', 'Approve relying parties'],
  },
  account: {
    who: 'level2',
    reach: async (visitor) => {
      await goTo(visitor, 'account');
      await visitor.main.locator('summary').click();
      await visitor.main.locator('button[aria-expanded="false"]').click();
      await untilRead(visitor.main);
    },
    headings: ['Tài khoản của tôi', 'My account'],
  },
  'account-level1': {
    who: 'level1',
    reach: (visitor) => goTo(visitor, 'account'),
    headings: ['Tài khoản của tôi', 'My account'],
  },
  phone: {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await goTo(visitor, 'account');
      await visitor.main.getByRole('link', { name: 'Đổi số điện thoại' }).click();
      await visitor.main.getByText('Làm trực tiếp').waitFor();
    },
    headings: ['Đổi số điện thoại', 'Change the phone number'],
  },
  'restore-device': {
    reach: async ({ page, main }) => {
      await page.getByRole('link', { name: 'Máy mới hoặc mất máy' }).click();
      await main.getByText('Làm trực tiếp').waitFor();
    },
    headings: ['Chuyển sang máy mới', 'Move to a new device'],
  },
  locked: { reach: as('locked'), headings: ['Tài khoản đang bị khóa', 'The account is locked'] },
  minor: { reach: as('minor'), headings: ['Cần người giám hộ xác nhận', 'A guardian has to confirm'] },
  'no-such-page': {
    who: 'level2',
    reach: async ({ page }) => {
      await page.goto(`${url}/#/no-such-page`);
      await page.getByRole('heading', { level: 1, name: 'Không có trang này' }).waitFor();
    },
    headings: ['Không có trang này', 'There is no such page'],
  },
};

describe('every screen, in both languages, three widths and both colour schemes', () => {
  it.each(Object.entries(screens))('%s', async (name, { who, reach, headings: [vietnamese, english] }) => {
    const visitor = await (who === undefined ? visit(browser, url) : visitOf(who));
    const { page } = visitor;
    await reach?.(visitor);
    await page.getByRole('heading', { level: 1, name: vietnamese, exact: true }).waitFor();
    await lookAt(visitor, name, 'vi');
    const place = page.url();
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: english, exact: true }).waitFor();
    await untilRead(visitor.main);
    expect(page.url()).toBe(place);
    await lookAt(visitor, name, 'en');
    await page.getByRole('button', { name: 'Tiếng Việt', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: vietnamese, exact: true }).waitFor();
    expect(page.url()).toBe(place);
  });
});

describe('what is looked for would be found (control)', () => {
  it('a picture without words, and a box wider than the window', async () => {
    const visitor = await visit(browser, url);
    const { page } = visitor;
    expect([await findViolations(page), await sticksOut(visitor)]).toEqual([[], []]);
    await page.locator('main').evaluate((main) => {
      (main as { innerHTML: string }).innerHTML += '<img src="icon.svg"><hr>';
    });
    // The page's policy lets no style be written into it but by this way.
    await page.locator('main hr').evaluate((rule) => {
      (rule as { style: { minWidth: string } }).style.minWidth = '2000px';
    });
    expect(await findViolations(page)).toEqual([expect.stringMatching(/^image-alt: /)]);
    expect(await sticksOut(visitor)).toContain('HR ');
  });
});

describe('the language', () => {
  it('is kept for the next visit, and asks for nothing again', async () => {
    const visitor = await visit(browser, url);
    const { page, main } = visitor;
    await as('level2')(visitor);
    await goTo(visitor, 'wallet');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Document wallet' }).waitFor();
    expect(asked).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Document wallet' }).waitFor();
    await untilRead(main);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });
});

describe('dialogs, in both languages', () => {
  it('the passcode and the lock', async () => {
    const visitor = await visitOf('level2 without the passcode');
    const { page } = visitor;
    const dialog = page.getByRole('dialog');
    for (const [language, labels] of languages) {
      await speak(visitor, language);
      await goTo({ ...visitor, labels }, 'profile');
      await page.getByRole('button', { name: labels.openPasscode, exact: true }).first().click();
      await dialog.waitFor();
      await lookAt(visitor, 'dialog-passcode', language, { within: 'dialog' });
      await page.keyboard.press('Escape');
      await goTo({ ...visitor, labels }, 'account');
      await page.getByRole('radio').first().check();
      await page.getByRole('main').getByRole('button').last().click();
      await dialog.waitFor();
      await lookAt(visitor, 'dialog-lock', language, { within: 'dialog' });
      await page.keyboard.press('Escape');
    }
  });

  it('the proof of a reading and the report of it', async () => {
    const visitor = await visitOf('level2');
    const { page, main } = visitor;
    for (const [language, labels] of languages) {
      await speak(visitor, language);
      await openOwnHistory({ ...visitor, labels });
      for (const [name, button] of [
        ['proof', language === 'vi' ? 'Xem bằng chứng' : 'Show the proof'],
        ['report', language === 'vi' ? 'Đây không phải tôi' : 'This was not me'],
      ] as const) {
        // Those of a sitting stand behind its summary.
        if (name === 'proof')
          await main
            .getByText(/^(Từng lượt|Each of)/)
            .first()
            .click();
        await main.getByRole('button', { name: button, exact: true }).first().click();
        await page.getByRole('dialog').waitFor();
        await page.getByRole('dialog').locator('progress').waitFor({ state: 'detached' });
        await lookAt(visitor, `dialog-${name}`, language, { within: 'dialog' });
        await page.keyboard.press('Escape');
      }
      await goTo({ ...visitor, labels }, 'profile');
    }
  });
});

const languages = [
  ['vi', vi],
  ['en', en],
] as const;

/** Has the screen speak a language, at the width of a desk. */
async function speak({ page }: Visit, language: 'vi' | 'en'): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  const name = language === 'vi' ? 'Tiếng Việt' : 'English';
  await page.getByRole('button', { name, exact: true }).click();
}
