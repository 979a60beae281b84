/** Links between the repository's pages lead somewhere. Pure. */
import { posix } from 'node:path';

const fence = /^(```|~~~)/;
const link = /(?<!\\)!?\[(?:[^\]\\]|\\.)*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;

/**
 * A sentence for each link of a page whose file or heading is not there. Links out of the repository are not followed.
 * @param pages path → text of every Markdown page
 * @param exists tells whether a file or folder of the repository is there
 */
export function brokenLinks(pages: ReadonlyMap<string, string>, exists: (path: string) => boolean): string[] {
  return [...pages].flatMap(([path, text]) =>
    linksOf(text).flatMap(({ target, line }) => {
      const what = whatIsWrong(path, target, pages, exists);
      return what === null ? [] : [`${path}:${line} links to ${target}, ${what}.`];
    }),
  );
}

function whatIsWrong(
  from: string,
  target: string,
  pages: ReadonlyMap<string, string>,
  exists: (path: string) => boolean,
): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return null;
  const [file = '', heading] = target.split('#');
  const path = file === '' ? from : posix.join(posix.dirname(from), decodeURIComponent(file));
  if (path.startsWith('..') || file.startsWith('/')) return 'which leaves the repository';
  if (!exists(path.replace(/\/$/, ''))) return 'which is not there';
  const page = pages.get(path);
  if (heading === undefined || page === undefined) return null;
  return headingsOf(page).has(decodeURIComponent(heading)) ? null : `but ${path} has no such heading`;
}

function proseLines(text: string): { line: number; prose: string }[] {
  let inFence = false;
  return text.split('\n').flatMap((prose, index) => {
    if (fence.test(prose.trimStart())) {
      inFence = !inFence;
      return [];
    }
    return inFence ? [] : [{ line: index + 1, prose }];
  });
}

function linksOf(text: string): { target: string; line: number }[] {
  return proseLines(text).flatMap(({ line, prose }) =>
    [...prose.replaceAll(/`[^`]*`/g, '').matchAll(link)].flatMap(([, target]) =>
      target === undefined ? [] : [{ target, line }],
    ),
  );
}

/** The anchors of a page's headings, as the common viewers of Markdown make them. */
function headingsOf(text: string): Set<string> {
  const slugs = new Set<string>();
  for (const { prose } of proseLines(text)) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(prose)?.[1];
    if (heading === undefined) continue;
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    let unique = slug;
    for (let count = 1; slugs.has(unique); count += 1) unique = `${slug}-${count}`;
    slugs.add(unique);
  }
  return slugs;
}
