import type { Locator, Page } from 'playwright-core';
import type { PageElement, PageNode, PageWindow } from './in-page.ts';

/** What a section of a screen says, line by line as a person reads it. */
export interface ScreenPart {
  readonly title: string;
  /** `# heading`, `term: value`, `[button]` or plain text; the pieces of a line stand with ` · ` between them. */
  readonly lines: readonly string[];
  /** The lines that name where the data come from. */
  readonly sources: readonly SourceLine[];
}

/** Where data come from, as the screen says it. */
export interface SourceLine {
  /** The line without the time it was read. */
  readonly said: string;
  /** When it was read: the instant, and how the screen writes it. */
  readonly readAt: string;
  readonly readAtSaid: string;
}

/** Opens all that is folded and reveals all that is hidden, so that nothing is left to read. */
export async function unfold(main: Locator): Promise<void> {
  await untilRead(main);
  for (const name of [/^Hiện tất cả/, 'Hiện số']) {
    const buttons = main.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
    while ((await buttons.count()) > 0) await buttons.first().click();
  }
  // Each press takes the button out of the list.
  const folded = main.locator('button[aria-expanded="false"]');
  while ((await folded.count()) > 0) await folded.first().click();
  await untilRead(main);
  const more = main.getByRole('button', { name: 'Xem thêm', exact: true });
  while ((await more.count()) > 0) {
    await more.first().click();
    await untilRead(main);
  }
}

/** Waits until no part of a screen is on its way any more. */
export async function untilRead(main: Locator): Promise<void> {
  await main.page().waitForFunction(() => {
    const { document } = globalThis as unknown as PageWindow;
    const place = document.querySelector('main');
    const text = place?.textContent ?? '';
    return (
      place?.querySelector('h1') != null &&
      place.querySelector('[aria-busy="true"], progress') === null &&
      !/Đang lấy dữ liệu|Getting the data/.test(text)
    );
  });
}

/** Reads every part of a screen that has a heading of its own: the sections of a profile, the papers of a wallet. */
export function readParts(page: Page): Promise<ScreenPart[]> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as PageWindow;
    const blocks =
      'address,article,aside,details,div,dl,fieldset,footer,form,h1,h2,h3,h4,header,li,ol,p,section,summary,ul';

    /** Runs of text, each without a break inside it. */
    function pieces(node: PageNode): string[] {
      const found: string[] = [];
      for (const child of node.childNodes) {
        if (child.nodeName === 'BUTTON') found.push(`[${pieces(child).join(' ')}]`);
        else if (child.nodeName === 'IMG') found.push(`(${(child as PageElement).alt})`);
        else if (child.nodeName === '#text')
          found.push((child.textContent ?? '').replaceAll(/\s+/g, ' ').trim());
        else found.push(...pieces(child));
      }
      return found.filter((piece) => piece !== '');
    }

    function linesOf(element: PageElement): string[] {
      if (element.nodeName === 'DL') {
        return [...element.querySelectorAll('dt')].map((term) => {
          const value = term.nextElementSibling ?? term;
          return `${pieces(term).join(' ')}: ${pieces(value).join(' · ')}`;
        });
      }
      if (element.querySelector(blocks) !== null) return [...element.children].flatMap(linesOf);
      if (element.nodeName === 'BUTTON') return [`[${pieces(element).join(' ')}]`];
      if (element.nodeName === 'IMG') return [`(${element.alt})`];
      const line = pieces(element).join(' · ');
      if (line === '') return [];
      return [/^H\d$/.test(element.nodeName) ? `# ${line}` : line];
    }

    return [...document.querySelectorAll('main section, main li')]
      .filter((part) => part.querySelector('h2') !== null)
      .map((section) => {
        const copy = section.cloneNode(true);
        for (const unheard of copy.querySelectorAll('[aria-hidden="true"], svg, meter')) unheard.remove();
        copy.normalize();
        const heading = copy.querySelector('h2');
        const title = heading?.textContent ?? '';
        heading?.remove();
        const sources = [...copy.querySelectorAll('p')].filter((line) =>
          (line.textContent ?? '').startsWith('Nguồn:'),
        );
        const said = sources.map((line) => {
          const readAt = line.querySelector('time');
          const readAtSaid = readAt?.textContent ?? '';
          readAt?.remove();
          line.remove();
          const told = pieces(line).filter((piece) => piece !== 'Đọc lúc');
          return { said: told.join(' · '), readAt: readAt?.dateTime ?? '', readAtSaid };
        });
        return { title, lines: linesOf(copy), sources: said };
      });
  });
}

/** Reads every term of a screen with what stands beside it. */
export function readFacts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as PageWindow;
    return [...document.querySelectorAll('main dt')].map(
      (term) => `${term.textContent ?? ''}: ${term.nextElementSibling?.textContent ?? ''}`,
    );
  });
}
