import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** As much of axe-core as is used inside a page. */
interface Axe {
  readonly run: (
    context: object | string,
    options: object,
  ) => Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly help: string;
      readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
    }[];
  }>;
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is looked at. */
export interface Looking {
  /** A part of the page alone, by its selector: for what stands before a page that was looked at before. */
  readonly within?: string;
  /** Rules left out. */
  readonly without?: readonly string[];
}

/** What axe-core finds against WCAG 2.2 AA and its own best practice on a page as it stands: a line each, none when all is well. */
export async function findViolations(page: Page, looking: Looking = {}): Promise<readonly string[]> {
  // Through the debugger, not as a script of the page: its policy forbids those.
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(source);
  return page.evaluate(async ({ within, without = [] }) => {
    const { axe, document } = globalThis as unknown as { axe: Axe; document: object };
    const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
    const { violations } = await axe.run(within ?? document, { resultTypes: ['violations'], rules });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary ?? ''}`,
      ),
    );
  }, looking);
}
