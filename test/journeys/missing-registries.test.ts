import type { RunningGateway } from '@dinhdanh/gateway';
import { builtWeb } from '@dinhdanh/start';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { startFaultProxy } from '../harness/fault-proxy.ts';
import type { FaultProxy } from '../harness/fault-proxy.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { persona } from '../harness/told-people.ts';
import { expectedProfile } from './expected-profile.ts';
import type { PageWindow } from './in-page.ts';
import { readParts, unfold, untilRead } from './read-screen.ts';
import { arrive, goTo, section, signInAs } from './visit.ts';
import type { Visit } from './visit.ts';
import { agencies, grouped } from './words.ts';

type Registry = keyof typeof agencies;

const system = inject('system');
const level2 = readDemo(system.dataFolder).citizens['level2'] ?? expect.unreachable('in demo.json');
const expected = expectedProfile(persona('level2').records);

/** The sections that lose something with each registry. */
const sections: Readonly<Record<Registry, readonly string[]>> = {
  population: ['Thông tin cá nhân', 'Giấy tờ tùy thân', 'Cư trú', 'Gia đình và hộ gia đình'],
  immigration: ['Giấy tờ tùy thân', 'Thị thực và xuất nhập cảnh'],
  'driving-licences': ['Giấy phép lái xe'],
  vehicles: ['Phương tiện'],
  'social-insurance': ['Bảo hiểm'],
};
const registries = Object.keys(sections) as Registry[];

const proxies = new Map<Registry, FaultProxy>();
let gateway: RunningGateway;
let browser: Browser;
let visitor: Visit;

beforeAll(async () => {
  for (const registry of registries) {
    const target = system.services[registry] ?? expect.unreachable('a service each');
    proxies.set(registry, await startFaultProxy(target));
  }
  gateway = await startGatewayUnderTest(system, {
    services: Object.fromEntries([...proxies].map(([registry, { url }]) => [registry, url])),
    settings: { deadlineMs: 28_000, requestsPerMinute: 1_000_000 },
    webRoot: builtWeb,
  });
  browser = await openBrowser();
  visitor = await arrive(browser, gateway.url);
  await signInAs(visitor, level2);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
  for (const proxy of proxies.values()) await proxy.close();
});

function proxyOf(registry: Registry): FaultProxy {
  return proxies.get(registry) ?? expect.unreachable('a proxy each');
}

/** What the sections but some say, apart from where it comes from. */
async function readOthers(left: readonly string[]): Promise<object[]> {
  await unfold(visitor.main);
  const parts = await readParts(visitor.page);
  return parts
    .filter(({ title }) => !left.includes(title))
    .map(({ title, lines }) => ({ title, lines: lines.toSorted() }));
}

function expectedOthers(left: readonly string[]): object[] {
  return expected
    .filter(({ title }) => !left.includes(title))
    .map(({ title, lines }) => ({ title, lines: lines.toSorted() }));
}

describe('a registry that is switched off', () => {
  it.each(registries)(
    '%s: is named, leaves the others whole, and comes back with another try',
    async (registry) => {
      const { page, main } = visitor;
      const missing = `Chưa lấy được dữ liệu từ ${agencies[registry]}`;
      await goTo(visitor, 'account');
      proxyOf(registry).set({ kind: 'down' });
      await goTo(visitor, 'profile');
      for (const title of sections[registry]) {
        const part = section(visitor, title);
        await part.getByText(missing).waitFor();
        await part.getByText('Các phần khác của hồ sơ không bị ảnh hưởng.').waitFor();
        expect(await part.getByRole('button', { name: 'Thử lại' }).count()).toBe(1);
      }
      expect(await main.getByText(/^Chưa lấy được dữ liệu/).allInnerTexts()).toEqual(
        sections[registry].map(() => missing),
      );
      // Papers come from two registries: the half that answered is shown.
      if (registry === 'immigration')
        await section(visitor, 'Giấy tờ tùy thân').getByText(grouped(level2.username)).waitFor();
      if (registry === 'population')
        await section(visitor, 'Giấy tờ tùy thân').getByText('Y0000118').waitFor();
      await keepPicture(page, 'missing', registry);
      expect(await readOthers(sections[registry])).toEqual(expectedOthers(sections[registry]));

      proxyOf(registry).set({ kind: 'none' });
      await page.evaluate(() => {
        (globalThis as { stayed?: boolean }).stayed = true;
      });
      for (const title of sections[registry]) await retry(title);
      expect(await readOthers([])).toEqual(expectedOthers([]));
      expect(await page.evaluate(() => (globalThis as { stayed?: boolean }).stayed)).toBe(true);
    },
  );
});

