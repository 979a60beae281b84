import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@dinhdanh/start';
import type { ChildWord, WriterOrder } from './child-message.ts';

const CHILD = join(import.meta.dirname, 'writer-child.ts');
/** A service whose database is away may be told so and started again: whoever runs it tries this often. */
const PAUSE_MS = 200;

/** What differs between one writer and another on the same log. */
export type WriterParts = Omit<WriterOrder, 'port'>;

/** The access log as a process that can be killed and started again, always on the same port. */
export class Writer {
  #order: WriterOrder;
  #child: ChildProcess | null = null;
  /** Whether it was told to end: then it is not started again. */
  #stopped = false;
  /** Statements that were sent otherwise than the service wrote them. */
  sabotaged = 0;
  /** How often it has ended without having been told to. */
  deaths = 0;

  private constructor(order: WriterOrder) {
    this.#order = order;
  }

  /** A writer that does not run yet. */
  static async on(parts: WriterParts): Promise<Writer> {
    return new Writer({ ...parts, port: await freePort() });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#order.port}`;
  }

  /** Starts it, as whoever supervises it does: again, when it ends before it is ready. */
  async start(patienceMs = 60_000): Promise<void> {
    this.#stopped = false;
    const end = performance.now() + patienceMs;
    while (!this.#stopped) {
      const reason = await this.#startOnce();
      if (reason === null || this.#stopped) return;
      if (performance.now() > end) throw new Error(`the access log does not start: ${reason}`);
      await sleep(PAUSE_MS);
    }
  }

  /** Ends it and starts it with other settings. */
  async restartWith(settings: WriterOrder['settings']): Promise<void> {
    await this.kill();
    this.#order = { ...this.#order, settings };
    await this.start();
  }

  /** Ends it at once, with nothing finished. */
  async kill(): Promise<void> {
    this.#stopped = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.#child = null;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** One that ends by itself is started again, as by whoever supervises it. */
  #ended(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.deaths += 1;
    // Where it cannot be started at all, nobody is answered any more: the round says so.
    void this.start().catch(() => undefined);
  }

  /** Null when it is ready, else why it is not. */
  async #startOnce(): Promise<string | null> {
    const child = fork(CHILD, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child = child;
    const said = new Promise<string | null>((resolve) => {
      child.on('message', (word: ChildWord) => {
        if (word.word === 'ready') resolve(null);
        else if (word.word === 'refused') resolve(word.reason);
        else this.sabotaged = word.statements;
      });
      child.once('exit', (code, signal) => resolve(`it ended (${signal ?? code})`));
    });
    child.send(this.#order);
    const reason = await said;
    if (reason !== null) await this.#end();
    else child.once('exit', () => this.#ended(child));
    return reason;
  }
}
