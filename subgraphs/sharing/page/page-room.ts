import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@dinhdanh/kit';
import type { EventStreams } from './event-streams.ts';
import type { PageStore } from './store.ts';
import type { RequestWatch } from './watch-requests.ts';

/** By what a browser shows that the person who approved stands before it. */
export type Proof = { readonly number: string } | { readonly returnCode: string };

/** What became of a proof. `headers` go out with the answer: the gateway takes from them what it writes down. */
export interface Proved {
  readonly outcome: 'GRANTED' | 'WRONG' | 'NOT_APPROVED';
  readonly headers: Readonly<Record<string, string>>;
}

/** How a request ended, for the authorization server. */
export type Ending = 'GRANTED' | 'DECLINED' | 'EXPIRED' | 'CANCELLED';

/** All that the page depends on. */
export interface PageRoom {
  readonly store: PageStore;
  readonly watch: RequestWatch;
  readonly streams: EventStreams;
  readonly clock: Clock;
  /** The gateway's origin as browsers know it; null until it is known. */
  readonly publicUrl: () => string | null;
  /** The id of the interaction whose cookie a browser shows; null where it shows none that lives. */
  readonly interactionOf: (request: IncomingMessage, response: ServerResponse) => Promise<string | null>;
  /** Turns an approval into a consent, once, if the proof is right; counts it if it is wrong. */
  readonly prove: (handle: string, proof: Proof) => Promise<Proved>;
  /** Tells the authorization server how an interaction ended, as often as one likes; resolves to where the browser goes on. */
  readonly finish: (interaction: string, ending: Ending, handle: string) => Promise<string>;
}
