import { runSql } from '@dinhdanh/kit/testing';
import type { Browser, Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { openBrowser, takeSeat } from '../harness/browser.ts';
import type { Seat } from '../harness/browser.ts';
import { addParty, pushed, send } from '../sharing/relying-party.ts';
import type { RelyingParty } from '../sharing/relying-party.ts';
import { en, vi } from './labels.ts';
import { lookAt } from './look-at.ts';
import { readPixels } from './read-pixels.ts';
import type { Visit } from './visit.ts';

const { url, databaseUrls } = inject('system');
const sql = <Row extends Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]> =>
  runSql(databaseUrls.sharing ?? expect.unreachable('sharing runs'), text, values);

let browser: Browser;
let party: RelyingParty;
let issuer: string;
beforeAll(async () => {
  browser = await openBrowser();
  party = await addParty({ sql });
  const discovery = await fetch(`${url}/.well-known/openid-configuration`);
  ({ issuer } = (await discovery.json()) as { issuer: string });
});
afterAll(() => browser.close());

/** A browser that a relying party has sent, before the page of its request; `handle` names it. */
async function arrive(seat: Seat = {}): Promise<Visit & { readonly handle: string }> {
  const { body } = await send(party, { issuer, path: '/oauth/par' }, pushed(party));
  const context = await takeSeat(browser, seat);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const query = new URLSearchParams({ client_id: party.id, request_uri: String(body.request_uri) });
  await page.goto(`${issuer}/oauth/auth?${query.toString()}`);
  const handle = new URL(page.url()).pathname.split('/')[2] ?? '';
  if (seat.language === 'en') await page.getByRole('button', { name: 'English', exact: true }).click();
  return {
    page,
    context,
    handle,
    labels: seat.language === 'en' ? en : vi,
    main: page.getByRole('main'),
    close: () => context.close(),
  };
}

/** What the relying party is told when the browser comes back to it; its site itself is not there. */
async function sentBack(page: Page): Promise<string | null> {
  const request = await page.waitForRequest((one) => one.url().startsWith(party.redirectUri));
  return new URL(request.url()).searchParams.get('error');
}

const put = (handle: string, changes: string): Promise<unknown> =>
  sql(`UPDATE share_requests SET ${changes} WHERE handle = $1`, [handle]);
const taken = `state = 'CLAIMED', claimed_by = 'somebody', claimed_at = now(), door = 'qr', decide_until = now() + interval '5 minutes'`;

const titles = {
  vi: {
    waiting: 'Quét mã bằng ứng dụng Định danh',
    expired: 'Mã đã hết hạn',
    claimed: 'Tiếp tục trên điện thoại',
    number: 'Nhập số đang hiện trên điện thoại',
    declined: 'Yêu cầu đã bị từ chối',
  },
  en: {
    waiting: 'Scan with the Dinhdanh app',
    expired: 'The code has run out',
    claimed: 'Continue on the phone',
    number: 'Enter the number shown on the phone',
    declined: 'The request was declined',
  },
} as const;

describe('the page of a request', () => {
  it.each(['vi', 'en'] as const)('shows every state clearly in %s', async (language) => {
    const visitor = await arrive({ language });
    const { page, handle } = visitor;
    const stands = async (name: keyof (typeof titles)['vi']): Promise<void> => {
      await page.getByRole('heading', { level: 1, name: titles[language][name] }).waitFor();
      await lookAt(visitor, `share-${name}`, language);
    };
    await stands('waiting');
    await put(handle, 'claim_until = now()');
    await stands('expired');
    await page.getByRole('button', { name: language === 'vi' ? 'Tạo mã mới' : 'New code' }).click();
    await page.getByRole('heading', { level: 1, name: titles[language].waiting }).waitFor();
    await put(handle, taken);
    await stands('claimed');
    await put(handle, `state = 'APPROVED', decided_at = now(), number = '123'`);
    await stands('number');
    await put(handle, `state = 'DECLINED', number = NULL`);
    await stands('declined');
    const back = sentBack(page);
    await page.getByRole('link', { name: /Khách sạn/ }).click();
    expect(await back).toBe('access_denied');
  });

  it.each([
    { width: 1280, colours: 'light' },
    { width: 320, colours: 'dark' },
  ] as const)('draws a picture that a camera reads, and another after it: %j', async (seat) => {
    const { page, handle, main } = await arrive(seat);
    const picture = main.locator('.qr');
    await picture.waitFor();
    const read = async (): Promise<string> => decodeQR(await readPixels(page, await picture.screenshot()));
    const first = await read();
    let second = first;
    await expect.poll(async () => (second = await read())).not.toBe(first);
    expect((await picture.boundingBox())?.width).toBeGreaterThanOrEqual(240);
    for (const text of [first, second]) expect(text.startsWith(`${issuer}/#/share/${handle}.`)).toBe(true);
  });

  it('says that nothing is here where another browser opens its address', async () => {
    const { handle } = await arrive();
    const context = await takeSeat(browser);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(`${issuer}/share/${handle}`);
    await page.getByRole('heading', { level: 1, name: 'Không có yêu cầu nào ở đây' }).waitFor();
    expect(await page.getByText('khach-san.example').count()).toBe(0);
  });

  it('goes back to who asked when it is cancelled', async () => {
    const { page } = await arrive();
    const back = sentBack(page);
    await page.getByRole('button', { name: 'Hủy yêu cầu' }).click();
    expect(await back).toBe('access_denied');
  });

  it('takes the number from the keyboard as soon as it asks, and says what was wrong with it', async () => {
    const { page, handle } = await arrive();
    await page.getByRole('heading', { level: 1, name: titles.vi.waiting }).waitFor();
    await put(handle, `${taken}, decided_at = now(), number = '123'`);
    await put(
      handle,
      `state = 'APPROVED', decision = '{"granted":{"items":[]},"subject":"somebody","relationId":null}'`,
    );
    const field = page.getByLabel('Số gồm 3 chữ số');
    await field.waitFor();
    expect(await field.getAttribute('inputmode')).toBe('numeric');
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Hãy nhập đủ 3 chữ số.').waitFor();
    await page.keyboard.type('4');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Số không đúng. Còn 2 lần nhập.').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.inputValue()).toBe('');
  });
});
