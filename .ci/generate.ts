/**
 * `npm run prepare`, the last step of `npm ci`: makes every file that is generated and not committed.
 *
 * A package states what it makes as a script of its own, and turborepo runs only those whose inputs changed
 * (turbo.json):
 *   generate   Prisma client of a service · resolver types from schema/ · typed operations of web/ ·
 *              manifest of trusted documents
 *   build      the web screens
 * A part whose source stands in the repository without such a script would silently not be made: that is refused.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runQuietly, toolScript } from './tool.ts';

/** A file that calls for generated code, the script that must make it, and the line to add when it is missing. */
interface Source {
  file: string;
  folder: string;
  script: 'generate' | 'build';
  line: string;
}

const clientLine = 'node --import ../../start/require-node.mjs ../../.ci/generate-client.ts';
const sources: Source[] = [
  ...readdirSync(join(root, 'subgraphs')).map(
    (service): Source => ({
      file: `subgraphs/${service}/prisma/schema.prisma`,
      folder: `subgraphs/${service}`,
      script: 'generate',
      line: clientLine,
    }),
  ),
  {
    file: 'schema/generate-types.ts',
    folder: 'schema',
    script: 'generate',
    line: 'node --import ../start/require-node.mjs generate-types.ts',
  },
  { file: 'web/vite.config.ts', folder: 'web', script: 'build', line: 'vite build' },
  {
    file: 'start/generate-documents.ts',
    folder: 'start',
    script: 'generate',
    line: 'node --import ./require-node.mjs generate-documents.ts',
  },
];

const unmade = sources.filter(({ file, folder, script }) => {
  if (!existsSync(join(root, file))) return false;
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    scripts?: Record<string, string>;
  };
  return manifest.scripts?.[script] === undefined;
});
for (const { file, folder, script, line } of unmade) {
  process.stderr.write(
    `${file} stands, but nothing makes its code: add "${script}": "${line}" to the scripts of ${folder}/package.json.\n`,
  );
}

if (unmade.length > 0) {
  process.exitCode = 1;
} else {
  const startedAt = Date.now();
  const { code, output } = await runQuietly(toolScript('turbo'), [
    'run',
    'generate',
    'build',
    '--concurrency=2',
    '--output-logs=errors-only',
    '--log-order=grouped',
    '--log-prefix=task',
  ]);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (code === 0) {
    const tasks = /Tasks:\s+(\d+) successful/.exec(output)?.[1] ?? '0';
    const cached = /Cached:\s+(\d+) cached/.exec(output)?.[1] ?? '0';
    process.stdout.write(`generated code: ${tasks} parts, ${cached} of them unchanged, ${seconds} s\n`);
  } else {
    process.stderr.write(`${output}\nThe generated code could not be made (above).\n`);
    process.exitCode = code;
  }
}
