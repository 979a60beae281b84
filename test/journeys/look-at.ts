import type { Page } from 'playwright-core';
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

/** What of a screen is looked at. */
interface LookedAt {
  /** A dialog that stands before a screen, which is looked at by itself. */
  readonly within?: 'dialog';
  /** Whether nobody looks at it in the other language. */
  readonly isOnlyLanguage?: boolean;
}

/**
 * Looks at a screen as it stands in one language: marked, no wider than the window, and without a violation. Colours are the
 * same in every language, and to hold them against each other takes most of the time: in each language they are looked at in
 * one scheme, so that both schemes are, once both languages are.
 */
export async function lookAt(
  visitor: Visit,
  name: string,
  language: 'vi' | 'en',
  { within, isOnlyLanguage = false }: LookedAt = {},
): Promise<void> {
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
    const isTurn = (language === 'vi') === (colours === 'light');
    if (isTurn) await keepPicture(page, 'screen', `${name}-${language}-${colours}`, within === undefined);
    const looking = {
      ...(within === undefined ? {} : { within: `${within}[open]` }),
      without: isTurn || isOnlyLanguage ? [] : ['color-contrast'],
    };
    expect(await findViolations(page, looking), `${name} ${language} ${colours}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/**
 * Looks at a screen that is walked in Vietnamese before a desk as somebody sees it in English on the narrowest telephone, and
 * goes back: nothing sticks out, and nothing is violated before or after.
 */
export async function lookBothWays(page: Page, journey: string, step: string): Promise<void> {
  await keepPicture(page, journey, step);
  expect(await findViolations(page), `${step} vi`).toEqual([]);
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sticksOut({ page }), `${step} vi 320`).toEqual([]);
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await page.locator('html[lang="en"]').waitFor();
  expect(await sticksOut({ page }), `${step} en 320`).toEqual([]);
  await keepPicture(page, journey, `${step}-en`);
  // Colours are those that were looked at a moment ago.
  expect(await findViolations(page, { without: ['color-contrast'] }), `${step} en`).toEqual([]);
  await page.getByRole('button', { name: 'Tiếng Việt', exact: true }).click();
  await page.locator('html[lang="vi"]').waitFor();
  await page.setViewportSize(size);
}
