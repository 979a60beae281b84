/** The checks that another program makes: each is a child process whose output is shown only when it fails. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runQuietly, toolScript } from '../tool.ts';
import type { Check, Outcome } from './check.ts';

/** The checks made by tools, in the order in which their outcomes are printed. */
export const toolChecks: readonly Check[] = [
  tool(
    'format',
    toolScript('@biomejs/biome', 'biome'),
    ['format', '--max-diagnostics=10'],
    'npm run format mends this.',
  ),
  tool('lint', toolScript('oxlint'), ['--type-aware', '--deny-warnings'], ''),
  tool('types', toolScript('typescript', 'tsc'), ['-p', 'tsconfig.json'], ''),
  ...present(
    'web/tsconfig.json',
    tool('web types', toolScript('typescript', 'tsc'), ['-p', 'web/tsconfig.json'], ''),
  ),
  tool('laws', join(root, '.ci/laws/check-laws.ts'), [], ''),
  ...present(
    'schema/compose.ts',
    tool(
      'supergraph',
      join(root, 'schema/compose.ts'),
      ['--check', '--documents', join(root, 'start/generated/documents.json')],
      'npm run compose mends this, unless it would break somebody.',
    ),
  ),
  tool('pages', join(root, '.ci/pages.ts'), ['--check'], ''),
  tool('migrations', join(root, '.ci/migrations.ts'), ['check'], ''),
];

function present(file: string, check: Check): Check[] {
  return existsSync(join(root, file)) ? [check] : [];
}

function tool(name: string, script: string, args: readonly string[], advice: string): Check {
  return {
    name,
    run: async (): Promise<Outcome> => {
      const { code, output } = await runQuietly(script, args);
      const lastLine = output.trim().split('\n').at(-1) ?? '';
      if (code === 0) return { held: true, summary: lastLine, report: '' };
      return { held: false, summary: `ended with code ${code}`, report: `${output.trimEnd()}\n${advice}` };
    },
  };
}
