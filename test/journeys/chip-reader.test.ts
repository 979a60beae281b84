import { openTrustStore, verifyChip } from '@dinhdanh/accounts/chip';
import { KeyFolder, openChipKeys } from '@dinhdanh/start';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { alone } from '../harness/alone.ts';
import { keepPicture, openBrowser, takeSeat } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';

const system = inject('system');
const { url, dataFolder } = system;
const demo = readDemo(dataFolder);
const reader = demo.reader ?? expect.unreachable('the reader runs');
const level2 = demo.citizens['level2'] ?? expect.unreachable('in demo.json');
const CHALLENGE = Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2);

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function openPage(address: string): Promise<Page> {
  const page = await (await takeSeat(browser)).newPage();
  await page.goto(address);
  return page;
}

/** What a page of the gateway gets out of the reader that the gateway names, by nothing but what browsers have. */
async function readInPage(
  page: Page,
): Promise<{ groups: Record<string, string>; response: string; end: string }> {
  return page.evaluate(async (challenge) => {
    const { url: at } = (await (await fetch('/reader')).json()) as { url: string };
    const post = (path: string, body: object): Promise<Response> =>
      fetch(at + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const lines = (await (await post('/read', {})).text()).trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as Record<string, string>);
    const files = events
      .filter(({ event }) => event === 'FILE')
      .map(({ name = '', bytes = '' }) => [name, bytes]);
    const card = events.find(({ event }) => event === 'FOUND')?.['card'] ?? '';
    const answer = await post('/challenge', { card, challenge });
    const { response = '' } = (await answer.json()) as { response?: string };
    return {
      groups: Object.fromEntries(files) as Record<string, string>,
      response,
      end: events.at(-1)?.['event'] ?? '',
    };
  }, Buffer.from(CHALLENGE).toString('base64url'));
}

describe('a chip in a browser', () => {
  it('is laid on the reader, which says what it stands for, read by a page of the gateway, and genuine', async () => {
    await alone(system, 'reader', async () => {
      const desk = await openPage(reader);
      await desk.getByText('thay cho điện thoại').waitFor();
      await desk.getByLabel('Thẻ của').selectOption('level2');
      await desk.getByRole('button', { name: 'Đặt thẻ lên' }).click();
      await desk.getByRole('button', { name: 'Lấy thẻ ra' }).waitFor();
      await keepPicture(desk, 'chip-reader', 'laid');
      const page = await openPage(url);
      const { groups, response, end } = await readInPage(page);
      expect(end).toBe('DONE');
      const now = new Date();
      const bytes = Object.entries(groups).map(([name, text]) => [
        name,
        new Uint8Array(Buffer.from(text, 'base64url')),
      ]);
      const chips = openChipKeys(dataFolder, new KeyFolder(dataFolder), () => now);
      const reading = {
        groups: Object.fromEntries(bytes) as Record<string, Uint8Array>,
        challenge: CHALLENGE,
        response: new Uint8Array(Buffer.from(response, 'base64url')),
      };
      const terms = { now, holder: { personalNumbers: [level2.username] } };
      expect(verifyChip(reading, { ...terms, trust: await chips.trust() })).toMatchObject({ genuine: true });
      const nobody = openTrustStore({ country: 'VN', issuingState: 'VNM', certificates: [], lists: [] });
      expect(verifyChip(reading, { ...terms, trust: nobody })).toMatchObject({ code: 'CHIP_UNTRUSTED' });
      await desk.getByRole('button', { name: 'Lấy thẻ ra' }).click();
      await desk.getByText('Chưa có thẻ nào').waitFor();
      expect((await readInPage(page)).end).toBe('FAILED');
    });
  });

  it('is out of reach for pages that have no use for it', async () => {
    const page = await openPage(`${url}/auditor`);
    const read = page.evaluate(
      (at) => fetch(`${at}/read`, { method: 'POST', body: '{}' }).then(({ status }) => status),
      reader,
    );
    await expect(read).rejects.toThrow();
  });

  it('is behind an address that people are sent on from', async () => {
    const answer = await fetch(`${url}/reader`, { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, reader]);
  });
});
