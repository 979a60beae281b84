import { generateKeyPairSync } from 'node:crypto';
import type { DemoPerson } from '@dinhdanh/start';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openBrowser } from '../harness/browser.ts';
import { findViolations } from '../harness/check-accessibility.ts';
import { readDemo } from '../harness/client.ts';
import { lookAt, sticksOut } from './look-at.ts';
import { untilRead } from './read-screen.ts';
import { goTo, sendSignIn, signInAs, visit } from './visit.ts';
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
  readonly reach: (visitor: Visit) => Promise<unknown>;
  /** Its heading in each language: the place that is kept when the language changes. */
  readonly headings: readonly [vietnamese: string, english: string];
}

const as =
  (key: string, options?: { readonly passcode?: boolean }) =>
  (visitor: Visit): Promise<void> =>
    signInAs(visitor, personOf(key), options);

const profile: Screen['headings'] = ['Hồ sơ của tôi', 'My profile'];
const scan: Screen['headings'] = ['Quét mã chia sẻ', 'Scan a sharing code'];
const consents: Screen['headings'] = ['Chia sẻ của tôi', 'My sharing'];
const history: Screen['headings'] = ['Lịch sử truy cập', 'Access history'];

const organisations: Screen['headings'] = ['Tổ chức của tôi', 'My organisations'];
const register: Screen['headings'] = ['Đăng ký bên sử dụng dịch vụ', 'Register a relying party'];

/** Goes, as somebody who represents two of them, to the organisations. */
async function openOrganisations(visitor: Visit): Promise<void> {
  await as('fleet', { passcode: false })(visitor);
  await goTo(visitor, 'organisations');
}

