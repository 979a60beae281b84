import type { RunningGateway } from '@dinhdanh/gateway';
import { persona } from '@dinhdanh/people';
import { builtWeb } from '@dinhdanh/start';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keepPicture, openBrowser } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import { startFaultProxy } from '../harness/fault-proxy.ts';
import type { FaultProxy } from '../harness/fault-proxy.ts';
import { startGatewayUnderTest } from '../harness/gateway-under-test.ts';
import { expectedProfile } from './expected-profile.ts';
import type { PageWindow } from './in-page.ts';
import { readParts, unfold, untilRead } from './read-screen.ts';
import { arrive, goTo, section, signInAs } from './visit.ts';
import type { Visit } from './visit.ts';
import { agencies } from './words.ts';

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
    settings: { deadlineMs: 15_000, requestsPerMinute: 1_000_000 },
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
        await section(visitor, 'Giấy tờ tùy thân').getByText('097 188 000 101').waitFor();
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

describe('a registry that is slow', () => {
  it('shows how far the answer is after a second, and keeps still for those who ask for it', async () => {
    const { page, main } = visitor;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await goTo(visitor, 'account');
    proxyOf('vehicles').set({ kind: 'latency', ms: 5_000 });
    try {
      await page.getByRole('link', { name: visitor.labels.profile, exact: true }).click();
      const whole = main.getByRole('progressbar', { name: /^Đã nhận [1-7] trên 8 phần$/ });
      await whole.waitFor();
      await section(visitor, 'Phương tiện').getByRole('progressbar', { name: 'Đang lấy dữ liệu' }).waitFor();
      await keepPicture(page, 'slow', 'vehicles');
      const moving = await page.evaluate(
        () =>
          (globalThis as unknown as PageWindow).document
            .getAnimations()
            .filter(({ playState }) => playState === 'running').length,
      );
      expect(moving).toBe(0);
      // The others can be read meanwhile.
      await section(visitor, 'Bảo hiểm').getByText('DN4799700004821').waitFor();
      await main
        .getByText(/^Vẫn đang chờ cơ quan lưu giữ trả lời\./)
        .first()
        .waitFor();
      await section(visitor, 'Phương tiện').getByText('2 phương tiện').waitFor();
      expect(await main.getByRole('progressbar').count()).toBe(0);
    } finally {
      proxyOf('vehicles').set({ kind: 'none' });
      await page.emulateMedia({ reducedMotion: null });
    }
  });

  it('shows no bar for what comes at once', async () => {
    const { page, main } = visitor;
    await goTo(visitor, 'account');
    await page.evaluate(() => {
      const { document } = globalThis as unknown as PageWindow;
      const seen = globalThis as { bars?: number };
      seen.bars = 0;
      const count = (): void => {
        seen.bars = (seen.bars ?? 0) + [...document.querySelectorAll('progress')].length;
      };
      setInterval(count, 20);
    });
    // A page that is late for another reason than the sources may show one: then it is right to.
    const startedAt = performance.now();
    await goTo(visitor, 'profile');
    await untilRead(main);
    const bars = await page.evaluate(() => (globalThis as { bars?: number }).bars ?? -1);
    if (performance.now() - startedAt < 1_000) expect(bars).toBe(0);
    else expect(bars).toBeGreaterThanOrEqual(0);
  });
});
