import { readState, readStateText, type RequestState } from './read-state.ts';

/** What a page knows of its request. `lost`: the server has not answered lately, and what is shown may be old. */
export type Known =
  | { readonly kind: 'asking' }
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'there';
      readonly state: RequestState;
      /** When the present state runs out, by this browser's own clock (epoch milliseconds). */
      readonly endsAt: number | null;
      readonly lost: boolean;
    };

/** As much of EventSource as is used, so that tests can stand in for it. */
export interface Events {
  readonly addEventListener: (
    name: 'message' | 'error' | 'replaced',
    heard: (event: { readonly data?: unknown }) => void,
  ) => void;
  readonly readyState: number;
  readonly close: () => void;
}

/** What following takes of the browser. */
export interface Surroundings {
  readonly openEvents: ((url: string) => Events) | null;
  readonly fetch: (
    url: string,
  ) => Promise<{ readonly status: number; readonly json: () => Promise<unknown> }>;
  readonly now: () => number;
}

const CLOSED = 2;

/** How often the state is asked for where no events come, in milliseconds. */
const ASK_EVERY_MS = 2_000;

/** Events that have not said a word for so long are held up by something between: the state is asked for meanwhile. */
const SILENT_MS = 5_000;

/** When events that were refused are tried again, in milliseconds. */
const EVENTS_AGAIN_MS = 15_000;

/**
 * Follows a request until it has ended: by events, and where they do not come by asking. Whatever breaks is tried again
 * for as long as the page stands.
 */
export class RequestFollower {
  readonly #base: string;
  readonly #told: (known: Known) => void;
  readonly #around: Surroundings;
  #events: Events | null = null;
  #known: Known = { kind: 'asking' };
  #isOver = false;
  /** Events have come since the stream was opened or came back. */
  #hears = false;
  #mayListen = true;
  #asking: ReturnType<typeof setTimeout> | undefined;
  #listening: ReturnType<typeof setTimeout> | undefined;

  constructor(handle: string, told: (known: Known) => void, around: Surroundings) {
    this.#base = `/share/${handle}`;
    this.#told = told;
    this.#around = around;
  }

  start(): void {
    this.#isOver = false;
    this.#listen();
    this.#askIn(this.#events === null ? 0 : SILENT_MS);
  }

  stop(): void {
    this.#isOver = true;
    this.#events?.close();
    this.#events = null;
    clearTimeout(this.#asking);
    clearTimeout(this.#listening);
  }

  /** Takes a state that an answer of another request brought. */
  readonly take = (state: RequestState): void => {
    const endsAt = state.leftMs === null ? null : this.#around.now() + state.leftMs;
    this.#tell({ kind: 'there', state, endsAt, lost: false });
    if (state.ended) this.stop();
  };

  /** Asks at once: for a page that comes back to the front after its events were put to sleep. */
  readonly askNow = (): void => {
    if (!this.#isOver) this.#askIn(0);
  };

  #tell(known: Known): void {
    this.#known = known;
    this.#told(known);
  }

  #listen(): void {
    const { openEvents } = this.#around;
    if (openEvents === null || !this.#mayListen || this.#isOver) return;
    const events = openEvents(`${this.#base}/events`);
    this.#events = events;
    events.addEventListener('message', ({ data }) => {
      const state = readStateText(String(data));
      if (state === null || this.#isOver) return;
      this.#hears = true;
      clearTimeout(this.#asking);
      this.take(state);
    });
    events.addEventListener('replaced', () => {
      // Another tab of this browser has the events now; to take them back would only be to lose them again.
      this.#mayListen = false;
      this.#leaveEvents();
    });
    events.addEventListener('error', () => {
      this.#hears = false;
      if (events.readyState === CLOSED) this.#leaveEvents();
      else if (!this.#isOver) this.#askIn(ASK_EVERY_MS);
    });
  }

  #leaveEvents(): void {
    this.#events?.close();
    this.#events = null;
    this.#hears = false;
    if (this.#isOver) return;
    this.#askIn(0);
    clearTimeout(this.#listening);
    this.#listening = setTimeout(() => this.#listen(), EVENTS_AGAIN_MS);
  }

  #askIn(milliseconds: number): void {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => void this.#ask(), milliseconds);
  }

  async #ask(): Promise<void> {
    const answer = await this.#fetchState();
    if (this.#isOver) return;
    if (answer === 'gone') {
      this.stop();
      this.#tell({ kind: 'gone' });
      return;
    }
    if (answer !== null) this.take(answer);
    else if (this.#known.kind === 'there') this.#tell({ ...this.#known, lost: true });
    // Events that come say themselves when something changes.
    if (!this.#isOver && !this.#hears)
      this.#askIn(Math.min(answer?.code?.nextInMs ?? ASK_EVERY_MS, ASK_EVERY_MS));
  }

  async #fetchState(): Promise<RequestState | 'gone' | null> {
    try {
      const answer = await this.#around.fetch(`${this.#base}/state`);
      if (answer.status === 404) return 'gone';
      return answer.status === 200 ? readState(await answer.json()) : null;
    } catch {
      return null;
    }
  }
}