/** Tries a section again until it is there: the gateway may rest from a source for some seconds. */
async function retry(title: string): Promise<void> {
  const part = section(visitor, title);
  const again = part.getByRole('button', { name: 'Thử lại' });
  await expect
    .poll(
      async () => {
        if ((await again.count()) > 0) await again.click();
        await untilRead(visitor.main);
        return again.count();
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(0);
}

/** From now on keeps the time until the first progress bar, in milliseconds; null while there was none. */
async function watchBars(): Promise<() => Promise<number | null>> {
  await visitor.page.evaluate(() => {
    const { document } = globalThis as unknown as PageWindow;
    const watch = globalThis as { firstBar?: number | null };
    const startedAt = performance.now();
    watch.firstBar = null;
    setInterval(() => {
      if (document.querySelector('progress') !== null) watch.firstBar ??= performance.now() - startedAt;
    }, 10);
  });
  return () => visitor.page.evaluate(() => (globalThis as { firstBar?: number | null }).firstBar ?? null);
}

/** Whether a part of the screen looks the same for a while: ten looks, some tens of milliseconds apart. */
async function keepsStill(part: Locator): Promise<boolean> {
  const looks = new Set<string>();
  for (let look = 0; look < 10; look += 1) {
    looks.add((await part.screenshot({ animations: 'allow' })).toString('base64'));
  }
  return looks.size === 1;
}

describe('a registry that is slow', () => {
  it('shows after a second, and no sooner, how far the answer is; the rest can be read meanwhile', async () => {
    const { page, main } = visitor;
    await goTo(visitor, 'account');
    proxyOf('vehicles').set({ kind: 'hold' });
    try {
      const firstBar = await watchBars();
      await page.getByRole('link', { name: visitor.labels.profile, exact: true }).click();
      const whole = main.getByRole('progressbar', { name: /^Đã nhận [1-7] trên 8 phần$/ });
      await whole.waitFor();
      expect(await firstBar()).toBeGreaterThan(950);
      await section(visitor, 'Phương tiện').getByRole('progressbar', { name: 'Đang lấy dữ liệu' }).waitFor();
      await keepPicture(page, 'slow', 'vehicles');
      await section(visitor, 'Bảo hiểm').getByText('DN4799700004821').waitFor();
      await main
        .getByText(/^Vẫn đang chờ cơ quan lưu giữ trả lời\./)
        .first()
        .waitFor();
      proxyOf('vehicles').set({ kind: 'none' });
      await section(visitor, 'Phương tiện').getByText('2 phương tiện').waitFor();
      expect(await main.getByRole('progressbar').count()).toBe(0);
    } finally {
      proxyOf('vehicles').set({ kind: 'none' });
    }
  });

  it('moves nothing on the screen of who asked for stillness, while others see the bar move', async () => {
    const { page } = visitor;
    await goTo(visitor, 'account');
    proxyOf('vehicles').set({ kind: 'hold' });
    try {
      await page.getByRole('link', { name: visitor.labels.profile, exact: true }).click();
      const bar = section(visitor, 'Phương tiện').getByRole('progressbar');
      await bar.waitFor();
      const moving = !(await keepsStill(bar));
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(moving).toBe(true);
      // The browser repaints when it gets to it, and lines above may still arrive; a bar that moves is never still.
      await expect.poll(() => keepsStill(bar)).toBe(true);
      await keepPicture(page, 'slow', 'still');
    } finally {
      proxyOf('vehicles').set({ kind: 'none' });
      await page.emulateMedia({ reducedMotion: null });
    }
  });
});
