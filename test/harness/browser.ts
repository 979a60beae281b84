import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { findChromium } from './chromium.ts';
import { readHarnessConfig } from './config.ts';

/** The widths screens are looked at in: the narrowest telephone, a tablet, a desk. */
export type Width = 320 | 768 | 1280;

/** How somebody sits before the screen. */
export interface Seat {
  readonly language?: 'vi' | 'en';
  readonly width?: Width;
  readonly colours?: 'light' | 'dark';
  readonly stillness?: boolean;
}

/** Where pictures of the journeys are kept for people to look at; nothing reads them. */
const pictures = join(import.meta.dirname, '../../.data/screenshots');

/**
 * Those switches that a container and root need, and such as make pictures alike everywhere. The list of the package
 * itself also turns the same-origin policy off, which the journeys are here to see at work.
 */
const switches = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  '--disable-gpu',
];

/** Longer than anything takes on a busy machine: a wait that ends here is a fault. */
const patienceMs = 60_000;

/**
 * What makes a file of pictures, one JPEG after another, the camera of a browser. Chromium opens the file whenever a page
 * opens the camera, so that what it sees can change in between.
 */
function cameraSwitches(pictureFile: string): readonly string[] {
  return [
    '--use-fake-device-for-media-stream',
    // Without a window nobody could answer whether a page may use the camera.
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${pictureFile}`,
  ];
}

/** Starts a browser: one for the tests of a file. `camera` is a file of pictures its camera sees, named `….mjpeg`. */
export async function openBrowser(options: { readonly camera?: string } = {}): Promise<Browser> {
  const { path, environment } = await findChromium(readHarnessConfig());
  try {
    return await chromium.launch({
      executablePath: path,
      args: [...switches, ...(options.camera === undefined ? [] : cameraSwitches(options.camera))],
      ...(environment === null ? {} : { env: environment }),
    });
  } catch (failure) {
    throw new Error(`${path} does not start: set CHROMIUM_PATH to a Chromium that runs here.`, {
      cause: failure,
    });
  }
}

/** Seats somebody before a browser of their own: nothing is shared with others but the machine. */
export async function takeSeat(browser: Browser, seat: Seat = {}): Promise<BrowserContext> {
  const { language = 'vi', width = 1280, colours = 'light', stillness = false } = seat;
  const options: BrowserContextOptions = {
    locale: language === 'vi' ? 'vi-VN' : 'en',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width, height: width === 320 ? 640 : 900 },
    colorScheme: colours,
    reducedMotion: stillness ? 'reduce' : 'no-preference',
  };
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patienceMs);
  return context;
}

/** Keeps a picture of the whole page, or of what is in the window, as `<journey>-<step>-<width>.png`. */
export async function keepPicture(page: Page, journey: string, step: string, isWhole = true): Promise<void> {
  await mkdir(pictures, { recursive: true });
  const name = `${journey}-${step}-${page.viewportSize()?.width ?? 0}.png`;
  await writeFile(join(pictures, name), await pictureOf(page, isWhole));
}

/** One for each page: Chromium takes a page's authenticators away when any session with it ends. */
const debugSessions = new WeakMap<Page, Promise<CDPSession>>();

/** A PNG that is made quickly and not small: packing it well takes three times as long. */
async function pictureOf(page: Page, isWhole: boolean): Promise<Buffer> {
  const opened = debugSessions.get(page) ?? page.context().newCDPSession(page);
  debugSessions.set(page, opened);
  const debug = await opened;
  const { cssContentSize } = await debug.send('Page.getLayoutMetrics');
  const { data } = await debug.send('Page.captureScreenshot', {
    optimizeForSpeed: true,
    ...(isWhole ? { captureBeyondViewport: true, clip: { ...cssContentSize, scale: 1 } } : {}),
  });
  return Buffer.from(data, 'base64');
}
