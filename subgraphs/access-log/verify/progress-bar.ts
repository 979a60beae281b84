import type { Language } from './config.ts';
import type { ProgressSink } from './recompute-range.ts';

/** Where a bar is drawn: standard error, so that the outcome can be piped on. */
export interface ProgressScreen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;
const PAUSE_MS = 100;

/**
 * A bar that moves in place on a terminal, and a line each tenth elsewhere.
 * @param nowMs a clock that only goes forward
 */
export function progressBar(screen: ProgressScreen, language: Language, nowMs: () => number): ProgressSink {
  const started = nowMs();
  let drawnMs = Number.NEGATIVE_INFINITY;
  let tenths = 0;
  const locale = language === 'vi' ? 'vi-VN' : 'en-GB';
  return (done, of) => {
    const now = nowMs();
    const part = of === 0 ? 1 : done / of;
    const rate = Math.round((done * 1000) / Math.max(1, now - started));
    const filled = '#'.repeat(Math.floor(part * WIDTH));
    const numbers = `${done.toLocaleString(locale)}/${of.toLocaleString(locale)}`;
    const line = `[${filled.padEnd(WIDTH, '-')}] ${Math.floor(part * 100)} % ${numbers}, ${rate.toLocaleString(locale)}/s`;
    if (screen.isTTY === true) {
      if (done < of && now - drawnMs < PAUSE_MS) return;
      drawnMs = now;
      screen.write(`\r${line}\u001b[K${done < of ? '' : '\n'}`);
      return;
    }
    if (Math.floor(part * 10) === tenths) return;
    tenths = Math.floor(part * 10);
    screen.write(`${line}\n`);
  };
}
