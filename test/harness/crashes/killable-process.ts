import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { ChildSaid, KillOrder } from './child-words.ts';

/** A service as a process that can be killed and started again, always as it was ordered the first time. */
export class KillableProcess<Order extends object> {
  readonly #file: string;
  readonly #order: Order;
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();

  /** @param file what it runs, which takes its order from its first message and says {@link ChildSaid} */
  constructor(file: string, order: Order) {
    this.#file = file;
    this.#order = order;
  }

  /** Starts it; one that runs goes on. @throws where it does not become ready */
  async start(): Promise<void> {
    if (this.#child !== null) return;
    const child = fork(this.#file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('exit', () => {
        if (this.#child === child) this.#child = null;
        resolve();
      });
    });
    const said = new Promise<ChildSaid>((resolve) => {
      child.once('message', (word: ChildSaid) => resolve(word));
      child.once('exit', () => resolve({ word: 'refused', reason: 'it ended' }));
    });
    child.send(this.#order);
    const answer = await said;
    if (answer.word === 'refused') throw new Error(`the child does not start: ${answer.reason}`);
  }

  /** Ends itself at the next such statement. */
  killAt(order: KillOrder): void {
    this.#child?.send(order);
  }

  /** Whether it was ended. */
  get isAway(): boolean {
    return this.#child === null;
  }

  /** Ends it at once, with nothing finished. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }
}
