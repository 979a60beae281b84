import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How dear a test file is: beside the code, with one service, with the shared system, with a browser. */
export type Dearness = 'unit' | 'service' | 'system' | 'journey';

/** Test files that prove a requirement, by what they cost. */
export type ProvingFiles = Readonly<Record<Dearness, readonly string[]>>;

const NOT_OURS = new Set(['node_modules', 'generated', 'dist', '.data', '.turbo', 'fixtures', '.ci']);
/** A title names what it proves at its start: `R62 R67: a code is sent by SMS`. */
const naming = /['"`]((?:R\d+ )*R\d+): /gu;

/** Which test files of a tree name which requirement in a title. */
export function provingFiles(tree: string): ReadonlyMap<string, ProvingFiles> {
  const found = new Map<string, Record<Dearness, string[]>>();
  const paths = globSync('**/*.test.{ts,tsx}', {
    cwd: tree,
    exclude: (name) => NOT_OURS.has(name.slice(name.lastIndexOf('/') + 1)),
  });
  for (const path of paths.toSorted()) {
    const text = readFileSync(join(tree, path), 'utf8');
    const numbers = new Set([...text.matchAll(naming)].flatMap(([, named = '']) => named.split(' ')));
    for (const number of numbers) {
      const files = found.get(number) ?? { unit: [], service: [], system: [], journey: [] };
      files[dearnessOf(path, text)].push(path);
      found.set(number, files);
    }
  }
  return found;
}

function dearnessOf(path: string, text: string): Dearness {
  if (path.startsWith('test/journeys/')) return 'journey';
  if (!path.startsWith('test/') || path.startsWith('test/bench/')) return 'unit';
  return text.includes('inject(') ? 'system' : 'service';
}
