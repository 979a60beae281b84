import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { expect } from 'vitest';
import { openBrowser, takeSeat } from '../harness/browser.ts';
import { readDemo } from '../harness/client.ts';
import type { SharedSystem } from '../harness/global-setup.ts';

/** Where people prove who they are: a browser whose camera sees what is put before it, the reader of chips, the messages. */
export interface Lobby {
  readonly system: SharedSystem;
  readonly browser: Browser;
  /** The file the camera's pictures come from. */
  readonly camera: string;
  /** The address of the reader that stands for a phone. */
  readonly reader: string;
  /** The address of the screen of sent messages. */
  readonly outbox: string;
  readonly close: () => Promise<void>;
}

/** Opens a browser with a camera of its own. */
export async function openLobby(system: SharedSystem): Promise<Lobby> {
  const { reader, outbox } = readDemo(system.dataFolder);
  const folder = await mkdtemp(join(tmpdir(), 'lobby-'));
  const camera = join(folder, 'camera.mjpeg');
  await writeFile(camera, '');
  const browser = await openBrowser({ camera });
  return {
    system,
    browser,
    camera,
    reader: reader ?? expect.unreachable('the reader runs'),
    outbox: outbox ?? expect.unreachable('the screen of messages runs'),
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A browser session of somebody new, which may use the camera. */
export async function takeCameraSeat({ browser, system }: Lobby): Promise<BrowserContext> {
  const context = await takeSeat(browser);
  await context.grantPermissions(['camera'], { origin: system.url });
  return context;
}
