import type { Page } from 'playwright-core';
import type { PageElement, PageWindow } from './in-page.ts';

/** A sitting of the access history as a person reads it. */
export interface ShownReading {
  readonly day: string;
  readonly actor: string;
  /** `10:05`, or `10:05 đến 10:06, 8 lượt`. */
  readonly time: string;
  /** The badges beside it: how it ended where nothing was given out, and whether it is new. */
  readonly marks: readonly string[];
  /** What stands beside each term; of claims, each. */
  readonly facts: Readonly<Record<string, readonly string[]>>;
}

/** Reads the access history from the screen, in its order. */
export function readReadings(page: Page): Promise<ShownReading[]> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as PageWindow;
    const textOf = (element: PageElement | null): string =>
      (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
    const valuesOf = (value: PageElement | null): string[] => {
      const items = [...(value?.querySelectorAll('li') ?? [])].map(textOf);
      return items.length > 0 ? items : [textOf(value)];
    };
    return [...document.querySelectorAll('main section')].flatMap((section) =>
      [...section.querySelectorAll('li')]
        .filter((item) => item.querySelector('h3') !== null)
        .map((item) => {
          const list = [...item.children].find(({ nodeName }) => nodeName === 'DL');
          const terms = [...(list?.querySelectorAll('dt') ?? [])];
          const head = item.querySelector('h3')?.closest('div');
          return {
            day: textOf(section.querySelector('h2')),
            actor: textOf(item.querySelector('h3')),
            time: textOf(head?.querySelector('p') ?? null),
            marks: [...(head?.querySelectorAll('.badge') ?? [])].map(textOf),
            facts: Object.fromEntries(
              terms.map((term) => [textOf(term), valuesOf(term.nextElementSibling)] as const),
            ),
          };
        }),
    );
  });
}
