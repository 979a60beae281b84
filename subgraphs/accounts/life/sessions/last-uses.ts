import { describeFailure, keepFollowing } from '@dinhdanh/kit';
import type { BackgroundWork, Clock, Log } from '@dinhdanh/kit';
import type { SessionStore } from './store.ts';

/** The pause between two writes. */
const EVERY_SECONDS = 30;
/** So many are written at once. */
const AT_ONCE = 1_000;
const NEVER_SWEPT_MS = 86_400_000;

/**
 * When sessions were used last, written now and then: a look-up of a session stays one statement that writes nothing. What
 * was not written when a process dies is half a minute at most.
 */
export class LastUses {
  readonly #store: Pick<SessionStore, 'noteUses'>;
  #waiting = new Map<string, Date>();

  constructor(store: Pick<SessionStore, 'noteUses'>) {
    this.#store = store;
  }

  /** Notes a use. */
  note(sessionId: string, at: Date): void {
    this.#waiting.set(sessionId, at);
  }

  /** Writes what was noted. */
  async write(): Promise<void> {
    const noted = [...this.#waiting];
    this.#waiting = new Map();
    for (let start = 0; start < noted.length; start += AT_ONCE)
      await this.#store.noteUses(new Map(noted.slice(start, start + AT_ONCE)));
  }

  /** Writes again and again until it is stopped, and once more then; no more often than the room looks for other work. */
  run(clock: Clock, log: Log, pollSeconds: number): BackgroundWork {
    const writing = keepFollowing({
      follow: async () => {
        await this.write();
        return false;
      },
      sweep: async () => undefined,
      sweepEveryMs: NEVER_SWEPT_MS,
      pollSeconds: Math.max(EVERY_SECONDS, pollSeconds),
      clock,
      failed: (error, count) => log.warn('ACCOUNTS_USES_FAILED', { ...describeFailure(error), count }),
    });
    return {
      stop: async () => {
        await writing.stop();
        await this.write();
      },
    };
  }
}
