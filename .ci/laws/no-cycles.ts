import type { House } from '../house/source.ts';
import { type Law, ownPath, type Violation } from './law.ts';

/** A cycle is two files that are one; types count, for a reader follows them too. */
export const noCycles: Law = {
  name: 'no-cycles',
  sentence: 'No file imports itself by way of others: move what both need into a file of its own.',
  check: (house) => {
    const reported = new Set<string>();
    return house.files.flatMap((file) => cyclesFrom(file.path, house, reported));
  },
};

/** The shortest way from each import of a file back to it, every cycle once. */
function cyclesFrom(start: string, house: House, reported: Set<string>): Violation[] {
  const violations: Violation[] = [];
  for (const imported of house.fileAt(start)?.imports ?? []) {
    const first = ownPath(imported);
    const way = first === null ? null : shortestWay(first, start, house);
    if (way === null) continue;
    const key = way.toSorted().join(' ');
    if (reported.has(key)) continue;
    reported.add(key);
    violations.push({ file: start, line: imported.line, found: [start, ...way].join(' → ') });
  }
  return violations;
}

function shortestWay(from: string, to: string, house: House): string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const queue = [from];
  for (const path of queue) {
    if (path === to) return wayBack(path, cameFrom);
    for (const imported of house.fileAt(path)?.imports ?? []) {
      const next = ownPath(imported);
      if (next === null || cameFrom.has(next)) continue;
      cameFrom.set(next, path);
      queue.push(next);
    }
  }
  return null;
}

function wayBack(end: string, cameFrom: ReadonlyMap<string, string | null>): string[] {
  const way: string[] = [];
  for (let at: string | null | undefined = end; at != null; at = cameFrom.get(at)) way.unshift(at);
  return way;
}
