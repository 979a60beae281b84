import type { ServerResponse } from 'node:http';
import { answerJson } from './answer.ts';
import { originOf, withWayBack } from './fresh-state.ts';
import type { PageRoom } from './page-room.ts';
import type { PageRow } from './store.ts';
import { tellState } from './tell-state.ts';
import type { PageState } from './tell-state.ts';

/** When a page whose stream was refused may try again, in seconds. It asks for the state meanwhile. */
const RETRY_SECONDS = '10';

/**
 * Opens a page's stream of events: its state at once, again whenever something of it changes or the picture's time is up,
 * and last of all how it ended. Then the stream ends.
 */
export function openEvents(response: ServerResponse, room: PageRoom, row: PageRow): void {
  const teller = new StateTeller(room, row);
  const stream = room.streams.open(row.handle, response, () => teller.stop());
  if (stream === null)
    return answerJson(response, 503, { error: 'TOO_MANY' }, { 'retry-after': RETRY_SECONDS });
  teller.start(stream.send, stream.end);
}

/** Tells the states of one request as they come. */
class StateTeller {
  readonly #room: PageRoom;
  #row: PageRow;
  #last = '';
  /** Ends when all that is to be told has been: one after the other, though some must first be asked for. */
  #told: Promise<void> = Promise.resolve();
  #rotation: NodeJS.Timeout | undefined;
  #unwatch: () => void = () => undefined;

  constructor(room: PageRoom, row: PageRow) {
    this.#room = room;
    this.#row = row;
  }

  start(send: (state: PageState) => void, end: () => void): void {
    const tell = (): void => {
      const state = tellState(this.#row, originOf(this.#room), this.#room.clock());
      clearTimeout(this.#rotation);
      if (state.ended) this.stop();
      if (state.code !== undefined) this.#rotation = setTimeout(tell, state.code.nextInMs).unref();
      if (this.#isNews(state)) this.#told = this.#told.then(() => this.#tellOne(state, send, end));
    };
    this.#unwatch = this.#room.watch.watch(this.#row.handle, (row) => {
      this.#row = row;
      tell();
    });
    tell();
  }

  stop(): void {
    this.#unwatch();
    clearTimeout(this.#rotation);
  }

  async #tellOne(state: PageState, send: (state: PageState) => void, end: () => void): Promise<void> {
    try {
      send(await withWayBack(this.#room, this.#row, state));
      if (state.ended) end();
    } catch {
      // An end without a way back is not told: the browser comes again, and so does this.
      end();
    }
  }

  /** What runs down by itself is no news. */
  #isNews({ leftMs: _left, code, ...lasting }: PageState): boolean {
    const now = JSON.stringify([lasting, code?.text]);
    const isNews = now !== this.#last;
    this.#last = now;
    return isNews;
  }
}
