#!/usr/bin/env node
/** `npx dinhdanh-verify`: the auditor's tool. See `--help`. */
import { readLanguage } from './config.ts';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  language: readLanguage(),
  stdout: process.stdout,
  stderr: process.stderr,
  nowSeconds: () => Math.floor(Date.now() / 1000),
  ticksMs: () => performance.now(),
});
