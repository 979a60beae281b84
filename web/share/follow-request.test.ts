import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Events, type Known, RequestFollower } from './follow-request.ts';
import type { RequestState } from './read-state.ts';

const stateOf = (state: RequestState['state'], more: Partial<RequestState> = {}): RequestState => ({
  state,
  ended: false,
  renewable: false,
  party: { legalName: 'L', displayName: 'D', domain: 'd.example', verified: true },
  purpose: { code: 'age_check', label: null, text: null },
  leftMs: null,
  numberNeeded: false,
  samePhone: false,
  triesLeft: 3,
  ...more,
});

/** Events that a test sends. */
class HandEvents implements Events {
  readyState = 1;
  readonly #heard = new Map<string, (event: { data?: unknown }) => void>();
  readonly addEventListener = (name: string, heard: (event: { data?: unknown }) => void): void =>
    void this.#heard.set(name, heard);
  readonly close = (): void => void (this.readyState = 2);

  tell(name: string, data?: unknown): void {
    this.#heard.get(name)?.({ data: typeof data === 'string' ? data : JSON.stringify(data) });
  }
}

/** A follower with its surroundings in hand. */
function follow(answers: (() => { status: number; body: unknown } | Error)[], withEvents = true) {
  const told: string[] = [];
  const opened: HandEvents[] = [];
  let last: Known = { kind: 'asking' };
  const asked = { count: 0 };
  const follower = new RequestFollower(
    'AbCdEfGhIjKlMnOpQrStUv',
    (known) => {
      last = known;
      told.push(known.kind === 'there' ? `${known.state.state}${known.lost ? ' lost' : ''}` : known.kind);
    },
    {
      openEvents: withEvents
        ? () => {
            const events = new HandEvents();
            opened.push(events);
            return events;
          }
        : null,
      fetch: async () => {
        asked.count += 1;
        const answer = (answers.length > 1 ? answers.shift() : answers[0])?.() ?? new Error('none');
        if (answer instanceof Error) throw answer;
        return { status: answer.status, json: async () => answer.body };
      },
      now: () => Date.now(),
    },
  );
  return { follower, told, opened, asked, last: () => last };
}

const ok = (state: RequestState) => () => ({ status: 200, body: state });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('following a request', () => {
  it('by events asks for nothing besides, and ends with the request', async () => {
    const { follower, told, opened, asked } = follow([ok(stateOf('WAITING'))]);
    follower.start();
    opened[0]?.tell('message', stateOf('WAITING', { leftMs: 5000 }));
    await vi.advanceTimersByTimeAsync(60_000);
    opened[0]?.tell('message', stateOf('DECLINED', { ended: true }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([told, asked.count, opened.length, opened[0]?.readyState]).toEqual([
      ['WAITING', 'DECLINED'],
      0,
      1,
      2,
    ]);
  });

  it('asks every two seconds where a browser has no events', async () => {
    const { follower, told } = follow([ok(stateOf('WAITING')), ok(stateOf('CLAIMED'))], false);
    follower.start();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told).toEqual(['WAITING', 'CLAIMED', 'CLAIMED']);
  });

  it('asks where events are held up by something between, and stops once they come', async () => {
    const { follower, told, opened, asked } = follow([ok(stateOf('WAITING'))]);
    follower.start();
    await vi.advanceTimersByTimeAsync(7_500);
    expect(told).toEqual(['WAITING', 'WAITING']);
    opened[0]?.tell('message', stateOf('CLAIMED'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect([told.at(-1), asked.count]).toEqual(['CLAIMED', 2]);
  });

  it('asks while the server is away, says that what stands there may be old, and listens again', async () => {
    const away = () => new Error('away');
    const { follower, told, opened } = follow([away, away, ok(stateOf('CLAIMED'))]);
    follower.start();
    opened[0]?.tell('message', stateOf('WAITING'));
    Object.assign(opened[0] ?? {}, { readyState: 2 });
    opened[0]?.tell('error');
    await vi.advanceTimersByTimeAsync(4_500);
    expect(told).toEqual(['WAITING', 'WAITING lost', 'WAITING lost', 'CLAIMED']);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(opened.length).toBe(2);
  });

  it('ends where there is no request for this browser', async () => {
    const { follower, told, asked } = follow([() => ({ status: 404, body: {} })], false);
    follower.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([told, asked.count]).toEqual([['gone'], 1]);
  });

  it('leaves the events to a second tab and asks from then on', async () => {
    const { follower, told, opened } = follow([ok(stateOf('WAITING'))]);
    follower.start();
    opened[0]?.tell('message', stateOf('WAITING'));
    opened[0]?.tell('replaced');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened.length).toBe(1);
    expect(told.length).toBeGreaterThan(20);
  });

  it('takes no answer of another page for a state', async () => {
    const page = () => ({ status: 200, body: { html: '<h1>Wi-Fi</h1>' } });
    const { follower, told, opened } = follow([page]);
    follower.start();
    opened[0]?.tell('message', '<h1>');
    opened[0]?.tell('message', { state: 'SOMETHING' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([]);
  });

  it('counts what is left by the browser’s own clock', () => {
    const { follower, last } = follow([]);
    follower.take(stateOf('CLAIMED', { leftMs: 7_000 }));
    const known = last();
    expect(known.kind === 'there' && known.endsAt).toBe(Date.now() + 7_000);
  });
});
