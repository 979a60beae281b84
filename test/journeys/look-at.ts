import { expect } from 'vitest';
import { keepPicture } from '../harness/browser.ts';
import type { Width } from '../harness/browser.ts';
import { findViolations } from '../harness/check-accessibility.ts';
import type { PageWindow } from './in-page.ts';
import { en, vi } from './labels.ts';
import type { Visit } from './visit.ts';

const widths: readonly Width[] = [320, 768, 1280];

/** How much wider a screen is than the window, and what sticks out of it. */
export function sticksOut({ page }: Pick<Visit, 'page'>): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { document, innerWidth } = globalThis as unknown as PageWindow;
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > innerWidth + 1,
    );
    return [
      `${scrollWidth} > ${clientWidth}`,
      ...wide.map(({ nodeName, textContent }) => `${nodeName} ${textContent?.slice(0, 40)}`),
    ];
  });
}

/** Looks at a screen as it stands in one language: marked, no wider than the window, and without a violation. */
export async function lookAt(visitor: Visit, name: string, language: 'vi' | 'en'): Promise<void> {
  const { page } = visitor;
  const labels = language === 'vi' ? vi : en;
  expect(await page.locator('html').getAttribute('lang')).toBe(language);
  await page.getByRole('banner').getByText(labels.synthetic).waitFor();
  expect(await page.title()).toMatch(/\S \| Định danh$/);
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
    expect(await sticksOut(visitor), `${name} ${language} ${width}`).toEqual([]);
  }
  for (const [colours, width] of [
    ['light', 1280],
    ['dark', 320],
  ] as const) {
    await page.emulateMedia({ colorScheme: colours });
    await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
    // Half the pictures show as much as all of them, and each takes a second of a core.
    if ((language === 'vi') === (colours === 'light'))
      await keepPicture(page, 'screen', `${name}-${language}-${colours}`);
    expect(await findViolations(page), `${name} ${language} ${colours}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
