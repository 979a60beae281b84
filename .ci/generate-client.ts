/**
 * Makes the Prisma client of one service (`npm run generate` in its folder): prisma/schema.prisma → generated/prisma.
 *
 * `prisma generate` asks for a schema engine binary that this client (`prisma-client` generator, driver adapter, query
 * compiler in WebAssembly) never runs, and would download it. Any executable file ends the search, so it is handed
 * the one that is surely here: Node itself.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { toolEnvironment, toolScript } from './tool.ts';

if (existsSync('prisma/schema.prisma')) {
  // A model that was removed from the schema must not live on in an old file.
  rmSync('generated/prisma', { recursive: true, force: true });
  const made = spawnSync(
    process.execPath,
    [toolScript('prisma'), 'generate', '--schema', 'prisma/schema.prisma', '--no-hints'],
    {
      stdio: 'inherit',
      env: { ...toolEnvironment, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
    },
  );
  process.exitCode = made.status ?? 1;
} else {
  process.stdout.write(`${process.cwd()} has no prisma/schema.prisma yet: no client to make.\n`);
}
