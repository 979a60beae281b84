/**
 * Two projects in one run. `unit` tests stand beside the code they test; `system` tests (test/**) cross services,
 * share one embedded database cluster and are given time for it. The benches' pure parts are unit tests. No test is tried
 * twice, none may be left out.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
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

/**
 * graphql-js has an ES module and a CommonJS entry, and refuses objects made by the other. Node gives everybody the
 * second; the bundler under vitest would give our own files the first.
 */
const oneGraphql = {
  find: /^graphql$/,
  replacement: createRequire(import.meta.url).resolve('graphql'),
};

export default defineConfig({
  resolve: { alias: [oneGraphql] },
  test: {
    pool: 'forks',
    maxWorkers: 2,
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
          testTimeout: 60_000,
          hookTimeout: 60_000,
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
          testTimeout: 240_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 100_000 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
