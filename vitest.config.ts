/**
 * Two projects in one run. `unit` tests stand beside the code they test; `system` tests (test/**) cross services,
 * share one embedded database cluster and are given time for it. The benches' pure parts are unit tests. No test is tried
 * twice, none may be left out.
 */
import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const globalSetup = 'test/harness/global-setup.ts';
const never = [
  '**/node_modules/**',
  '**/generated/**',
  '**/dist/**',
  '**/.data/**',
  '**/.turbo/**',
  '**/fixtures/**',
];

export default defineConfig({
  test: {
    pool: 'forks',
    // Node itself loads what is tested, as it does when the product runs; nothing is mocked that would need more.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    allowOnly: false,
    passWithNoTests: false,
    retry: 0,
    // What a test waits for comes when it comes on a busy machine; what never comes still ends it, with what was seen last.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...never, 'test/!(bench)/**', 'test/*.*'],
          // A worker runs one file after another and keeps the modules, which would take a quarter of the time to make anew. So no
          // file may leave anything behind, and none may count on finding it.
          isolate: false,
          // These are at work all the time: as many as there are cores on the smallest machine.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: [...never, 'test/bench/**'],
          globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
          // Each starts processes and browsers of its own: more at once than cores would meet each other's deadlines.
          maxWorkers: 2,
          testTimeout: 240_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 100_000 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