/** Registers a relying party by the form, and waits until it is kept. */
async function registerParty(visitor: Visit): Promise<void> {
  await openOrganisations(visitor);
  const { main, page } = visitor;
  await main
    .getByRole('link', { name: /^Đăng ký bên sử dụng/ })
    .first()
    .click();
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
  'profile-locked': { reach: as('level2', { passcode: false }), headings: profile },
  'profile-open': {
    reach: async (visitor) => {
      await as('level2')(visitor);
      // Folded parts are part of the screen; histories are opened too.
      for (const summary of await visitor.main.locator('summary').all()) await summary.click();
      const folded = visitor.main.locator('button[aria-expanded="false"]');
      while ((await folded.count()) > 0) await folded.first().click();
      await untilRead(visitor.main);
    },
    headings: profile,
  },
  'profile-level1': { reach: as('level1'), headings: profile },
  'profile-foreigner': { reach: as('foreigner'), headings: profile },
  'profile-mismatch': { reach: as('mismatch'), headings: profile },
  wallet: {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await goTo(visitor, 'wallet');
    },
    headings: ['Ví giấy tờ', 'Document wallet'],
  },
  dependants: {
    reach: async (visitor) => {
      await as('guardian')(visitor);
      await goTo(visitor, 'dependants');
    },
    headings: ['Người phụ thuộc', 'Dependants'],
  },
  dependant: {
    reach: async (visitor) => {
      await as('guardian')(visitor);
      await goTo(visitor, 'dependants');
      await visitor.main.getByRole('link', { name: /Phạm Gia Bảo/ }).click();
      await visitor.page.getByRole('heading', { level: 1, name: 'Hồ sơ của Phạm Gia Bảo' }).waitFor();
      await untilRead(visitor.main);
    },
    headings: ['Hồ sơ của Phạm Gia Bảo', 'Profile of Phạm Gia Bảo'],
  },
  history: {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await goTo(visitor, 'history');
    },
    headings: history,
  },
  'history-mine': {
    reach: async (visitor) => {
      await as('level2')(visitor);
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
  scan: {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await goTo(visitor, 'scan');
    },
    headings: scan,
  },
  'scan-foreign': {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await goTo(visitor, 'scan');
      await visitor.main.getByRole('textbox').fill('https://id.example.evil/#/share/handle');
      await visitor.main.getByRole('button').last().click();
      await visitor.main.getByRole('alert').getByText('Đừng tin').waitFor();
    },
    headings: scan,
  },
  'scan-level1': {
    reach: async (visitor) => {
      await as('level1')(visitor);
      await goTo(visitor, 'scan');
    },
    headings: scan,
  },
  'share-broken': {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await visitor.page.goto(`${url}/#/share/no.code`);
    },
    headings: ['Không có yêu cầu này', 'There is no such request'],
  },
  'share-unknown': {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await visitor.page.goto(`${url}/#/share/${'A'.repeat(22)}`);
    },
    headings: ['Không có yêu cầu này', 'There is no such request'],
  },
  consents: {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await goTo(visitor, 'consents');
    },
    headings: consents,
  },
  'consent-unknown': {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await visitor.page.goto(`${url}/#/consents/${'A'.repeat(22)}`);
    },
    headings: consents,
  },
  organisations: { reach: openOrganisations, headings: organisations },
  'party-new': {
    reach: async (visitor) => {
      await openOrganisations(visitor);
      await visitor.main
        .getByRole('link', { name: /^Đăng ký bên sử dụng/ })
        .first()
        .click();
      await visitor.main.getByRole('checkbox', { name: 'Mở tài khoản ngân hàng' }).check();
      await visitor.main.getByRole('button', { name: 'Gửi đăng ký' }).click();
      // What is wrong stands at its field.
      await visitor.main.getByRole('alert').getByText('Chưa ghi lại').waitFor();
      await visitor.main.getByText('Nêu ít nhất một nhóm thông tin.').waitFor();
    },
    headings: register,
  },
  'party-kept': { reach: registerParty, headings: ['Đã đăng ký', 'Registered'] },
  'party-edit': {
    reach: async (visitor) => {
      await registerParty(visitor);
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
    reach: async (visitor) => {
      await registerParty(visitor);
      await visitor.page.getByRole('button', { name: visitor.labels.signOut }).click();
      await visitor.page.getByRole('heading', { level: 1, name: visitor.labels.signIn }).waitFor();
      await as('operator', { passcode: false })(visitor);
      await visitor.main.getByRole('link', { name: /^Người vận hành/ }).click();
      await visitor.main
        .getByRole('button', { name: /^Chấp thuận/ })
        .first()
        .waitFor();
    },
    headings: ['Duyệt bên sử dụng dịch vụ', 'Approve relying parties'],
  },
  'applications-refused': {
    reach: async (visitor) => {
      await as('auditor', { passcode: false })(visitor);
      await visitor.page.goto(`${url}/#/parties`);
      await visitor.main.getByText('Chỉ người vận hành').waitFor();
    },
    headings: ['Duyệt bên sử dụng dịch vụ', 'Approve relying parties'],
  },
  account: {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await goTo(visitor, 'account');
      await visitor.main.locator('summary').click();
      await visitor.main.locator('button[aria-expanded="false"]').click();
      await untilRead(visitor.main);
    },
    headings: ['Tài khoản của tôi', 'My account'],
  },
  'account-level1': {
    reach: async (visitor) => {
      await as('level1')(visitor);
      await goTo(visitor, 'account');
    },
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
  staff: { reach: as('auditor'), headings: ['Tài khoản cán bộ', 'A staff account'] },
  'no-such-page': {
    reach: async (visitor) => {
      await as('level2')(visitor);
      await visitor.page.goto(`${url}/#/no-such-page`);
      await visitor.page.getByRole('heading', { level: 1, name: 'Không có trang này' }).waitFor();
    },
    headings: ['Không có trang này', 'There is no such page'],
  },
};

describe('every screen, in both languages, three widths and both colour schemes', () => {
  it.each(Object.entries(screens))('%s', async (name, { reach, headings: [vietnamese, english] }) => {
    const visitor = await visit(browser, url);
    const { page } = visitor;
    await reach(visitor);
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

describe('dialogs', () => {
  it.each(['vi', 'en'] as const)('the passcode and the lock (%s)', async (language) => {
    const visitor = await visit(browser, url, { language });
    const { page, labels } = visitor;
    await as('level2', { passcode: false })(visitor);
    await page.getByRole('button', { name: labels.openPasscode, exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await lookAt(visitor, 'dialog-passcode', language);
    await page.keyboard.press('Escape');
    await goTo(visitor, 'account');
    await page.getByRole('radio').first().check();
    await page.getByRole('main').getByRole('button').last().click();
    await dialog.waitFor();
    await lookAt(visitor, 'dialog-lock', language);
  });

  it.each(['vi', 'en'] as const)('the proof of a reading and the report of it (%s)', async (language) => {
    const visitor = await visit(browser, url, { language });
    const { page, main } = visitor;
    await as('level2')(visitor);
    await openOwnHistory(visitor);
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
      await lookAt(visitor, `dialog-${name}`, language);
      await page.keyboard.press('Escape');
    }
  });
});
